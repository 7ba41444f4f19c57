import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";
import { packagesLoadedBy } from "../support/packages-loaded-by.js";

const root = resolve(import.meta.dirname, "../..");

/** Each top folder and those it may import from; imports go kernel → renderers → src, never upward. */
const mayImport: Record<string, readonly string[]> = {
  src: ["src"],
  renderers: ["renderers", "src"],
  kernel: ["kernel", "renderers", "src"],
};

interface Import {
  readonly from: string;
  readonly specifier: string;
}

function sourceFiles(top: string): string[] {
  return readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.split(sep).includes("node_modules"))
    .map((name) => join(top, name));
}

/** Every module specifier of a file: static imports, re-exports, `import()`, `import type` and `new URL(…, import.meta.url)`. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8").replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
  const patterns = [
    /\bfrom\s*["']([^"']+)["']/g,
    /\bimport\s*\(\s*["']([^"']+)["']/g,
    /\bimport\s+["']([^"']+)["']/g,
    /\bnew URL\(\s*["']([^"']+)["']\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((m) => ({ from: file, specifier: m[1]! })),
  );
}

const tops = Object.keys(mayImport);
const files = tops.flatMap(sourceFiles);
const imports = files.flatMap(importsOf);
const relativeImports = imports
  .filter((i) => i.specifier.startsWith("."))
  .map((i) => ({ ...i, to: relative(root, resolve(root, dirname(i.from), i.specifier)) }));

test("imports go kernel → renderers → src, never upward", () => {
  const upward = relativeImports.filter(
    (i) => !mayImport[i.from.split(sep)[0]!]!.includes(i.to.split(sep)[0]!),
  );
  expect(upward).toEqual([]);
  expect(relativeImports.length).toBeGreaterThan(20);
});

test("nothing inside the package imports it by its own name", () => {
  expect(imports.filter((i) => /^claude-notebook(\/|$)/.test(i.specifier))).toEqual([]);
});

test("nothing inside a folder imports the index of that folder", () => {
  const own = relativeImports.filter((i) => i.to === join(i.from.split(sep)[0]!, "index.js"));
  expect(own).toEqual([]);
});

test("no file takes part in a circle of imports", () => {
  const graph = new Map<string, string[]>();
  for (const file of files) graph.set(file, []);
  for (const i of relativeImports) graph.get(i.from)!.push(i.to.replace(/\.js$/, ".ts"));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test("the renderers do no input or output", () => {
  const io =
    /^node:(fs|net|http|https|child_process|worker_threads|dgram|tls)(\/|$)|^(execa|ws|zeromq|fastify)$/;
  expect(imports.filter((i) => i.from.startsWith("renderers") && io.test(i.specifier))).toEqual([]);
});

test("the public entry loads no ZeroMQ, compiler, web server or MCP SDK", () => {
  const heavy = /^(zeromq|tslab|fastify|@fastify\/|@jupyterlab\/|@modelcontextprotocol\/)/;
  const { files, packages } = packagesLoadedBy("kernel/api.ts", "src/index.ts", "renderers/index.ts");
  expect(packages.filter((each) => heavy.test(each))).toEqual([]);
  expect(files.length).toBeGreaterThan(3);
});

test.each([
  ["the main thread", "kernel/kernel.ts", []],
  ["the I/O thread", "kernel/io/io-worker.ts", ["zeromq"]],
  ["the compile thread", "kernel/compile/compile-worker.ts", []],
  [
    "the engine",
    "kernel/compile/typescript/typescript-engine.ts",
    ["magic-string", "oxc-parser", "oxc-transform", "typescript/unstable/ast", "typescript/unstable/sync"],
  ],
])(
  "%s starts with none but the packages it cannot do without, and with no panels or rows of the display ladder",
  (_what, file, expected) => {
    const { files, packages } = packagesLoadedBy(file);
    expect(packages.filter((each) => !each.startsWith("node:")).sort()).toEqual(expected);
    expect(files.filter((each) => /-panel\.ts$|renderers.markdown|display.rows/.test(each))).toEqual([]);
  },
);

test.each([
  ["kernel/main.js", []],
  ["kernel/io/io-worker.js", ["zeromq"]],
  ["kernel/compile/compile-worker.js", []],
  ["kernel/compile/typescript/typescript-engine.js", ["magic-string", "oxc-parser", "oxc-transform"]],
])("%s as it is built loads no other package at its start", (name, packages) => {
  const text = readFileSync(join(root, "dist", name), "utf8");
  const found = [...text.matchAll(/^import\b[^;]*?\bfrom "([^".][^"]*)";$/gm)].map((m) => m[1]!);
  expect(found.filter((each) => !each.startsWith("node:")).sort()).toEqual(packages);
});
