import { existsSync, readdirSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { emitModule, type Namespace } from "./emitted-module.js";

const packages = join(import.meta.dirname, "../../../node_modules");

/** Packages of ES modules that do nothing but export when they are loaded. */
const modules = [
  "lodash-es",
  "hono/dist",
  "zod/v4",
  "execa/lib",
  "diff/libesm",
  "entities/dist/esm",
  "markdown-it/lib",
  "domutils/lib/esm",
  "lib0",
  "jose/dist/webapi",
  "highlight.js/es",
];
/** TypeScript, with the folder of what its authors' compiler made of it. */
const sources = [["zod/src/v4", "zod/v4"]] as const;

/** What only browsers, Bun or Deno can load, and what does more than export when it is loaded. */
const LEFT_OUT =
  /\.(test|min|bench|js)\.|\/(test|tests|bin|benchmarks)\/|\/adapter\/|\/cjs\/|\/middleware\/serve-static|deno|isomorphic|\.d\.[cm]?ts$/;

function filesIn(folder: string, ending: RegExp): string[] {
  if (!existsSync(join(packages, folder))) return [];
  return readdirSync(join(packages, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => ending.test(name) && !LEFT_OUT.test(name))
    .sort();
}

/** Node's own, where `import()` in a test is vitest's. */
const importNatively = createRequire(import.meta.url)("./fixtures/native-import.cjs") as (
  url: string,
) => Promise<Namespace>;

/** What a value is, as far as two copies of one module have it in common. */
function describeValue(value: unknown): unknown {
  if (typeof value === "function") return `function ${value.name}, ${value.length} parameters`;
  if (typeof value === "symbol") return String(value);
  // Not what is in it: other modules have put something there when Node has loaded them all.
  return typeof value === "object" && value !== null ? Object.prototype.toString.call(value) : value;
}

/** In words, what one namespace has otherwise than another. */
function compareExports(emitted: Namespace, native: Namespace): string[] {
  return [...new Set([...Object.keys(emitted), ...Object.keys(native)])].sort().flatMap((name) => {
    if (!(name in native))
      return [`exports ${name}, which it does not have${name === "error" ? `: ${emitted.error}` : ""}`];
    if (!(name in emitted)) return [`lacks ${name}`];
    const [is, should] = [describeValue(emitted[name]), describeValue(native[name])];
    return Object.is(is, should) ? [] : [`${name} is ${String(is)}, not ${String(should)}`];
  });
}

/** Runs an emitted module, with the modules it imports as Node loads them. */
async function runEmitted(file: string, original: string): Promise<Namespace> {
  const namespace: Namespace = {};
  const { resolve: resolveFrom } = createRequire(original);
  await emitModule(file).run(namespace, (specifier) => {
    if (specifier.startsWith(".")) return importNatively(new URL(specifier, pathToFileURL(original)).href);
    return importNatively(isBuiltin(specifier) ? specifier : pathToFileURL(resolveFrom(specifier)).href);
  });
  return namespace;
}

const pairs = [
  ...modules.flatMap((folder) => filesIn(folder, /\.m?js$/).map((name) => [name, name] as const)),
  ...sources.flatMap(([from, to]) =>
    filesIn(from, /\.ts$/).map(
      (name) => [name, join(to, relative(from, name)).replace(/\.ts$/, ".js")] as const,
    ),
  ),
];

describe("modules of packages, through the emitter", () => {
  test("each can be parsed, exports the same names, and the same values as Node makes of it", async () => {
    const different: string[] = [];
    let compared = 0;
    for (const [name, counterpart] of pairs) {
      const original = resolve(packages, counterpart);
      const native = await importNatively(pathToFileURL(original).href).catch(() => undefined);
      const emitted = await runEmitted(resolve(packages, name), original).catch((error) => ({
        error: String(error),
      }));
      // What Node itself cannot load need not run here either; it must be emitted all the same.
      if (!native) {
        if (/SyntaxError/.test(String((emitted as Namespace).error)))
          different.push(`${name}: ${(emitted as Namespace).error}`);
        continue;
      }
      compared++;
      different.push(...compareExports(emitted, native).map((each) => `${name}: ${each}`));
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(700);
  }, 120_000);
});
