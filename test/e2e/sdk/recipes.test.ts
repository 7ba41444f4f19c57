import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { audit } from "../../../examples/integrations/audit.js";
import { analyseData } from "../../../examples/recipes/analyse-data.js";
import { reviewCode } from "../../../examples/recipes/review-code.js";
import { writeDocs } from "../../../examples/recipes/write-docs.js";
import { writeTests } from "../../../examples/recipes/write-tests.js";
import { apiError, text, toolUse } from "../../../src/testing/index.js";
import { realClaude } from "./real-claude.js";

const output = (value: unknown) => toolUse("StructuredOutput", value);

test("the audit prints findings, the most serious first, and exits with 1 for a serious one", async () => {
  const finding = { file: "a.ts", problem: "A password.", advice: "Take it out." };
  const { options, cwd, api } = await realClaude([
    {
      when: /^Audit/,
      replies: [
        toolUse("Glob", { pattern: "*.ts" }),
        output({
          value: [
            { severity: "low", ...finding },
            { severity: "high", line: 3, ...finding },
          ],
        }),
      ],
    },
  ]);
  writeFileSync(join(cwd, "a.ts"), "");
  const printed: string[] = [];
  const stdout = { write: (text: string) => printed.push(text) };
  expect(await audit(cwd, options, stdout)).toBe(1);
  expect(printed).toEqual([
    "high\ta.ts:3\tA password. Take it out.\n",
    "low\ta.ts\tA password. Take it out.\n",
  ]);
  const tools = api.requests.find(({ body }) => body?.stream)?.body?.tools as { name: string }[];
  expect(tools.map(({ name }) => name).sort()).toEqual(["Glob", "Grep", "Read", "StructuredOutput"]);
});

test("the audit exits with 0 when nothing is found, and with 2 and the reason when it fails", async () => {
  const said: string[] = [];
  const out = { write: (text: string) => said.push(text) };
  const clean = await realClaude([{ when: /^Audit/, replies: [output({ value: [] })] }]);
  expect([await audit(clean.cwd, clean.options, out, out), said]).toEqual([0, []]);
  const refused = await realClaude([{ when: /^Audit/, replies: [apiError(400, "no such model")] }]);
  expect(await audit(refused.cwd, refused.options, out, out)).toBe(2);
  expect(said.join("")).toContain("no such model");
});

test("data analysis: figures that a command has computed come back as numbers", async () => {
  const { options, cwd, api } = await realClaude([
    {
      when: /^What is the sum/,
      replies: [
        toolUse("Bash", { command: "awk -F, 'NR > 1 { s += $2 } END { print \"sum\", s }' sales.csv" }),
        output({ answer: "It is 42.", figures: [{ name: "sum", value: 42 }] }),
      ],
    },
  ]);
  writeFileSync(join(cwd, "sales.csv"), "month,amount\n1,40\n2,2\n");
  const { figures } = await analyseData("sales.csv", "What is the sum?", options);
  expect(figures).toEqual([{ name: "sum", value: 42 }]);
  expect(JSON.stringify(api.requests.at(-1)?.body?.messages)).toContain("sum 42");
});

test("code review: Claude gets the changes and its comments come back; without changes nothing is asked", async () => {
  const comment = { file: "a.ts", line: 1, comment: "Off by one." };
  const { options, cwd, api } = await realClaude([
    { when: /^Review/, replies: [output({ value: [comment] })] },
  ]);
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd });
  await git("init", "-q");
  writeFileSync(join(cwd, "a.ts"), "for (let i = 0; i < n; i++);\n");
  await git("add", ".");
  await git("commit", "-qm", "first");
  expect(await reviewCode(cwd, options)).toEqual([]);
  expect(api.requests).toEqual([]);
  writeFileSync(join(cwd, "a.ts"), "for (let i = 0; i <= n; i++);\n");
  expect(await reviewCode(cwd, options)).toEqual([comment]);
  expect(JSON.stringify(api.requests.at(-1)?.body?.messages)).toContain("+for (let i = 0; i <= n; i++);");
});

test("test writing: the runs of the tests are collected from Bash, the failed one too", async () => {
  const { options, cwd } = await realClaude([
    {
      when: /^Write tests of sum.mjs/,
      replies: [
        toolUse("Write", {
          file_path: "sum.test.mjs",
          content: 'import { sum } from "./sum.mjs";\nif (sum(1, 2) !== 4) throw new Error("not 4");\n',
        }),
        toolUse("Bash", { command: "node sum.test.mjs" }),
        toolUse("Bash", {
          command: "node -e \"require('fs').writeFileSync('sum.test.mjs', 'console.log(String(6 * 7))')\"",
        }),
        toolUse("Bash", { command: "node sum.test.mjs" }),
        text("They pass."),
      ],
    },
  ]);
  writeFileSync(join(cwd, "sum.mjs"), "export const sum = (a, b) => a + b;\n");
  const runs = await writeTests("sum.mjs", "node", options);
  expect(runs.map(({ passed }) => passed)).toEqual([false, true, true]);
  expect(runs[0]).toMatchObject({
    command: "node sum.test.mjs",
    output: expect.stringContaining("not 4"),
  });
  expect(runs.at(-1)?.output).toContain("42");
});

test("documentation: the pages are collected from Write, and are on the disk", async () => {
  const { options, cwd, api } = await realClaude([
    {
      when: /^Document/,
      replies: [
        toolUse("Write", { file_path: "docs/sum.md", content: "# sum\n" }),
        toolUse("Write", { file_path: "docs", content: "a folder is no page" }),
        text("Written."),
      ],
    },
  ]);
  mkdirSync(join(cwd, "docs"));
  const pages = await writeDocs(cwd, options);
  expect([...pages]).toEqual([["docs/sum.md", "# sum\n"]]);
  expect(readFileSync(join(cwd, "docs", "sum.md"), "utf8")).toBe("# sum\n");
  expect(api.requests.length).toBeGreaterThan(0);
});
