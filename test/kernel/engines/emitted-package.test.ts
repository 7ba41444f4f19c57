import { existsSync, readdirSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test, vi } from "vitest";
import { emitModule, type Namespace } from "./emitted-module.js";

/** zod comes with its TypeScript and its tests. */
const zod = resolve(import.meta.dirname, "../../../node_modules/zod/src/v4");
const importNatively = createRequire(import.meta.url)("./fixtures/native-import.cjs") as (
  url: string,
) => Promise<Namespace>;

type Run = () => unknown;

/** What zod's tests import of vitest: tests are collected, types are checked elsewhere. */
function collectTests(tests: Map<string, Run>): Namespace {
  const anything: unknown = new Proxy(() => {}, { get: () => anything, apply: () => anything });
  const group: string[] = [];
  const add = Object.assign((title: string, run: Run) => void tests.set([...group, title].join(" > "), run), {
    skip() {},
    todo() {},
  });
  const describe = (title: string, fill: () => void): void => {
    group.push(title);
    fill();
    group.pop();
  };
  const hook = (run: Run): void => void run();
  return {
    test: add,
    it: add,
    describe,
    expect,
    vi,
    expectTypeOf: anything,
    assertType() {},
    beforeAll: hook,
    afterAll() {},
    beforeEach() {},
    afterEach() {},
  };
}

/** Loads emitted TypeScript with the emitted TypeScript it imports. */
function createLoader(vitest: () => Namespace): (file: string) => Promise<Namespace> {
  const loading = new Map<string, { namespace: Namespace; done: Promise<void> }>();
  const load = async (file: string, importers: readonly string[]): Promise<Namespace> => {
    const known = loading.get(file);
    // A circle: it gets what is there by now, as in Node.
    if (known && importers.includes(file)) return known.namespace;
    if (known) {
      await known.done;
      return known.namespace;
    }
    const namespace: Namespace = {};
    const done = emitModule(file).run(namespace, async (specifier) => {
      if (specifier === "vitest") return vitest();
      if (/^zod(\/|$)/.test(specifier)) return load(entry(specifier), [...importers, file]);
      if (specifier.startsWith("."))
        return load(sourceOf(resolve(dirname(file), specifier)), [...importers, file]);
      return importNatively(
        isBuiltin(specifier) ? specifier : pathToFileURL(createRequire(file).resolve(specifier)).href,
      );
    });
    loading.set(file, { namespace, done });
    await done;
    return namespace;
  };
  return (file) => load(file, []);
}

function entry(specifier: string): string {
  const path = specifier.replace(/^zod\/?(v4\/?)?/, "");
  return sourceOf(join(zod, path || "classic"));
}

function sourceOf(path: string): string {
  const withoutEnding = path.replace(/\.js$/, "");
  return [`${withoutEnding}.ts`, join(withoutEnding, "index.ts")].find((each) => existsSync(each)) ?? path;
}

const files = ["classic/tests", "core/tests", "mini/tests"].flatMap((folder) =>
  readdirSync(join(zod, folder))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name)),
);

test.each(files)(
  "zod's own tests in %s pass on the zod that the engine makes of its TypeScript",
  async (name) => {
    const tests = new Map<string, Run>();
    await createLoader(() => collectTests(tests))(join(zod, name));
    const failed: string[] = [];
    for (const [title, run] of tests) {
      try {
        await run();
      } catch (error) {
        failed.push(`${title}: ${(error as Error).message}`);
      }
    }
    expect(failed).toEqual([]);
  },
);
