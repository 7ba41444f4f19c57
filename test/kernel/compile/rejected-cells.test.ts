import { expect, test } from "vitest";
import { createTypeScriptEngine } from "../../../kernel/compile/typescript/typescript-engine.js";
import { tempFolder } from "../../support/temp-folder.js";

test("what a rejected cell declared for all is gone, and the corrected cell declares it anew", () => {
  const engine = createTypeScriptEngine({ folder: tempFolder("rejected") });
  const wrong = engine.compile({
    key: "1",
    code: "declare global { interface Array<T> { first(): T } var shared: string }\nconst n: number = 'text'",
  });
  expect(wrong).toMatchObject({ ok: false, diagnostics: [{ code: 2322 }] });
  expect(engine.compile({ key: "2", code: "[1].first()" })).toMatchObject({ diagnostics: [{ code: 2339 }] });
  const right =
    "declare global { interface Array<T> { first(): number } var shared: number }\nconst n: number = 1";
  expect(engine.compile({ key: "3", code: right })).toMatchObject({ ok: true });
  engine.commit("3", ["n"]);
  expect(engine.compile({ key: "4", code: "const f: number = ['x'].first() + shared" })).toMatchObject({
    ok: true,
  });
});

test("a cell that is stopped before it counts takes its declarations for all with it", () => {
  const engine = createTypeScriptEngine({ folder: tempFolder("rejected") });
  expect(engine.compile({ key: "1", code: "declare global { var shared: string }" })).toMatchObject({
    ok: true,
  });
  engine.discard("1");
  expect(engine.compile({ key: "2", code: "shared" })).toMatchObject({ diagnostics: [{ code: 2304 }] });
});

test("nor does one that does not parse leave any, nor one with JSX", () => {
  const engine = createTypeScriptEngine({ folder: tempFolder("rejected") });
  const parts = [
    "declare global { var shared: string }\nconst x = ;",
    "declare global { var shared: string }\nconst x: number = 'a'; <a/>",
  ];
  for (const [index, code] of parts.entries()) {
    expect(engine.compile({ key: `wrong ${index}`, code }).ok).toBe(false);
    expect(engine.compile({ key: `use ${index}`, code: "shared" })).toMatchObject({
      diagnostics: [{ code: 2304 }],
    });
  }
});
