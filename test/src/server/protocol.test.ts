import { describe, expect, test } from "vitest";
import { answer, connect, fakeSession, testServer } from "./test-server.js";

describe("a query", () => {
  test("is asked as published, and its messages come in order under the published names", async () => {
    const server = await testServer(answer);
    const client = await connect(server);
    client.send({ type: "query", prompt: "Hello, Claude!", options: { allowed_tools: ["Read"] } });
    await client.wait("query_end");
    expect(client.messages.map(({ type }) => type)).toEqual([
      "connection_established",
      "query_start",
      "system_message",
      "assistant_message",
      "result_message",
      "query_end",
    ]);
    expect(client.messages.slice(1).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect((await client.wait("assistant_message")).data).toMatchObject({
      content: [{ type: "text", text: "Hello." }],
    });
    expect((await client.wait("query_end")).data).toEqual({ outcome: "success", session_id: fakeSession });
  });

  test("carries the id that the client gave it, so that several can run at once", async () => {
    const server = await testServer([...answer.slice(0, 2), ["wait", 100], answer[2]!]);
    const client = await connect(server);
    client.send({ type: "query", id: "one", prompt: "1" });
    client.send({ type: "query", id: "two", prompt: "2" });
    await client.wait(({ type, id }) => type === "query_end" && id === "one");
    await client.wait(({ type, id }) => type === "query_end" && id === "two");
    const started = client.messages.filter(({ type }) => type === "query_start").map(({ id }) => id);
    const firstEnd = client.messages.findIndex(({ type }) => type === "query_end");
    expect(started.sort()).toEqual(["one", "two"]);
    expect(client.messages.slice(0, firstEnd).filter(({ type }) => type === "query_start")).toHaveLength(2);
  });

  test("is refused while another of its id runs", async () => {
    const server = await testServer([["wait", 200], ...answer]);
    const client = await connect(server);
    client.send({ type: "query", id: "one", prompt: "1" });
    client.send({ type: "query", id: "one", prompt: "2" });
    expect(await client.wait("error")).toMatchObject({ id: "one", data: { code: "duplicate_id" } });
  });

  test("that fails is told as an error with its id, then ends", async () => {
    const server = await testServer([
      ["stderr", "out of paper"],
      ["exit", 3],
    ]);
    const client = await connect(server);
    client.send({ type: "query", id: "q", prompt: "Hello" });
    await client.wait("query_end");
    expect(await client.wait("error")).toMatchObject({ id: "q", data: { code: "process_failed" } });
    expect((await client.wait("query_end")).data).toMatchObject({ outcome: "failed" });
  });

  test("waits for a place, and is refused when too many wait", async () => {
    const server = await testServer([["wait", 300], ...answer], { limits: { maxRunning: 1, maxQueued: 1 } });
    const client = await connect(server);
    for (const id of ["1", "2", "3"]) client.send({ type: "query", id, prompt: id });
    expect(await client.wait("query_queued")).toMatchObject({ id: "2" });
    expect(await client.wait("error")).toMatchObject({ id: "3", data: { code: "queue_full" } });
    await client.wait(({ type, id }) => type === "query_end" && id === "2");
  });

  test("that waits can be interrupted", async () => {
    const server = await testServer([["wait", 300], ...answer], { limits: { maxRunning: 1 } });
    const client = await connect(server);
    client.send({ type: "query", id: "1", prompt: "1" });
    client.send({ type: "query", id: "2", prompt: "2" });
    client.send({ type: "interrupt", id: "2" });
    expect(await client.wait(({ type, id }) => type === "query_end" && id === "2")).toMatchObject({
      data: { outcome: "interrupted" },
    });
    expect(await client.wait("interrupt_acknowledged")).toMatchObject({ data: { ids: ["2"] } });
    await client.wait(({ type, id }) => type === "query_end" && id === "1");
  });
});

describe("a conversation", () => {
  test("is listed, read and gone on with", async () => {
    const server = await testServer(answer);
    const client = await connect(server);
    client.send({ type: "query", id: "a", prompt: "What is a monad?" });
    await client.wait("query_end");
    client.send({ type: "list_conversations", id: "l" });
    expect(await client.wait("conversations")).toMatchObject({
      id: "l",
      data: {
        conversations: [{ sessionId: fakeSession, title: "What is a monad?", turns: 1, costUsd: 0.5 }],
      },
    });
    client.send({ type: "continue", id: "b", session_id: fakeSession, prompt: "Again" });
    await client.wait(({ type, id }) => type === "query_end" && id === "b");
    client.send({ type: "get_conversation", session_id: fakeSession });
    expect(await client.wait("conversation")).toMatchObject({
      data: { turns: [{ prompt: "What is a monad?" }, { prompt: "Again" }] },
    });
  });

  test("that is not the server's cannot be gone on with, nor read", async () => {
    const client = await connect(await testServer(answer));
    const other = "22222222-2222-4222-8222-222222222222";
    client.send({ type: "query", id: "a", prompt: "Hi", options: { resume: other } });
    client.send({ type: "continue", id: "b", session_id: other, prompt: "Hi" });
    client.send({ type: "get_conversation", id: "c", session_id: other });
    for (const id of ["a", "b", "c"]) {
      expect(await client.wait((message) => message.id === id)).toMatchObject({
        type: "error",
        data: { code: "unknown_session" },
      });
    }
  });

  test("has one query at a time", async () => {
    const server = await testServer([...answer, ["wait", 300]]);
    const client = await connect(server);
    client.send({ type: "query", id: "a", prompt: "1" });
    await client.wait("query_end");
    client.send({ type: "continue", id: "b", session_id: fakeSession, prompt: "2" });
    client.send({ type: "continue", id: "c", session_id: fakeSession, prompt: "3" });
    expect(await client.wait("error")).toMatchObject({ id: "c", data: { code: "session_busy" } });
  });
});

describe("what is no right message", () => {
  test.each([
    ["no JSON", "{", "bad_json"],
    ["no object", "[]", "bad_message"],
    ["no type", "{}", "unknown_type"],
    ["an unknown type", '{"type":"querry"}', "unknown_type"],
    ["a type of the prototype's", '{"type":"constructor"}', "unknown_type"],
    ["no prompt", '{"type":"query"}', "bad_message"],
    ["an empty prompt", '{"type":"query","prompt":""}', "bad_message"],
    ["a prompt that is no text", '{"type":"query","prompt":{}}', "bad_message"],
    ["a stray field", '{"type":"query","prompt":"x","env":{}}', "bad_message"],
    ["options that are no object", '{"type":"query","prompt":"x","options":[]}', "bad_message"],
    ["arrays, ten thousand deep", "[".repeat(10_000), "bad_json"],
    [
      "nested options",
      `{"type":"query","prompt":"x","options":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`,
      "option_refused",
    ],
  ])("%s is a typed error, and the connection goes on", async (_, text, code) => {
    const client = await connect(await testServer());
    client.send(text);
    expect(await client.wait("error")).toMatchObject({ data: { code } });
    client.send({ type: "ping", id: "p" });
    expect(await client.wait("pong")).toEqual({ type: "pong", id: "p" });
  });

  test("an unknown type is told the nearest one", async () => {
    const client = await connect(await testServer());
    client.send({ type: "querry" });
    expect(JSON.stringify((await client.wait("error")).data)).toContain('Did you mean \\"query\\"?');
  });

  test("binary is refused", async () => {
    const client = await connect(await testServer());
    client.socket.send(Buffer.from("{}"), { binary: true });
    expect(await client.wait("error")).toMatchObject({ data: { code: "bad_message" } });
  });

  test("an answer to no question, an interrupt of no query", async () => {
    const client = await connect(await testServer());
    client.send({ type: "permission_response", request_id: "x", behavior: "allow", id: "a" });
    client.send({ type: "interrupt", id: "b" });
    expect(await client.wait(({ id }) => id === "a")).toMatchObject({ data: { code: "unknown_request" } });
    expect(await client.wait(({ id }) => id === "b")).toMatchObject({ data: { code: "unknown_query" } });
  });
});

test("the tools are listed", async () => {
  const client = await connect(await testServer());
  client.send({ type: "get_tools" });
  const { tools } = (await client.wait("tools_list")).data as { tools: { name: string }[] };
  expect(tools.map(({ name }) => name)).toContain("Read");
});
