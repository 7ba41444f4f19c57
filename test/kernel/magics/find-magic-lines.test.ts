import { describe, expect, test } from "vitest";
import type { CompileResult } from "../../../kernel/compile/engine.js";
import { compileWithMagics } from "../../../kernel/magics/compile-with-magics.js";
import { findMagicLines } from "../../../kernel/magics/find-magic-lines.js";

const emitted: CompileResult = {
  ok: true,
  script: { text: "1", sourceMaps: [], prefixLines: 0, imports: [] },
  isAsync: false,
  binding: { type: "commonjs", resultName: undefined },
  warnings: [],
  modules: [],
};
const rejected = (...lines: number[]): CompileResult => ({
  ok: false,
  diagnostics: lines.map((line) => ({ file: undefined, line, column: 1, length: 1, code: 1, message: "" })),
});

describe("a line can be a magic", () => {
  test.each([
    ["%who", "who", ""],
    ["  %cd ../data  ", "cd", "../data"],
    ["%time f(1) + 2;", "time", "f(1) + 2"],
    ["!ls -la /tmp", "!", "ls -la /tmp"],
    ["!git commit -m 'x'", "!", "git commit -m 'x'"],
    ["!echo $HOME && ls", "!", "echo $HOME && ls"],
  ])("%s", (code, name, args) => {
    expect(findMagicLines(code)).toMatchObject([{ line: 1, magic: { name }, args }]);
  });

  test.each(["% who", "%unknown", "a % who", "!done && go()", "!isReady(x)", "!!value", "!= 3", "%bash"])(
    "but not %s",
    (code) => expect(findMagicLines(code)).toEqual([]),
  );
});

test("a cell that compiles is TypeScript, whatever its lines look like", async () => {
  const code = "x\n%who\n!ls";
  const { lines, text } = await compileWithMagics(code, async () => emitted);
  expect({ lines, text }).toEqual({ lines: [], text: code });
});

test("only lines that the compiler complains about become magics", async () => {
  const seen: string[] = [];
  const { lines } = await compileWithMagics("const s = `\n%who\n`\n%pwd", async (text) => {
    seen.push(text);
    return text.includes("claude-notebook.magic") ? emitted : rejected(4);
  });
  expect(lines.map((each) => each.line)).toEqual([4]);
  expect(seen.at(-1)?.split("\n").slice(0, 3)).toEqual(["const s = `", "%who", "`"]);
});

test("a mistake elsewhere is reported at its own place", async () => {
  const { compiled } = await compileWithMagics("%pwd\nwrong", async (text) =>
    text.startsWith("%") ? rejected(1, 2) : rejected(2),
  );
  expect(compiled).toMatchObject({ ok: false, diagnostics: [{ line: 2 }] });
});

test("a magic that does not exist is named, with the nearest that does", async () => {
  const compile = async () => rejected(1);
  await expect(compileWithMagics("%whom", compile)).rejects.toThrow(/no magic %whom\. Did you mean %who\?/);
  await expect(compileWithMagics("%bash\nls", compile)).rejects.toThrow(/needs a cell of its own: %%bash/);
});
