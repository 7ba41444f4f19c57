import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { tempFolder } from "../../support/temp-folder.js";

const folder = tempFolder("cells");
let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient({ cwd: folder });
});
afterAll(() => kernel.close());

const run = (code: string) => kernel.execute(code);
const errorOf = async (code: string) =>
  stripVTControlCharacters(((await run(code)).reply.traceback ?? []).join("\n"));

describe("exports in a cell", () => {
  test("are declarations like others", async () => {
    const { result, reply } = await run(
      "export const a = 1; export async function f() { return a + 1 }\nexport default class K { v = 3 }\nexport type T = string; await f()",
    );
    expect(reply.evalue).toBeUndefined();
    expect(result).toBe("2");
    expect((await run("const t: T = 'x'; [a, await f(), new K().v, t]")).result).toBe("[ 1, 2, 3, 'x' ]");
  });

  test("of names and values leave these as they are", async () => {
    await run("let x = 1; const y = 2");
    expect((await run("export { x, y }\nexport default x")).result).toBe("1");
    expect((await run("x + y")).result).toBe("3");
  });

  test("keep mistakes at their place", async () => {
    expect(await errorOf("export const n: number = 'text'")).toMatch(/:1:14 - error TS2322/);
  });
});

describe("the standard library", () => {
  const has = (owner: object, name: string): boolean => name in owner;
  test.each([
    ["[3, 1, 2].toSorted().with(0, 9)", "[ 9, 2, 3 ]", true],
    ["[1, 2, 3].findLast((n) => n < 3)", "2", true],
    ["'ok'.isWellFormed()", "true", true],
    ["Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')).odd", "[ 1, 3 ]", has(Object, "groupBy")],
    ["new Set([1, 2]).union(new Set([3])).size", "3", has(Set.prototype, "union")],
    ["typeof Promise.withResolvers<number>().resolve", "'function'", has(Promise, "withResolvers")],
    ["await Array.fromAsync([Promise.resolve(1)])", "[ 1 ]", has(Array, "fromAsync")],
  ])("%s is typed, and runs where Node has it", async (code, result, isThere) => {
    const exchange = await run(code);
    if (isThere) expect(exchange.result).toBe(result);
    // TypeScript 7 knows them all: the running Node says then that it has no such function.
    else expect(exchange.reply.ename).toMatch(/^(?:CompileError|TypeError)$/);
  });
});

describe("a cell that is a module", () => {
  test("is imported by its name, keeps its types, and is replaced when it runs again", async () => {
    expect(
      (await run("/** @module shapes */\nexport const area = (r: number) => r * r;")).result,
    ).toBeUndefined();
    expect((await run('import { area } from "./shapes"; area(3)')).result).toBe("9");
    expect(await errorOf("area('3')")).toContain("not assignable to parameter of type 'number'");
    await run("/** @module shapes */\nexport const area = (r: number) => 'area ' + r;");
    expect((await run('import { area } from "./shapes"; area(3)')).result).toBe("'area 3'");
  });

  test("can hold JSX", async () => {
    const { reply } = await run(
      [
        "/**",
        " * @module view",
        " * @jsx",
        " */",
        "declare global { namespace JSX { interface IntrinsicElements { [tag: string]: any } } }",
        "const React = { createElement: (tag: string, _: unknown, text: string) => ['<', tag, '>', text].join('') };",
        "export const bold = (text: string) => <b>{text}</b>;",
      ].join("\n"),
    );
    expect(reply.evalue).toBeUndefined();
    expect((await run('import { bold } from "./view"; bold("x")')).result).toBe("'<b>x'");
  });

  test("says where it is wrong, and where it throws", async () => {
    expect(await errorOf("/** @module wrong */\n\nexport const n: number = 'x'")).toMatch(
      /:3:14 - error TS2322/,
    );
    await run("/** @module fails */\nexport function fail() {\n  throw new Error('inside')\n}");
    expect(await errorOf('import { fail } from "./fails"; fail()')).toMatch(
      /at fail \(fails:3:9\)\n.*cell\[\d+\]:1:3[37]/,
    );
  });
});

describe("a promise that nobody awaited", () => {
  test("is shown at once, with the hint", async () => {
    const { result } = await run("new Promise(() => {})");
    expect(result).toBe("Promise { <pending> }  // write `await` to get its value");
  });

  test.each([
    "async function get() { return 'text' }\nget().length",
    "const later: string = Promise.resolve('x')",
    "Promise.resolve(1) + 1",
  ])("is what the compiler's complaint is about: %j", async (code) => {
    expect(await errorOf(code)).toContain("Did you forget `await`?");
  });
});

describe("a tsconfig.json beside the notebook", () => {
  const startIn = async (tsconfig: object): Promise<KernelClient> => {
    const cwd = join(folder, `project-${Object.keys(tsconfig).length}-${Math.random()}`);
    mkdirSync(cwd);
    writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify(tsconfig));
    writeFileSync(join(cwd, "broken.ts"), "const x: number = 'not looked at'");
    return startKernelClient({ cwd });
  };

  test("sets how strictly cells are checked, and nothing else", async () => {
    const strict = await startIn({
      compilerOptions: {
        strict: true,
        module: "commonjs",
        noEmit: true,
        outDir: "never",
        plugins: [{ name: "x" }],
      },
      include: ["broken.ts"],
      references: [{ path: "./nowhere" }],
    });
    try {
      expect((await strict.execute("function f(x) { return x }")).reply.evalue).toContain(
        "implicitly has an 'any'",
      );
      expect((await strict.execute("const n: number = 1; await Promise.resolve(n)")).result).toBe("1");
    } finally {
      await strict.close();
    }
  });

  test("can extend another, and untyped packages then get a hint", async () => {
    writeFileSync(
      join(folder, "base.json"),
      '{ "compilerOptions": { "strictNullChecks": true, "noImplicitAny": true } }',
    );
    const extended = await startIn({ extends: "../base.json" });
    const untyped = join(extended.cwd, "node_modules", "untyped");
    mkdirSync(untyped, { recursive: true });
    writeFileSync(join(untyped, "package.json"), '{ "name": "untyped", "main": "index.js" }');
    writeFileSync(join(untyped, "index.js"), "exports.a = 1");
    try {
      expect((await extended.execute("const s: string = null")).reply.ename).toBe("CompileError");
      const { reply } = await extended.execute('import { a } from "untyped"');
      expect(stripVTControlCharacters(reply.traceback.join("\n"))).toContain(
        "Hint: untyped has no types of its own. Try `%npm install @types/untyped`",
      );
    } finally {
      await extended.close();
    }
  });
});

describe('import … from "tslab"', () => {
  test("shows every media type, bytes as base64", async () => {
    const { messages, reply } = await run(
      'import * as tslab from "tslab";\ntslab.display.html("<b>1</b>"); tslab.display.png(new Uint8Array([1, 2, 3]));\n' +
        'tslab.display.raw("text/x-own", "raw"); tslab.display.latex("$x$");',
    );
    expect(reply.evalue).toBeUndefined();
    expect(
      messages.filter((each) => each.type === "display_data").map(({ content }) => content.data),
    ).toEqual([
      { "text/html": "<b>1</b>" },
      { "image/png": "AQID" },
      { "text/x-own": "raw" },
      { "text/latex": "$x$" },
    ]);
  });

  test("has displays that replace what they show", async () => {
    const { messages } = await run(
      'import { newDisplay, versions } from "tslab";\nconst shown = newDisplay();\nshown.text("1"); shown.markdown("2"); versions.node',
    );
    const [first, second, value] = messages.slice(1);
    expect([first?.type, second?.type]).toEqual(["display_data", "update_display_data"]);
    expect(second?.content.transient.display_id).toBe(first?.content.transient.display_id);
    expect(value?.content.data["text/plain"]).toBe(`'${process.version}'`);
  });

  test("checks its types", async () => {
    expect((await run('import { display } from "tslab"; display.png("text")')).reply.ename).toBe(
      "CompileError",
    );
  });
});
