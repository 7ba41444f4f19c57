import { join } from "node:path";
import { expect, test } from "vitest";
import { ConversationManager } from "../../../kernel/systems/conversations.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { realClaude } from "../sdk/real-claude.js";

test("a conversation with the real CLI goes on, forks, branches, is found and exported; each goes on with what it knows", async () => {
  const { options, cwd, api } = await realClaude(
    [
      {
        when: "Remember a word",
        replies: [
          toolUse("Bash", { command: "echo kestrel" }),
          text("kestrel it is"),
          text("two"),
          text("three"),
        ],
      },
    ],
    { allowedTools: ["Bash"] },
  );
  const folder = join(cwd, "..", "conversations");
  const manager = new ConversationManager({ folder, options });
  const begun = await manager.createConversation({ initialPrompt: "Remember a word", tags: ["e2e"] });
  expect(begun.result).toMatchObject({ result: "kestrel it is", session_id: begun.sessionId });

  const second = await manager.continueConversation(begun.sessionId, "Second question");
  expect(second.result).toMatchObject({ result: "two", session_id: begun.sessionId });

  // Another manager, as in another process: the file alone says how to go on; what permits tools it must be given.
  const other = new ConversationManager({ folder, options });
  const fork = await other.fork(begun.sessionId);
  const forked = await other.continueConversation(fork.sessionId, "Third question, in the fork");
  expect(forked.result.result).toBe("three");
  expect(forked.result.session_id).not.toBe(begun.sessionId);

  const branch = await other.branch(begun.sessionId, { afterTurn: 1, title: "Another way" });
  const branched = await other.continueConversation(branch.sessionId, "Second question, asked otherwise");
  expect(branched.result.result).toBe("two");
  const asked = JSON.stringify(api.requests.filter(({ body }) => body?.stream).at(-1)?.body?.messages);
  expect(asked).toContain("kestrel");
  expect(asked).toContain("asked otherwise");
  expect(asked).not.toContain('"Second question"');

  expect((await manager.get(begun.sessionId)).turnCount).toBe(2);
  expect(await manager.search({ text: "kestrel it is", tag: "e2e" })).toHaveLength(3);
  const { inputTokens, costUsd, turns } = await manager.totals();
  expect(turns).toBe(4);
  expect(inputTokens).toBeGreaterThan(0);
  expect(costUsd).toBeGreaterThan(0);

  const markdown = await manager.export(begun.sessionId, { format: "markdown" });
  expect(markdown).toMatch(/^# Remember a word\n/);
  expect(markdown).toContain("echo kestrel");
  const html = await manager.export(begun.sessionId, { format: "html" });
  expect(html).toMatch(/^<!doctype html>/);
  for (const words of ["Remember a word", "echo kestrel", "Second question", "two"])
    expect(html).toContain(words);
  expect(html).not.toMatch(/<script[^>]+src=|<link/);
});
