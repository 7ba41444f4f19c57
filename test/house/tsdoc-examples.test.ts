import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { tempFolder } from "../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../..");

interface Example {
  /** `src/query.ts:23` */
  readonly place: string;
  readonly code: string;
}

/** The indented blocks under `@example` in the comments of a source file. */
function examplesIn(file: string): Example[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^ *\* @example\n((?: *\*(?: {5}.*)?\n)+)/gm)].map((match) => ({
    place: `${file}:${text.slice(0, match.index).split("\n").length}`,
    code: match[1]!.replace(/^ *\* {0,5}/gm, ""),
  }));
}

const examples = ["src", "renderers", "kernel"].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ts$/.test(name) && !/jupyterlab|browser|assets/.test(name))
    .flatMap((name) => examplesIn(join(top, name))),
);

const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  exports: Readonly<Record<string, { types?: string }>>;
};
const entries = Object.entries(exports)
  .filter(([, { types }]) => types !== undefined)
  .map(([name, { types }]) => ({ name: `claude-notebook${name.slice(1)}`, file: join(root, types!) }));

/** Names that an entry exports, by the words of its declarations. */
function namesOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const listed = [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list]) => list!.split(","));
  const declared = [...text.matchAll(/^export declare (?:abstract )?(?:class|const|function) ([\w$]+)/gm)];
  const names = listed.map(
    (each) =>
      each
        .trim()
        .replace(/^type /, "")
        .split(/\s+as\s+/)
        .at(-1)!,
  );
  return [...names, ...declared.map((match) => match[1]!)].filter((each) => /^[\w$]+$/.test(each));
}

/** What an example takes as given, as its reader does. */
const given: Readonly<Record<string, string>> = {
  add: 'import("claude-notebook").SdkMcpTool<{ a: import("zod").ZodNumber }>',
  chain: 'import("claude-notebook/chains").Chain<{ text: string }, { topic: string }>',
  manager: 'import("claude-notebook/conversations").ConversationManager',
  message: 'import("claude-notebook").Message',
  // Not exported: its example is for who reads the source.
  parsePartialJson: "(text: string) => unknown",
  result: 'import("claude-notebook").ResultMessage',
  show: "(id: unknown, content: unknown) => void",
  system: 'import("claude-notebook/agents").AgentSystem',
  templates: 'import("claude-notebook/templates").TemplateManager',
  today: "string",
};

test("every @example compiles, with what the package exports", async () => {
  expect(examples.length).toBeGreaterThan(30);
  const folder = tempFolder();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/claude-notebook"));
  for (const name of ["zod", "@types"])
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  const exported = new Map(
    entries.flatMap(({ name, file }) => namesOf(file).map((each) => [each, name] as const)),
  );
  exported.set("z", "zod");
  examples.forEach(({ code }, index) => {
    const own = new Set(
      [...code.matchAll(/\b(?:const|let|function|class)\s+(?:\{([^}]*)\}|([\w$]+))/g)].flatMap(
        ([, list, one]) => one ?? list!.split(",").map((each) => each.trim()),
      ),
    );
    const words = [...new Set(code.replace(/"[^"\n]*"/g, '""').match(/(?<![.\w$])[A-Za-z_$][\w$]*/g))].filter(
      (word) => !own.has(word),
    );
    const imports = words
      .filter((word) => exported.has(word) && !Object.hasOwn(given, word))
      .map((word) => `import { ${word} } from "${exported.get(word)}";`);
    const declared = words
      .filter((word) => Object.hasOwn(given, word))
      .map((word) => `declare const ${word}: ${given[word]};`);
    writeFileSync(
      join(folder, `example-${index}.ts`),
      [...imports, ...declared, "export {};", code].join("\n"),
    );
  });
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await execa(process.execPath, [tsc, "-p", folder], { cwd: folder, reject: false });
  const said = stdout.replace(
    /example-(\d+)\.ts\(\d+,\d+\)/g,
    (_, index: string) => examples[Number(index)]!.place,
  );
  expect(said).toBe("");
}, 120_000);
