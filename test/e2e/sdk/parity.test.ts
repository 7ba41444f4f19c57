import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ClaudeSDKClient, query } from "../../../src/index.js";
import { text } from "../../../src/testing/index.js";
import { readAll } from "../../src/fake-claude.js";
import { flagsTheCliLacks, requestsTheCliLacks, wordsTheCliLacks } from "../../src/parity/parity-table.js";
import { ensureClaudeBinary } from "../../support/claude-binary.js";
import { realClaude } from "./real-claude.js";

test("the CLI itself answers that it does not know the requests that the table says it lacks", async () => {
  const { options } = await realClaude([{ when: "hi", replies: [text("ok")] }]);
  await ClaudeSDKClient.use(options, async (client) => {
    expect(await client.initializationResult()).toMatchObject({ commands: expect.any(Array) });
    for (const name of requestsTheCliLacks) {
      await expect(client.request(name), name).rejects.toThrow(
        `Unsupported control request subtype: ${name}`,
      );
    }
    await client.disconnect();
  });
});

test.each(Object.entries(flagsTheCliLacks))("nor %s, whose flag it would be", async (_option, flag) => {
  const { options } = await realClaude([]);
  const { error } = await readAll(query("hi", { ...options, extraArgs: { [flag]: "x" } }));
  expect((error as Error).message).toContain(`unknown option '--${flag}`);
});

test("nor words for what it cannot know", async () => {
  const program = readFileSync(await ensureClaudeBinary());
  const words = Object.values(wordsTheCliLacks).flat();
  expect(words.filter((word) => program.includes(word))).toEqual([]);
});
