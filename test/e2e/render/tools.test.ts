import { expect, test } from "vitest";
import { GENERIC_TOOLS } from "../../../renderers/panels/generic.js";
import { panelOf } from "../../../renderers/panels/table.js";
import { query } from "../../../src/index.js";
import { text } from "../../../src/testing/index.js";
import { realClaude } from "../sdk/real-claude.js";

test("every tool that the real CLI names has a panel of its own or is generic on purpose", async () => {
  const claude = await realClaude([{ when: "hello", replies: [text("Hello.")] }]);
  const tools: string[] = [];
  for await (const message of query({ prompt: "hello", options: claude.options })) {
    if (message.type === "system" && message.subtype === "init") tools.push(...(message.tools as string[]));
  }
  expect(tools).toEqual(expect.arrayContaining(["Bash", "Read", "Edit", "Write"]));
  const forgotten = tools.filter((name) => {
    const panel = panelOf({ id: "t", type: "tool", state: "done", name, input: {}, children: [] })!.name;
    return panel === "generic" && !GENERIC_TOOLS.includes(name) && name !== "ReportFindings";
  });
  expect(forgotten).toEqual([]);
});
