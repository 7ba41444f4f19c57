import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claudeMode } from "../../../kernel/magics/claude-mode.js";
import { noteRecordingUsed } from "../../../src/recording/used-recordings.js";
import { tempFolder } from "../../support/temp-folder.js";

test.each([
  ["record", "update"],
  ["record  --all", "record"],
  ["replay", "replay"],
  ["live", "live"],
  ["auto", "auto"],
])("%%claude %s sets the mode %s and says what it does", async (word, mode) => {
  const env: NodeJS.ProcessEnv = {};
  expect(await claudeMode(word, env)).toContain(`Claude's mode is ${mode}: `);
  expect(env.CLAUDE_NOTEBOOK_MODE).toBe(mode);
});

test("%claude status names the mode, the folder and the recordings that no turn has used", async () => {
  const folder = join(tempFolder(), "recordings");
  const env = { CLAUDE_NOTEBOOK_RECORDINGS: folder, CLAUDE_NOTEBOOK_MODE: "replay" };
  expect(await claudeMode("", env)).toContain(`Recordings are in ${folder}: 0,`);
  mkdirSync(folder);
  const header = (prompt: string) => JSON.stringify({ claude_notebook_recording: 1, turn: 1, prompt });
  writeFileSync(join(folder, "aaaaaaaaaa.jsonl"), header("Used"));
  writeFileSync(join(folder, "bbbbbbbbbb.jsonl"), header(`Old\nprompt ${"long ".repeat(30)}`));
  writeFileSync(join(folder, "cccccccccc.jsonl"), "");
  noteRecordingUsed(join(folder, "aaaaaaaaaa.jsonl"));
  const said = await claudeMode("status", env);
  expect(said).toContain("mode is replay");
  expect(said).toContain("3, of which this kernel has used 1");
  expect(said).toMatch(
    / {2}bbbbbbbb {2}Old prompt long [^\n]{40,60}…\n {2}cccccccc {2}\(cannot be read\)\n$/,
  );
  expect(said).not.toContain("Used\n");
});

test("what is no mode is an error that names the nearest, and the mode stays", async () => {
  const env = { CLAUDE_NOTEBOOK_MODE: "live" };
  await expect(claudeMode("recrod", env)).rejects.toThrow("Did you mean %claude record?");
  await expect(claudeMode("Which number?", env)).rejects.toThrow("begins with %%claude");
  expect(env.CLAUDE_NOTEBOOK_MODE).toBe("live");
});
