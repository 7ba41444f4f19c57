import { expect, test } from "vitest";
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

test.each(["../../etc/passwd", "..", "", "x".repeat(500), "%2e%2e"])(
  "a session id that is none, %j, names no file",
  async (sessionId) => {
    const manager = new ConversationManager({ folder: temporaryFolder() });
    expect(await managedConversations(manager).read(sessionId)).toBeUndefined();
  },
);
