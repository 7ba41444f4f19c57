// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates in code are the subject
import { expect, test } from "vitest";
import { codeOnly } from "../../../../kernel/claude/tools/code-only.js";

test.each([
  ["a; // rows\nb", "a;        \nb"],
  ["a /* rows\nrows */ b", "a        \n        b"],
  [`f("rows", 'ro\\'ws') + rows`, `f(      ,         ) + rows`],
  [
    "`rows ${rows + `in ${deep} rows`} rows` + x",
    `${" ".repeat(8)}rows +${" ".repeat(7)}deep${" ".repeat(15)}+ x`,
  ],
  ["`${{ a: { b } }.a} rows` + c", "   { a: { b } }.a        + c"],
  ["x = /rows[/]\\/rows/g.test(y)", "x =                 .test(y)"],
  ["a / rows / b", "a / rows / b"],
  ["(a) / rows / (b)", "(a) / rows / (b)"],
  ["return /rows/.exec(s)", "return       .exec(s)"],
  ["let open = 'rows\nrows", "let open =      \nrows"],
  ["`never ends rows", "                "],
  ["%%bash\necho 'rows'", "%%bash\necho 'rows'"],
  ["%%time\n'rows'; rows", "%%time\n      ; rows"],
])("%j is %j", (code, only) => {
  expect(codeOnly(code)).toBe(only);
});

test.each(["`\\", "'\\", "/[", "/*", "${`${`${", "}}}`", "\\"])(
  "%j ends, with as many characters",
  (code) => {
    expect(codeOnly(code).length).toBe(code.length);
  },
);

test("long code takes time in proportion to its length", () => {
  const code = `${'"x" + `${a}` / /b/ // c\n'.repeat(20_000)}${"`".repeat(9)}${"/".repeat(50_000)}`;
  expect(codeOnly(code).length).toBe(code.length);
});
