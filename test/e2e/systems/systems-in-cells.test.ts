import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { text } from "../../../src/testing/index.js";
import { type KernelClient, type KernelMessage, startKernelClient } from "../../support/kernel-client.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";
import { tempFolder } from "../../support/temp-folder.js";

let claude: ScriptedClaude;
let kernel: KernelClient;
beforeAll(async () => {
  claude = await scriptedClaude(
    [
      { when: "Slowly", replies: [text(`${"word ".repeat(400)}`)] },
      { when: () => true, replies: [text("**Scripted** answer."), text("And another.")] },
    ],
    { delayMs: 20 },
  );
  kernel = await startKernelClient({
    env: { ...claude.env, CLAUDE_NOTEBOOK_CONVERSATIONS: join(tempFolder(), "conversations") },
  });
});
afterAll(async () => {
  await kernel?.close();
  await claude?.api.close();
});

const plain = ({ content }: KernelMessage): string => String(content.data?.["text/plain"] ?? "");

test("a conversation streams into a cell, and shows as a table and as a transcript", async () => {
  const begun = await kernel.execute(`import { ConversationManager } from "claude-notebook/conversations";
const manager = new ConversationManager();
const turn = manager.createConversation({ initialPrompt: "Say it", tags: ["cells"] });
await display_claude_response(turn);`);
  expect(begun.reply.status).toBe("ok");
  expect(begun.messages.map(plain).join()).toContain("Scripted");
  const listed = await kernel.execute("await manager.list()");
  expect(listed.result).toMatch(/^Conversations \(1 conversation · /);
  expect(listed.result).toMatch(/Say it +cells +1 /);
  const shown = await kernel.execute("await manager.get(turn.sessionId)");
  expect(shown.result).toMatch(
    /Conversation Say it[\s\S]*You · turn 1[\s\S]*Say it[\s\S]*\*\*Scripted\*\* answer\./,
  );
  const data = shown.messages.find(({ type }) => type === "execute_result")!.content.data;
  expect(data["text/html"]).toContain("<strong>Scripted</strong>");
  expect(data["application/vnd.claude-notebook.v1+json"].parts[0]).toMatchObject({
    type: "view",
    view: "conversation",
  });
});

test("a list of templates shows as a table", async () => {
  const { result } = await kernel.execute(`import { TemplateManager } from "claude-notebook/templates";
new TemplateManager({ folders: [] }).list()`);
  expect(result).toMatch(/^Templates \(10 templates\)[\s\S]*code_review/);
});

test("a chain shows as one diagram, which follows its steps", async () => {
  const { reply, messages } =
    await kernel.execute(`import { createChain, display_chain } from "claude-notebook/chains";
import { z } from "zod";
const chain = createChain({ name: "demo", inputs: { topic: z.string() } })
  .step("outline", { title: "Outline", prompt: "Outline {{topic}}" })
  .parallel("both", (both) => both.step("left", { prompt: "Left {{outline}}" }).run("right", () => 7))
  .build();
const { outputs } = await display_chain(chain.execute({ contextOverrides: { topic: "locks" } }));
outputs.right`);
  expect(reply.status).toBe("ok");
  const displays = messages.filter(({ type }) => type === "display_data" || type === "update_display_data");
  expect(displays.filter(({ type }) => type === "display_data")).toHaveLength(1);
  expect(new Set(displays.map(({ content }) => content.transient.display_id)).size).toBe(1);
  expect(displays.length).toBeGreaterThan(1);
  expect(plain(displays[0]!)).toMatch(/^Chain demo[\s\S]*○ Outline|▸ Outline/);
  expect(plain(displays.at(-1)!)).toMatch(
    /^Chain demo \(3 of 3 steps[\s\S]*✓ Outline[\s\S]*✓ ═ both[\s\S]*║ ✓ left[\s\S]*║ ✓ right/,
  );
});

test("interrupting the cell stops the chain and its steps, and the diagram says so", async () => {
  const id = await kernel.send("execute_request", {
    code: `await display_chain(createChain({ name: "slow" }).step("slow", { prompt: "Slowly" }).step("after", { prompt: "After" }).build().execute())`,
  });
  await kernel.message((each) => each.parentId === id && plain(each).includes("▸ slow"), 60_000);
  // The hard way: what locks files listens for signals too, and must leave them to the kernel.
  process.kill(kernel.process.pid as number, "SIGINT");
  const { reply, messages } = await kernel.finished(id);
  expect(reply.status).toBe("error");
  expect(
    messages
      .map(plain)
      .filter((shown) => shown.includes("slow"))
      .at(-1),
  ).toMatch(/◼ slow/);
  expect((await kernel.execute("1 + 1")).result).toBe("2");
});
