import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collectResult, query } from "../../../src/index.js";
import { TemplateManager } from "../../../src/templates/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { realClaude } from "../sdk/real-claude.js";

test("the real CLI gets a template's prompt and its options: it reads, and has nothing else to do it with", async () => {
  const { options, cwd, api } = await realClaude([
    {
      when: /^Review this code/,
      replies: [toolUse("Read", { file_path: "join.ts" }), text("One finding.")],
    },
  ]);
  writeFileSync(join(cwd, "join.ts"), "export const join = () => undefined;\n");
  const review = new TemplateManager({ folders: [] }).getTemplate("code_review");
  const { prompt, options: own } = review.request({ files: ["join.ts"], focus: ["names"] });
  const result = await collectResult(query(prompt, { ...own, ...options }));
  expect(result).toMatchObject({ result: "One finding.", permission_denials: [] });
  const { messages, tools } = api.requests.filter(({ body }) => body?.stream).at(-1)!.body!;
  expect(JSON.stringify(messages)).toContain("Look above all at: names");
  expect(JSON.stringify(messages)).toContain("export const join");
  expect(tools?.map(({ name }) => name).sort()).toEqual(["Glob", "Grep", "Read"]);
});
