import { join } from "node:path";
import { expect, test } from "vitest";
import {
  collectResult,
  deleteSession,
  forkSession,
  getSessionMessages,
  listSessions,
  query,
  renameSession,
} from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { realClaude } from "./real-claude.js";

test("transcripts of the real CLI are listed, read, renamed, forked and resumed, and deleted", async () => {
  const { options, cwd } = await realClaude(
    [
      {
        when: "first",
        replies: [toolUse("Bash", { command: "echo seven" }), text("one"), text("two"), text("three")],
      },
    ],
    { allowedTools: ["Bash"] },
  );
  const place = { dir: cwd, configDir: join(cwd, "..", "home", ".claude") };
  const first = await collectResult(query("first", options));
  const id = first.session_id!;
  expect(await listSessions(place)).toMatchObject([
    { sessionId: id, summary: "first", firstPrompt: "first", promptCount: 1 },
  ]);

  const messages = await getSessionMessages(id, place);
  expect(messages.map(({ type }) => type)).toEqual(["user", "assistant", "user", "assistant"]);
  expect(messages[2]).toMatchObject({ tool_use_result: { stdout: "seven" } });

  await renameSession(id, "Counting", place);
  expect(await collectResult(query("second", { ...options, resume: id }))).toMatchObject({
    result: "two",
    session_id: id,
  });
  expect((await listSessions(place))[0]).toMatchObject({ summary: "Counting", promptCount: 2 });

  const copy = await forkSession(id, { ...place, upToMessageId: String(messages.at(-1)!.uuid) });
  const resumed = await collectResult(query("second, again", { ...options, resume: copy.sessionId }));
  expect(resumed).toMatchObject({ result: "two", session_id: copy.sessionId });
  expect(await getSessionMessages(id, place)).toHaveLength(6);

  await deleteSession(id, place);
  expect((await listSessions(place)).map(({ sessionId }) => sessionId)).toEqual([copy.sessionId]);
  const gone = query("third", { ...options, resume: id });
  await expect(collectResult(gone)).rejects.toThrow(/No conversation found/);
});
