import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { ConversationManager } from "../../../src/conversations/conversation-manager.js";
import { managedConversations } from "../../../src/server/index.js";
import { answeringClaude } from "../answering-claude.js";
import { temporaryFolder } from "../fake-claude.js";
import { connect, testServer } from "./test-server.js";

test("clients see the conversations of servers in a folder, and none of the user's others", async () => {
  const { options } = answeringClaude([{ when: ".", text: "Green." }]);
  const manager = new ConversationManager({ folder: temporaryFolder(), options });
  const own = await manager.createConversation({ initialPrompt: "A secret of the user's" });
  const conversations = managedConversations(manager);
  const server = await testServer([], { conversations, queryOptions: options });
  const client = await connect(server);
  client.send({ type: "query", id: "q", prompt: "A colour" });
  const { session_id } = (await client.wait("query_end")).data as { session_id: string };

  client.send({ type: "list_conversations", id: "l" });
  expect((await client.wait("conversations")).data).toMatchObject({
    conversations: [{ sessionId: session_id, title: "A colour", turns: 1, costUsd: 0.01 }],
  });
  client.send({ type: "get_conversation", id: "g", session_id: own.sessionId });
  client.send({ type: "continue", id: "c", session_id: own.sessionId, prompt: "Tell it" });
  for (const id of ["g", "c"]) {
    expect(await client.wait((message) => message.id === id)).toMatchObject({
      data: { code: "unknown_session" },
    });
  }
  client.send({ type: "continue", id: "d", session_id, prompt: "Another" });
  await client.wait(({ type, id }) => type === "query_end" && id === "d");
  expect((await manager.get(session_id)).turnCount).toBe(2);
});

test("of a damaged conversation of the user's a client learns nothing, and it stays where it is", async () => {
  const folder = temporaryFolder();
  const manager = new ConversationManager({ folder });
  const [id, tagged] = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"];
  writeFileSync(join(folder, `${id}.jsonl`), "words of the user's\n");
  expect(await managedConversations(manager).read(id)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([`${id}.jsonl`]);
  // One of the server's own is told of.
  const header = { type: "conversation", version: 9, session_id: tagged, created_at: "2026-01-01T00:00:00Z" };
  writeFileSync(join(folder, `${tagged}.jsonl`), JSON.stringify({ ...header, tags: ["server"] }));
  await expect(managedConversations(manager).read(tagged)).rejects.toMatchObject({
    code: "conversation_damaged",
  });
});

test("a file that cannot be read is told of on the server's side, once, and the others are listed", async () => {
  const { options } = answeringClaude([]);
  const folder = temporaryFolder();
  const manager = new ConversationManager({ folder, options });
  const conversations = managedConversations(manager);
  for await (const _ of conversations.ask("A colour", options, undefined));
  // Damaged as well, and left where it is: it is met at each list.
  const [file] = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  copyFileSync(join(folder, file!), join(folder, "00000000-0000-4000-8000-00000000000a.jsonl"));
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  for (let i = 0; i < 2; i++) expect(await conversations.list()).toMatchObject([{ title: "A colour" }]);
  expect(warn.mock.calls).toEqual([
    [expect.stringContaining("of another conversation"), "ConversationWarning"],
  ]);
  warn.mockRestore();
});

test("a session is busy by whatever spelling of its id it is asked for", async () => {
  const { options } = answeringClaude([{ when: "slow", waitMs: 60_000 }, { when: "." }]);
  const manager = new ConversationManager({ folder: temporaryFolder(), options, lockWaitMs: 60_000 });
  const server = await testServer([], {
    conversations: managedConversations(manager),
    queryOptions: options,
  });
  const client = await connect(server);
  client.send({ type: "query", id: "q", prompt: "A colour" });
  const { session_id } = (await client.wait("query_end")).data as { session_id: string };
  client.send({ type: "continue", id: "slow", session_id, prompt: "slow" });
  await client.wait(({ type, id }) => type === "system_message" && id === "slow");
  client.send({ type: "continue", id: "same", session_id: session_id.toUpperCase(), prompt: "now" });
  expect(await client.wait(({ id }) => id === "same")).toMatchObject({ data: { code: "session_busy" } });
  client.send({ type: "interrupt", id: "slow" });
  await client.wait(({ type, id }) => type === "query_end" && id === "slow");
  client.send({ type: "continue", id: "after", session_id: session_id.toUpperCase(), prompt: "now" });
  const end = await client.wait(({ type, id }) => type === "query_end" && id === "after");
  expect(end).toMatchObject({ data: { outcome: "success" } });
});

test.each(["../../etc/passwd", "..", "", "x".repeat(500), "%2e%2e"])(
  "a session id that is none, %j, names no file",
  async (sessionId) => {
    const manager = new ConversationManager({ folder: temporaryFolder() });
    expect(await managedConversations(manager).read(sessionId)).toBeUndefined();
  },
);
