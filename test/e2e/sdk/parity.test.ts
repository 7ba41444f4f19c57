import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ClaudeSDKClient, query } from "../../../src/index.js";
import { text } from "../../../src/testing/index.js";
import { readAll } from "../../src/fake-claude.js";
import { officialNames, officialNamesPath } from "../../src/parity/official-names.js";
import { lackingInCli } from "../../src/parity/parity-table.js";
import { readOfficialNames } from "../../src/parity/read-official-names.js";
import { ensureClaudeBinary } from "../../support/claude-binary.js";
import { ensureOfficialSdk } from "../../support/official-sdk.js";
import { realClaude } from "./real-claude.js";

const lacks = Object.values(lackingInCli).flatMap((names) => Object.values(names));
const requestsTheCliLacks = lacks.flatMap((lack) => ("request" in lack ? [lack.request] : []));
const flagsTheCliLacks = lacks.flatMap((lack) => ("flag" in lack ? [lack.flag] : []));
const wordsTheCliLacks = lacks.flatMap((lack) => ("word" in lack ? [lack.word] : []));

test("the names that parity is measured by are all that the official SDK declares", async () => {
  const names = readOfficialNames(await ensureOfficialSdk(officialNames.version));
  await expect(`${JSON.stringify(names, undefined, 2)}\n`).toMatchFileSnapshot(officialNamesPath);
});

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

test.each(flagsTheCliLacks)("nor the flag --%s", async (flag) => {
  const { options } = await realClaude([]);
  const { error } = await readAll(query("hi", { ...options, extraArgs: { [flag]: "x" } }));
  expect((error as Error).message).toContain(`unknown option '--${flag}`);
});

test("nor words for what it cannot know", async () => {
  const program = readFileSync(await ensureClaudeBinary());
  expect(wordsTheCliLacks.filter((word) => program.includes(word))).toEqual([]);
});
