import { mkdirSync, symlinkSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect as tcpConnect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ClaudeWebSocketServer } from "../../../src/server/index.js";
import { fakeClaude, temporaryFolder } from "../fake-claude.js";
import { answer, connect, testServer } from "./test-server.js";

const TOKEN = "a-token-that-is-long-enough";

/** A plain request, with whatever headers; fetch would not send a foreign Host. */
function ask(
  server: { port: number },
  path: string,
  {
    method = "GET",
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: "127.0.0.1", port: server.port, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode!, body: text, headers: response.headers }),
      );
    });
    sent.on("error", reject);
    sent.end(method === "GET" ? undefined : body);
  });
}

const json = { "content-type": "application/json" };
const routes: readonly [string, string][] = [
  ["GET", "/health"],
  ["GET", "/metrics"],
  ["POST", "/query"],
  ["GET", "/"],
  ["GET", "/chat.js"],
  ["GET", "/nothing"],
];
const page = { html: "<p>", files: { "/chat.js": { type: "text/javascript", body: "1" } } };

describe("a foreign web page", () => {
  test.each(routes)("is refused by its Origin on %s %s", async (method, path) => {
    const server = await testServer(answer, { page });
    const asked = { method, headers: { ...json, origin: "https://evil.example" }, body: '{"prompt":"x"}' };
    expect(await ask(server, path, asked)).toMatchObject({ status: 403 });
  });

  test.each(routes)("is refused by its Host, after DNS rebinding, on %s %s", async (method, path) => {
    const server = await testServer(answer, { page });
    const asked = {
      method,
      headers: { ...json, host: `evil.example:${server.port}` },
      body: '{"prompt":"x"}',
    };
    expect(await ask(server, path, asked)).toMatchObject({ status: 403 });
  });

  test("cannot open a WebSocket, by Origin or by Host", async () => {
    const server = await testServer();
    await expect(connect(server, { origin: "https://evil.example" })).rejects.toThrow("403");
    await expect(connect(server, { origin: "null" })).rejects.toThrow("403");
    await expect(connect(server, { origin: `http://127.0.0.1:${server.port + 1}` })).rejects.toThrow("403");
    await expect(connect(server, { host: `evil.example:${server.port}` })).rejects.toThrow("403");
  });

  test("cannot send a form, or JSON that pretends to be text", async () => {
    const server = await testServer(answer);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "",
    ]) {
      const headers: Record<string, string> = type ? { "content-type": type } : {};
      const { status } = await ask(server, "/query", { method: "POST", headers, body: '{"prompt":"x"}' });
      expect(status).toBe(415);
    }
  });

  test("cannot load anything as an image or a script, but a link may open the page", async () => {
    const server = await testServer([], { page });
    const embedded = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    expect(await ask(server, "/metrics", { headers: embedded })).toMatchObject({ status: 403 });
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect(await ask(server, "/", { headers: link })).toMatchObject({ status: 200 });
  });

  test("of an origin that the server names may use it", async () => {
    const server = await testServer(answer, { allowedOrigins: ["https://mine.example"] });
    const client = await connect(server, { origin: "https://mine.example" });
    await client.wait("connection_established");
  });

  test("cannot frame the page, nor make it load from elsewhere", async () => {
    const server = await testServer([], { page });
    const policy = String((await ask(server, "/")).headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe("a token", () => {
  test("is needed, by header, for every route that tells or does something", async () => {
    const server = await testServer(answer, { token: TOKEN });
    const body = '{"prompt":"x"}';
    expect(await ask(server, "/health")).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    for (const wrong of [{}, { authorization: "Bearer wrong" }, { authorization: TOKEN }]) {
      expect((await ask(server, "/metrics", { headers: { ...wrong } })).status).toBe(401);
      expect(
        (await ask(server, "/query", { method: "POST", headers: { ...json, ...wrong }, body })).status,
      ).toBe(401);
    }
    const authorization = `Bearer ${TOKEN}`;
    expect((await ask(server, "/metrics", { headers: { authorization } })).status).toBe(200);
    expect(
      (await ask(server, "/query", { method: "POST", headers: { ...json, authorization }, body })).status,
    ).toBe(200);
  });

  test("opens a WebSocket by header; a wrong one is refused at the upgrade", async () => {
    const server = await testServer(answer, { token: TOKEN });
    const client = await connect(server, { authorization: `Bearer ${TOKEN}` });
    await client.wait("connection_established");
    await expect(connect(server, { authorization: "Bearer wrong" })).rejects.toThrow("401");
  });

  test("opens a WebSocket by the first message", async () => {
    const client = await connect(await testServer(answer, { token: TOKEN }));
    client.send({ type: "auth", token: TOKEN });
    await client.wait("connection_established");
    expect(client.messages.map(({ type }) => type)).toEqual(["auth_required", "connection_established"]);
  });

  test.each([
    ["a wrong one", { type: "auth", token: "wrong" }],
    ["a query", { type: "query", prompt: "x" }],
    ["a ping", { type: "ping" }],
    ["resuming a stream", { type: "resume", session_id: "x", last_seq: 0 }],
  ])("is not replaced by %s as the first message: the connection is closed", async (_, message) => {
    const client = await connect(await testServer(answer, { token: TOKEN }));
    client.send(message);
    expect(await client.closed).toMatchObject({ code: 4401 });
    expect(client.messages).toMatchObject([
      { type: "auth_required" },
      { type: "error", data: { code: "unauthorized" } },
    ]);
  });

  test.each(["/health", "/metrics", "/", "/chat.js", "/query", "/nothing", "/ws/", "/WS"])(
    "is not needed to be refused a WebSocket at %s, where there is none",
    async (path) => {
      for (const token of [undefined, TOKEN]) {
        const server = await testServer(answer, { page, ...(token && { token }) });
        const address = { url: `${server.url}${path}?x=` };
        await expect(connect(address)).rejects.toThrow("Unexpected server response: 404");
        await expect(connect(address, { authorization: `Bearer ${TOKEN}` })).rejects.toThrow("404");
      }
    },
  );

  test("that never comes closes the connection", async () => {
    const client = await connect(await testServer(answer, { token: TOKEN, limits: { loginMs: 50 } }));
    expect(await client.closed).toMatchObject({ code: 4401 });
  });

  test("is never read from the address", async () => {
    const server = await testServer(answer, { token: TOKEN });
    expect((await ask(server, `/metrics?token=${TOKEN}`)).status).toBe(400);
    await expect(connect({ url: `${server.url}/ws?token=${TOKEN}&x=` })).rejects.toThrow(/400|404/);
  });

  test.each(["0.0.0.0", "::", "192.0.2.1", "example.com"])("is needed to listen on %s", async (host) => {
    const server = new ClaudeWebSocketServer();
    await expect(server.run({ host, port: 0 })).rejects.toMatchObject({ reason: "token_needed" });
  });

  test.each(["", "short", "a b c d e f g h i j k l m"])(
    "must be long and one word: %j is not",
    async (token) => {
      const server = new ClaudeWebSocketServer({ token });
      await expect(server.run({ port: 0 })).rejects.toMatchObject({ reason: "token_needed" });
    },
  );
});

describe("options of a client", () => {
  const refused = [
    "env",
    "executable",
    "executableArgs",
    "pathToClaudeCodeExecutable",
    "extraArgs",
    "extra_args",
    "mcpServers",
    "mcp_servers",
    "settings",
    "settingSources",
    "hooks",
    "agents",
    "agent",
    "plugins",
    "additionalDirectories",
    "add_dirs",
    "working_directories",
    "dangerouslySkipPermissions",
    "dangerously_skip_permissions",
    "allowDangerouslySkipPermissions",
    "canUseTool",
    "permissionPromptToolName",
    "tools",
    "debugFile",
    "continue",
    "sessionId",
    "forkSession",
    "mode",
    "recordingsDir",
    "sandbox",
    "stderr",
    "maxThinkingTokens",
    "provider",
    "constructor",
    "toString",
    "hasOwnProperty",
  ] as const;

  test.each(refused)("`%s` is refused by name", async (option) => {
    const client = await connect(await testServer(answer));
    client.send({ type: "query", id: "q", prompt: "x", options: { [option]: {} } });
    expect(await client.wait("error")).toMatchObject({ id: "q", data: { code: "option_refused", option } });
    expect(client.messages.some(({ type }) => type === "query_start")).toBe(false);
  });

  test("cannot pollute a prototype", async () => {
    const server = await testServer(answer);
    const client = await connect(server);
    for (const text of [
      '{"type":"query","id":"1","prompt":"x","options":{"__proto__":{"permissionMode":"bypassPermissions"}}}',
      '{"type":"query","id":"2","prompt":"x","options":{"constructor":{"prototype":{"polluted":1}}}}',
      '{"type":"query","id":"3","prompt":"x","__proto__":{"polluted":1}}',
      '{"__proto__":{"type":"query","prompt":"x"}}',
      '{"type":"permission_response","id":"5","request_id":"x","behavior":"allow","answers":{"__proto__":{"polluted":1}}}',
    ]) {
      client.send(text);
    }
    await expect.poll(() => client.messages.filter(({ type }) => type === "error").length).toBe(5);
    expect(client.messages.filter(({ type }) => type === "query_start")).toEqual([]);
    const body = '{"prompt":"x","options":{"__proto__":{"polluted":1}}}';
    expect((await ask(server, "/query", { method: "POST", headers: json, body })).status).toBe(400);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each([
    [["Bash"]],
    [["Write"]],
    [["Bash(ls)"]],
    [["Read", "Bash"]],
    [["Read(a),Bash(*)"]],
    [["Read,Bash"]],
    [["Read) Bash("]],
    [["Read(x)\nBash"]],
    [["mcp__any__tool"]],
    [["*"]],
    ["Read"],
    [[""]],
  ])("allowedTools %j asks for more than the server's set", async (allowedTools) => {
    const client = await connect(await testServer(answer));
    client.send({ type: "query", prompt: "x", options: { allowedTools } });
    expect(await client.wait("error")).toMatchObject({ data: { code: "option_refused" } });
  });

  test("allowedTools may be a part of the set, or a rule about a tool in it", async () => {
    const server = await testServer(answer, { allowedTools: ["Read", "Bash(git status)"] });
    const client = await connect(server);
    const allowedTools = ["Read(./src/**)", "Bash(git status)"];
    client.send({ type: "query", prompt: "x", options: { allowedTools, disallowedTools: ["Write"] } });
    await client.wait("query_end");
    client.send({ type: "query", id: "2", prompt: "x", options: { allowedTools: ["Bash(git *)"] } });
    expect(await client.wait("error")).toMatchObject({ id: "2", data: { code: "option_refused" } });
  });

  test.each([
    ["default", "acceptEdits"],
    ["default", "bypassPermissions"],
    ["default", "acceptAll"],
    ["default", "auto"],
    ["acceptEdits", "bypassPermissions"],
    ["plan", "default"],
    ["plan", "dontAsk"],
    ["dontAsk", "default"],
    ["default", "toString"],
  ] as const)("under the mode %s, %s is refused", async (permissionMode, asked) => {
    const client = await connect(await testServer(answer, { permissionMode }));
    client.send({ type: "query", prompt: "x", options: { permission_mode: asked } });
    expect(await client.wait("error")).toMatchObject({
      data: { code: "option_refused", option: "permissionMode" },
    });
  });

  test("a lower mode is taken, and the server's own without one", async () => {
    const server = await testServer([["echo"], ...answer], { permissionMode: "acceptEdits" });
    const client = await connect(server);
    client.send({ type: "query", id: "1", prompt: "x", options: { permissionMode: "plan" } });
    client.send({ type: "query", id: "2", prompt: "x" });
    const args = async (id: string) =>
      (
        (await client.wait((m) => m.type === "echo_message" && m.id === id)).data as { args: string[] }
      ).args.join(" ");
    expect(await args("1")).toMatch(/permission-mode[= ]plan/);
    expect(await args("2")).toMatch(/permission-mode[= ]acceptEdits/);
  });

  test("cwd stays inside the allowed folders, wherever links lead", async () => {
    const inside = temporaryFolder();
    const outside = temporaryFolder();
    mkdirSync(join(inside, "sub"));
    symlinkSync(outside, join(inside, "link"));
    symlinkSync(join(inside, "sub"), join(outside, "back"));
    const server = await testServer([["echo"], ...answer], { allowedFolders: [inside] });
    const client = await connect(server);
    const bad = [
      "/",
      "..",
      "../..",
      outside,
      join(inside, "link"),
      "link",
      "sub/../..",
      join(inside, "missing"),
      "sub\0",
    ];
    for (const [i, cwd] of bad.entries()) {
      client.send({ type: "query", id: `bad-${i}`, prompt: "x", options: { cwd } });
      expect(await client.wait(({ id }) => id === `bad-${i}`)).toMatchObject({
        data: { code: "option_refused", option: "cwd" },
      });
    }
    client.send({ type: "query", id: "ok", prompt: "x", options: { cwd: join(outside, "back") } });
    const echo = await client.wait("echo_message");
    expect((echo.data as { cwd: string }).cwd).toMatch(/sub$/);
  });

  test("rules of anybody's settings count for nobody, unless the server names these settings", async () => {
    const steps = [["echo"], ...answer] as const;
    for (const [settingSources, expected] of [
      [undefined, "--setting-sources="],
      [["user", "project"], "--setting-sources=user,project"],
    ] as const) {
      const queryOptions = fakeClaude(steps, settingSources && { settingSources });
      const client = await connect(await testServer([], { queryOptions }));
      client.send({ type: "query", prompt: "x" });
      const { args } = (await client.wait("echo_message")).data as { args: string[] };
      expect(args).toContain(expected);
    }
  });

  test("a prompt is never a command of the CLI's: /config would change the user's settings", async () => {
    const client = await connect(await testServer([["echo"], ...answer]));
    client.send({ type: "query", prompt: "/config" });
    const { args } = (await client.wait("echo_message")).data as { args: string[] };
    expect(args).toContain("--disable-slash-commands");
  });

  test("maxTurns cannot be more than the server's", async () => {
    const server = await testServer([["echo"], ...answer]);
    const client = await connect(server);
    client.send({ type: "query", prompt: "x", options: { max_turns: 3 } });
    const { args } = (await client.wait("echo_message")).data as { args: string[] };
    expect(args.join(" ")).toMatch(/max-turns[= ]3/);
    for (const max_turns of [0, -1, 1.5, "3", 1e9]) {
      client.send({ type: "query", prompt: "x", options: { max_turns } });
    }
    await expect.poll(() => client.messages.filter(({ type }) => type === "error").length).toBe(5);
  });
});

describe("bombs", () => {
  test("an oversized frame closes its connection alone", async () => {
    const server = await testServer(answer, { limits: { maxMessageBytes: 10_000 } });
    const other = await connect(server);
    const client = await connect(server);
    client.send({ type: "query", prompt: "x".repeat(20_000) });
    expect(await client.closed).toMatchObject({ code: 1009 });
    other.send({ type: "ping" });
    await other.wait("pong");
    const body = JSON.stringify({ prompt: "x".repeat(20_000) });
    expect((await ask(server, "/query", { method: "POST", headers: json, body })).status).toBe(413);
  });

  test("many fragments that never end close the connection", async () => {
    const server = await testServer(answer, { limits: { maxMessageBytes: 100_000 } });
    const client = await connect(server);
    for (let i = 0; i < 5_000; i++) client.socket.send("x", { fin: false });
    expect((await client.closed).code).toBeGreaterThan(1000);
  });

  test("a compressed bomb is not unpacked: no compression is agreed on", async () => {
    const client = await connect(await testServer());
    expect(client.socket.extensions).toBe("");
  });

  test("a flood of messages is refused, then cut", async () => {
    const server = await testServer(answer, { limits: { messageRate: { perSecond: 1, burst: 5 } } });
    const client = await connect(server);
    for (let i = 0; i < 300; i++) client.send({ type: "ping" });
    expect(await client.closed).toMatchObject({ code: 1008, reason: "rate_limited" });
    expect(client.messages.filter(({ type }) => type === "pong")).toHaveLength(5);
    expect(client.messages.at(-1)).toMatchObject({ type: "error", data: { code: "rate_limited" } });
  });

  test("a flood of pings is cut", async () => {
    const server = await testServer(answer, { limits: { messageRate: { perSecond: 1, burst: 5 } } });
    const client = await connect(server);
    for (let i = 0; i < 300; i++) client.socket.ping();
    expect((await client.closed).code).toBeGreaterThan(1000);
  });

  test("a flood of queries is refused", async () => {
    const server = await testServer(answer, { limits: { queryRate: { perSecond: 0.01, burst: 2 } } });
    const client = await connect(server);
    for (const id of ["1", "2", "3"]) client.send({ type: "query", id, prompt: "x" });
    expect(await client.wait("error")).toMatchObject({ id: "3", data: { code: "rate_limited" } });
  });

  test("a thousand connections: those beyond the limit are refused, the others are served", async () => {
    const server = await testServer(answer, { limits: { maxConnections: 200 } });
    const tries = await Promise.allSettled(Array.from({ length: 1_000 }, () => connect(server)));
    const open = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    expect(open).toHaveLength(200);
    open[150]!.send({ type: "query", prompt: "x" });
    await open[150]!.wait("query_end");
  });

  test("half a request does not hold the server's close", async () => {
    const server = await testServer();
    const half = tcpConnect(server.port, "127.0.0.1");
    half.on("error", () => {});
    half.write("POST /query HTTP/1.1\r\nHost: ");
    await new Promise((resolve) => half.once("connect", resolve));
    await server.close();
  });
});
