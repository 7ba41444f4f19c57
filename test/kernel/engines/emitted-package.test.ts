import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { expect, test, vi } from "vitest";
import type { LocalModule } from "../../../kernel/compile/engine.js";
import { isTypeScript, resolveLocal } from "../../../kernel/compile/resolve-local.js";
import { emitCell } from "../../../kernel/compile/typescript/emit-cell.js";
import { languageOptions } from "../../../kernel/compile/typescript/language-options.js";
import { readCell } from "../../../kernel/compile/typescript/read-cell.js";
import type { CellRequire } from "../../../kernel/run/cell-require.js";
import { createModuleLoader, type ModuleLoader } from "../../../kernel/run/module-loader.js";

/** zod comes with its TypeScript and its tests. */
const zod = resolve(import.meta.dirname, "../../../node_modules/zod/src/v4");
const entries: Readonly<Record<string, string>> = {
  "zod/v4": "./classic/index.ts",
  "zod/v4/core": "./core/index.ts",
  "zod/v4-mini": "./mini/index.ts",
  "zod/mini": "./mini/index.ts",
};

const language = languageOptions({});

type Run = () => unknown;

/** What zod's tests import of vitest: its tests are collected, its assertions on types are left to the compiler. */
function collectTests(tests: Map<string, Run>): object {
  const anything: unknown = new Proxy(() => {}, { get: () => anything, apply: () => anything });
  const group: string[] = [];
  const test = (title: string, run: Run): void => void tests.set([...group, title].join(" > "), run);
  const describe = (title: string, fill: () => void): void => {
    group.push(title);
    fill();
    group.pop();
  };
  const each = { beforeEach() {}, afterEach() {}, beforeAll() {}, afterAll() {} };
  return { test, it: test, describe, expect, vi, expectTypeOf: anything, assertType() {}, ...each };
}

const emitted = new Map<string, LocalModule>();

/** As the compile thread sends it. */
function emitFile(path: string): LocalModule {
  const known = emitted.get(path);
  if (known) return known;
  const parsed = readCell(readFileSync(path, "utf8"));
  const { text, sourceMaps } = emitCell(parsed, { language, isModule: true, slotOf: () => undefined });
  const { imports } = parsed;
  const module = { path, source: path, text, sourceMaps, prefixLines: 0, imports };
  emitted.set(path, module);
  return module;
}

/** A module and what it imports of TypeScript. */
function emitGraph(start: string, found = new Set<LocalModule>()): readonly LocalModule[] {
  const module = emitFile(start);
  if (found.has(module)) return [];
  found.add(module);
  for (const specifier of module.imports) {
    const local = specifier.startsWith(".") ? resolveLocal(specifier, dirname(start)) : undefined;
    if (local && isTypeScript(local)) emitGraph(local, found);
  }
  return [...found];
}

function createZodLoader(vitest: object): ModuleLoader {
  const loader: ModuleLoader = createModuleLoader({
    packages: {
      has: (specifier) => specifier === "vitest" || specifier in entries,
      get: () => undefined,
      holds: () => false,
      load: async (specifier) =>
        specifier === "vitest" ? vitest : loader.import(entries[specifier] as string, undefined, zod),
    },
    compiler: { emitModule: async (path) => ({ ok: true, modules: emitGraph(path) }) },
    requireFrom: (folder) => createRequire(join(folder, "cell.js")) as unknown as CellRequire,
    onModules() {},
  });
  loader.add([...emitGraph(join(zod, "classic/index.ts")), ...emitGraph(join(zod, "mini/index.ts"))]);
  return loader;
}

/** What only vitest itself can do for a test, or zod's own repository. */
const NEEDS_MORE =
  /Snapshot\(|\.each\(|(?:before|after)(?:Each|All)\(|from "(?:@web-std|node:|recheck)|locale|process\.env/;

const files = ["classic/tests", "mini/tests"].flatMap((folder) =>
  readdirSync(join(zod, folder))
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith(".test.ts") && !NEEDS_MORE.test(readFileSync(join(zod, name), "utf8"))),
);

test.each(files)(
  "zod's own tests in %s pass on the zod that the engine makes of its TypeScript",
  async (name) => {
    const tests = new Map<string, Run>();
    const loader = createZodLoader(collectTests(tests));
    loader.add(emitGraph(join(zod, name)));
    await loader.import(join(zod, name), undefined, zod);
    const failed: string[] = [];
    for (const [title, run] of tests) {
      try {
        await run();
      } catch (error) {
        failed.push(`${title}: ${(error as Error).message}`);
      }
    }
    expect(failed).toEqual([]);
    expect(tests.size).toBeGreaterThan(0);
  },
);
