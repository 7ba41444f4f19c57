import { expect, test } from "vitest";
import { ClaudeWebSocketServer, EnhancedClaudeWebSocketServer } from "../../../src/server/index.js";
import { answer, fakeSession, init, testServer } from "./test-server.js";

const post = (url: string, body: unknown, init: RequestInit = {}) =>
  fetch(`${url}/query`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...init,
    headers: { "content-type": "application/json", ...init.headers },
  });

test("POST /query answers with the whole turn", async () => {
  const { url } = await testServer(answer);
  const response = await post(url, { prompt: "Hello", options: { allowed_tools: ["Read"] } });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    outcome: "success",
    session_id: fakeSession,
    result: "Hello.",
    is_error: false,
    total_cost_usd: 0.5,
    messages: [{ type: "system" }, { type: "assistant" }, { type: "result" }],
  });
});

test.each([
  ["that accepts these", { prompt: "Hello" }, { accept: "text/event-stream" }],
  ["that sets `stream`", { prompt: "Hello", options: { stream: true } }, {}],
])("POST /query answers a client %s with server-sent events", async (_, body, headers) => {
  const { url } = await testServer(answer);
  const response = await post(url, body, { headers });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const events = (await response.text()).trim().split("\n\n");
  const types = events.map((event) => /^event: (.*)$/m.exec(event)![1]);
  expect(types).toEqual([
    "query_start",
    "system_message",
    "assistant_message",
    "result_message",
    "query_end",
  ]);
  expect(events.map((event) => /^id: (.*)$/m.exec(event)![1])).toEqual(["1", "2", "3", "4", "5"]);
  expect(JSON.parse(/^data: (.*)$/m.exec(events[3]!)![1]!)).toMatchObject({
    seq: 4,
    data: { result: "Hello." },
  });
});

test.each([
  ["no JSON", "{", 400, "bad_json"],
  ["no prompt", {}, 400, "bad_message"],
  ["a stray field", { prompt: "x", env: {} }, 400, "bad_message"],
  ["a refused option", { prompt: "x", options: { env: {} } }, 403, "option_refused"],
  ["a foreign session", { prompt: "x", options: { resume: "x" } }, 404, "unknown_session"],
])("POST /query with %s is a typed error", async (_, body, status, code) => {
  const { url } = await testServer(answer);
  const response = await post(url, body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code, error: expect.any(String) });
});

test("a failing CLI is a typed error with the status of a bad gateway", async () => {
  const { url } = await testServer([["exit", 3]]);
  const response = await post(url, { prompt: "x" });
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ code: "process_failed" });
});

test.each([[{}], [{ accept: "text/event-stream" }]])(
  "a client that goes away ends its query (%j)",
  async (headers) => {
    const { url } = await testServer([init, ["child"], ["wait", 60_000]]);
    const leave = new AbortController();
    const metrics = async () => (await fetch(`${url}/metrics`)).text();
    const asked = post(url, { prompt: "x" }, { headers, signal: leave.signal }).catch(() => undefined);
    await expect.poll(metrics, { timeout: 5_000 }).toContain("claude_queries_running 1");
    leave.abort();
    await asked;
    await expect.poll(metrics, { timeout: 20_000 }).toContain("claude_queries_running 0");
    expect(await metrics()).toContain('claude_queries_total{outcome="ended"} 1');
  },
);

test("/metrics is Prometheus' text format", async () => {
  const { url } = await testServer(answer);
  await post(url, { prompt: "Hello" });
  await post(url, { prompt: "Hello", options: { env: {} } });
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("content-type")).toContain("version=0.0.4");
  const text = await response.text();
  expect(text).toContain('claude_queries_total{outcome="success"} 1');
  expect(text).toContain('claude_errors_total{code="option_refused"} 1');
  expect(text).toContain("claude_cost_usd_total 0.5");
  expect(text).toContain('claude_tokens_total{kind="input"} 10');
  expect(text).toContain('claude_query_duration_seconds_bucket{le="+Inf"} 1');
  const line = /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"\n]*"(,\w+="[^"\n]*")*\})? [-+.\deE]+)$/;
  for (const each of text.trimEnd().split("\n")) expect(each).toMatch(line);
});

test("/health says that the server lives", async () => {
  const { url } = await testServer(answer);
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok" });
});

test("an address that is not there is a typed error", async () => {
  const { url } = await testServer(answer);
  const response = await fetch(`${url}/sessions`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: "not_found" });
});

test("a port that is taken is a typed error, and the program can end", async () => {
  const { port } = await testServer();
  const second = new ClaudeWebSocketServer();
  await expect(second.run({ port })).rejects.toMatchObject({
    reason: "port_taken",
    hints: [expect.any(String)],
  });
  await second.close();
});

test("a folder that is not there is a typed error", () => {
  expect(() => new ClaudeWebSocketServer({ allowedFolders: ["/no/such/folder"] })).toThrow("is no folder");
});

test("has the published name too", () => {
  expect(EnhancedClaudeWebSocketServer).toBe(ClaudeWebSocketServer);
});
