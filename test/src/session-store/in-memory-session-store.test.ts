import { expect, test } from "vitest";
import { InMemorySessionStore } from "../../../src/index.js";

const key = { projectKey: "-work", sessionId: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11" };
const other = { projectKey: "-play", sessionId: "7d0b8f3e-2a51-4d5c-8a0a-3f7c5d1e9b22" };
const subagent = { ...key, subpath: "subagents/agent-a1" };
const line = { type: "user", uuid: "u1", message: { role: "user", content: "hi" } };

async function filled(): Promise<InMemorySessionStore> {
  const store = new InMemorySessionStore();
  await store.append(key, [line]);
  await store.append(subagent, [{ ...line, uuid: "u2" }]);
  await store.append(other, [{ ...line, uuid: "u3" }]);
  return store;
}

test("sessions and their summaries are listed by project, subagents by session", async () => {
  const store = await filled();
  const [session] = await store.listSessions("-work");
  expect(session).toEqual({ sessionId: key.sessionId, mtime: expect.any(Number) });
  expect(await store.listSessions("-nowhere")).toEqual([]);
  const [summary] = await store.listSessionSummaries("-work");
  expect(summary).toMatchObject({ sessionId: key.sessionId, mtime: session?.mtime });
  expect(await store.listSubkeys(key)).toEqual([subagent.subpath]);
  expect(store.size).toBe(2);
});

test("a line that comes twice is kept once", async () => {
  const store = await filled();
  await store.append(key, [line, { ...line, uuid: "u4" }]);
  expect(store.getEntries(key).map(({ uuid }) => uuid)).toEqual(["u1", "u4"]);
  expect(await store.load(key)).toEqual(store.getEntries(key));
});

test("a session is deleted with its subagents, a subagent alone, and clear() leaves nothing", async () => {
  const store = await filled();
  await store.delete(subagent);
  expect(await store.load(subagent)).toBeNull();
  expect(await store.load(key)).toHaveLength(1);
  await store.append(subagent, [line]);
  await store.delete(key);
  expect([await store.load(key), await store.load(subagent)]).toEqual([null, null]);
  expect(await store.load(other)).toHaveLength(1);
  store.clear();
  expect(store.size).toBe(0);
});
