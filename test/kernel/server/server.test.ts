import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { JupyterServer } from "../../../kernel/server/start-server.js";
import { startFakeServer } from "./fake-server.js";
import { createLabClient, executeFake, untilStatus, watchIopub } from "./lab-client.js";

const root = realpathSync(mkdtempSync(join(tmpdir(), "cn-server-")));
mkdirSync(join(root, "sub"));
// Kernels put their sockets into the temporary folder: one of our own, so that other tests' do not count here.
process.env.TMPDIR = join(root, "tmp");
mkdirSync(process.env.TMPDIR);
let server: JupyterServer;
/** For what takes milliseconds on a machine that has nothing else to do. */
const PATIENT = { timeout: 10_000 };

const cleanups: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  server = await startFakeServer({ rootDir: root, env: { FAKE_GREETING: "hello" } });
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

function connect(to = server, WebSocketClass?: unknown) {
  const client = createLabClient(to, WebSocketClass);
  cleanups.push(client.dispose);
  return client.manager;
}

/** A server of its own, for tests that break things. */
async function ownServer(env: Record<string, string> = {}): Promise<JupyterServer> {
  const own = await startFakeServer({ rootDir: root, env });
  cleanups.push(own.close);
  return own;
}

const request = (path: string, init: RequestInit = {}, to = server): Promise<Response> =>
  fetch(new URL(path, to.baseUrl), {
    ...init,
    headers: { Authorization: `token ${to.token}`, ...(init.headers as Record<string, string>) },
  });

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const kernelPids = (): number[] =>
  execFileSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, ...args]) => Number(ppid) === process.pid && args.join(" ").includes("fake-kernel"))
    .map(([pid]) => Number(pid));

const kernelFolders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith("claude-notebook-"));

test("an unmodified JupyterLab client starts a kernel, runs cells and gets every message in order", async () => {
  const kernel = await connect().startNew({ name: "claude-notebook" });
  const seen = watchIopub(kernel);
  const lines = Array.from({ length: 500 }, (_, i) => ["stream", { name: "stdout", text: `${i}\n` }]);
  const { id, reply } = await executeFake(kernel, { publish: lines });
  expect(reply).toMatchObject({ status: "ok", execution_count: 1 });
  const text = seen.filter((m) => m.type === "stream" && m.parent === id).map((m) => m.content.text);
  expect(text).toEqual(lines.map(([, content]) => (content as { text: string }).text));
  await kernel.shutdown();
});

test("a client without the subprotocol speaks Jupyter's original format", async () => {
  class Plain extends WebSocket {
    constructor(url: string) {
      super(url);
    }
  }
  const kernel = await connect(server, Plain).startNew();
  const seen = watchIopub(kernel);
  await executeFake(kernel, { publish: [["stream", { name: "stdout", text: "ünïcode" }]] });
  expect(seen.find((m) => m.type === "stream")?.content.text).toBe("ünïcode");
  await kernel.shutdown();
});

test.each([
  ["with the subprotocol", WebSocket],
  [
    "without the subprotocol",
    class extends WebSocket {
      constructor(url: string) {
        super(url);
      }
    },
  ],
])("binary buffers travel both ways %s", async (_title, WebSocketClass) => {
  const kernel = await connect(server, WebSocketClass).startNew();
  await kernel.info;
  const echoed = new Promise<number[][]>((resolve) => {
    kernel.anyMessage.connect((_sender, { msg, direction }) => {
      if (direction !== "recv" || msg.header.msg_type !== "comm_msg") return;
      resolve(
        (msg.buffers as DataView[]).map((b) => [...new Uint8Array(b.buffer, b.byteOffset, b.byteLength)]),
      );
    });
  });
  const comm = kernel.createComm("echo", "c1");
  comm.send({ some: "data" }, undefined, [new Uint8Array([1, 2, 255]).buffer, new Uint8Array([0]).buffer]);
  expect(await echoed).toEqual([[1, 2, 255], [0]]);
  await kernel.shutdown();
});

test("two kernels run at once and do not mix", async () => {
  const manager = connect();
  const [a, b] = await Promise.all([manager.startNew(), manager.startNew()]);
  const [seenA, seenB] = [watchIopub(a), watchIopub(b)];
  await Promise.all([
    executeFake(a, { publish: [["stream", { name: "stdout", text: "of a" }]], sleepMs: 50 }),
    executeFake(b, { publish: [["stream", { name: "stdout", text: "of b" }]], sleepMs: 50 }),
  ]);
  expect(seenA.filter((m) => m.type === "stream").map((m) => m.content.text)).toEqual(["of a"]);
  expect(seenB.filter((m) => m.type === "stream").map((m) => m.content.text)).toEqual(["of b"]);
  await Promise.all([a.shutdown(), b.shutdown()]);
});

test("two clients of one kernel both see its output, and each its own replies", async () => {
  const first = await connect().startNew();
  const second = connect().connectTo({ model: first.model });
  await second.info;
  const [seenFirst, seenSecond] = [watchIopub(first), watchIopub(second)];
  const { reply } = await executeFake(second, { publish: [["stream", { name: "stdout", text: "shared" }]] });
  expect(reply.status).toBe("ok");
  for (const seen of [seenFirst, seenSecond]) {
    await expect.poll(() => seen.filter((m) => m.type === "stream").length, PATIENT).toBe(1);
  }
  await first.shutdown();
});

test("interrupt reaches the kernel while a cell runs", async () => {
  const kernel = await connect().startNew();
  const running = executeFake(kernel, { forever: true });
  await expect.poll(() => kernel.status, PATIENT).toBe("busy");
  await kernel.interrupt();
  expect((await running).reply).toMatchObject({ status: "error", ename: "Interrupted" });
  await kernel.shutdown();
});

test("after a restart the same connection reaches the new process", async () => {
  const kernel = await connect().startNew();
  await executeFake(kernel, {});
  const [before] = kernelPids();
  await kernel.restart();
  expect((await executeFake(kernel, {})).reply).toMatchObject({ execution_count: 1 });
  expect(kernelPids()).not.toContain(before);
  await kernel.shutdown();
});

test("a kernel that dies is dead for its clients, after the last output, and the model says why", async () => {
  const kernel = await connect().startNew();
  const seen = watchIopub(kernel);
  kernel.requestExecute({
    code: JSON.stringify({
      publish: [["stream", { name: "stdout", text: "last words" }]],
      shout: "crash report",
      exit: 7,
    }),
  });
  await untilStatus(kernel, "dead");
  expect(seen.map((m) => m.content.text).filter(Boolean)).toEqual(["last words"]);
  expect(await (await request(`api/kernels/${kernel.id}`)).json()).toMatchObject({
    execution_state: "dead",
    reason: "exit code 7",
    traceback: "crash report",
  });
  expect((await request(`api/kernels/${kernel.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await request(`api/kernels/${kernel.id}`)).status).toBe(404);
});

test("a detached process that holds the kernel's output does not hide its death", async () => {
  const kernel = await connect().startNew();
  const seen = watchIopub(kernel);
  kernel.requestExecute({ code: JSON.stringify({ leave: true, exit: 0 }) });
  await untilStatus(kernel, "dead");
  const pid = Number(seen.find((m) => m.type === "stream")?.content.text);
  expect(isAlive(pid)).toBe(true);
  process.kill(pid);
  await request(`api/kernels/${kernel.id}`, { method: "DELETE" });
});

test("a client that connects again under its session gets the replies, its old connection ends", async () => {
  const kernel = await connect().startNew();
  await kernel.info;
  const clientId = kernel.clientId;
  const again = connect().connectTo({ model: kernel.model, clientId });
  await again.info;
  await expect.poll(() => kernel.connectionStatus, PATIENT).toBe("disconnected");
  expect((await executeFake(again, {})).reply.status).toBe("ok");
  await again.shutdown();
});

test("where the path of a socket would be too long, kernels listen on free TCP ports", async () => {
  const { TMPDIR } = process.env;
  const deep = join(root, "x".repeat(100));
  mkdirSync(deep);
  process.env.TMPDIR = deep;
  try {
    const kernel = await connect().startNew();
    expect((await executeFake(kernel, {})).reply.status).toBe("ok");
    expect(readdirSync(join(deep, readdirSync(deep)[0]!))).toEqual([]);
    await kernel.shutdown();
    expect(readdirSync(deep)).toEqual([]);
  } finally {
    process.env.TMPDIR = TMPDIR;
  }
});

test("a kernel that fails to start is an error that shows what it wrote", async () => {
  const own = await ownServer({ FAKE_KERNEL_FAILS: "1" });
  const response = await request("api/kernels", { method: "POST", body: "{}" }, own);
  expect(response.status).toBe(500);
  const { message } = (await response.json()) as { message: string };
  expect(message).toContain("exit code 3");
  expect(message).toContain("the fake kernel fails to start");
  await expect(own.startKernel()).rejects.toMatchObject({ code: "kernel-not-started" });
});

test("close ends a kernel that is still starting", async () => {
  const own = await startFakeServer({ env: { FAKE_KERNEL_IS_SILENT: "1" } });
  const start = own.startKernel();
  await expect.poll(() => kernelPids().length, PATIENT).toBeGreaterThan(0);
  const pids = kernelPids();
  await Promise.all([own.close(), expect(start).rejects.toMatchObject({ code: "kernel-not-started" })]);
  expect(pids.filter(isAlive)).toEqual([]);
});

test("close leaves no process and no file, even of a kernel that ignores shutdown and SIGTERM", async () => {
  const foldersBefore = kernelFolders();
  const own = await startFakeServer({ env: { FAKE_KERNEL_IGNORES_SHUTDOWN: "1" } });
  await own.startKernel();
  const pids = kernelPids();
  expect(pids.length).toBeGreaterThan(0);
  await own.close();
  expect(pids.filter(isAlive)).toEqual([]);
  expect(kernelFolders().filter((name) => !foldersBefore.includes(name))).toEqual([]);
  await expect(fetch(own.baseUrl)).rejects.toThrow();
});

test("the connection file is gone once the kernel runs, and the folder is private", async () => {
  const before = kernelFolders();
  const own = await ownServer();
  await own.startKernel();
  const [folder] = kernelFolders().filter((name) => !before.includes(name));
  expect(readdirSync(join(tmpdir(), folder!)).filter((name) => name.endsWith(".json"))).toEqual([]);
  const mode = execFileSync("stat", ["-c", "%a", join(tmpdir(), folder!)], { encoding: "utf8" });
  expect(mode.trim()).toBe("700");
});

test("the kernel's folder is the client's path within the root, and its environment is the server's", async () => {
  const kernel = await connect().startNew({ name: "claude-notebook", path: "sub/notebook.ipynb" } as object);
  const seen = watchIopub(kernel);
  await executeFake(kernel, { cwd: true, env: "FAKE_GREETING" });
  expect(seen.filter((m) => m.type === "stream").map((m) => m.content.text)).toEqual([
    "hello",
    join(root, "sub"),
  ]);
  await kernel.shutdown();
});

test("a client can name neither a folder outside the root, nor a command, nor variables", async () => {
  const outside = await request("api/kernels", { method: "POST", body: JSON.stringify({ path: "../.." }) });
  expect(outside.status).toBe(400);
  const sneaky = { env: { FAKE_KERNEL_FAILS: "1" }, argv: ["false"], kernelArgv: ["false"] };
  const started = await request("api/kernels", { method: "POST", body: JSON.stringify(sneaky) });
  expect(started.status).toBe(201);
  const { id } = (await started.json()) as { id: string };
  expect((await request(`api/kernels/${id}`, { method: "DELETE" })).status).toBe(204);
});

test("nothing is answered without the token", async () => {
  for (const path of ["api", "api/status", "api/kernels", "api/kernelspecs", "nowhere"]) {
    expect((await request(path, { headers: { Authorization: "token wrong" } })).status, path).toBe(401);
    expect((await fetch(new URL(path, server.baseUrl))).status, path).toBe(401);
  }
  expect((await fetch(`${server.baseUrl}api?token=${server.token}`)).status).toBe(200);
});

test.each([
  ["of another page", { Origin: "https://evil.example" }],
  ["of a local page on another port", { Origin: "http://127.0.0.1:1" }],
  ["with the opaque origin of a sandboxed frame", { Origin: "null" }],
])("a request %s is refused though it has the token", async (_title, headers) => {
  expect((await request("api/kernels", { headers })).status).toBe(403);
});

test("a name that was rebound to the loopback address is refused", async () => {
  const url = new URL(server.baseUrl);
  const { request: httpRequest } = await import("node:http");
  const status = await new Promise((resolve, reject) => {
    const headers = { Host: `evil.example:${url.port}`, Authorization: `token ${server.token}` };
    httpRequest({ host: "127.0.0.1", port: url.port, path: "/api", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
  expect(status).toBe(403);
});

test.each([
  ["without the token", "", {}, 401],
  ["from a web page", "?token=TOKEN", { origin: "https://evil.example" }, 403],
])("no WebSocket opens %s", async (_title, query, options, status) => {
  const { id } = await server.startKernel();
  const url = `${server.baseUrl.replace("http", "ws")}api/kernels/${id}/channels${query.replace("TOKEN", server.token)}`;
  const answer = await new Promise((resolve) => {
    const socket = new WebSocket(url, options);
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.on("open", () => resolve("open"));
    socket.on("error", () => {});
  });
  expect(answer).toBe(status);
  await request(`api/kernels/${id}`, { method: "DELETE" });
});

test("a WebSocket to a kernel that does not exist is a 404", async () => {
  const url = `${server.baseUrl.replace("http", "ws")}api/kernels/nobody/channels?token=${server.token}`;
  const answer = await new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.on("error", () => {});
  });
  expect(answer).toBe(404);
});

test("garbage on a WebSocket ends that connection and no other", async () => {
  const kernel = await connect().startNew();
  await kernel.info;
  const url = `${server.baseUrl.replace("http", "ws")}api/kernels/${kernel.id}/channels?token=${server.token}`;
  const code = await new Promise((resolve) => {
    const socket = new WebSocket(url, ["v1.kernel.websocket.jupyter.org"]);
    socket.on("open", () => socket.send(Buffer.from([255, 255, 255, 255, 255, 255, 255, 255, 1])));
    socket.on("close", resolve);
  });
  expect(code).toBe(1007);
  expect((await executeFake(kernel, {})).reply.status).toBe("ok");
  await kernel.shutdown();
});

test("the server offers our kernelspec alone, with its logos and without its command", async () => {
  const { default: name, kernelspecs } = (await (await request("api/kernelspecs")).json()) as never as {
    default: string;
    kernelspecs: Record<
      string,
      { spec: { argv: unknown; display_name: string }; resources: Record<string, string> }
    >;
  };
  expect(Object.keys(kernelspecs)).toEqual([name]);
  const { spec, resources } = kernelspecs[name]!;
  expect(spec).toMatchObject({ display_name: "TypeScript (Claude)", language: "typescript", argv: [] });
  const logo = await request(resources["logo-64x64"]!);
  expect(logo.headers.get("content-type")).toBe("image/png");
  expect((await request("api/kernelspecs/python3")).status).toBe(404);
});

test("another kernel's name and a body that is no JSON are refused with the reason", async () => {
  const python = await request("api/kernels", { method: "POST", body: JSON.stringify({ name: "python3" }) });
  expect([python.status, await python.json()]).toEqual([
    501,
    { message: "There is no kernel named python3." },
  ]);
  const broken = await request("api/kernels", { method: "POST", body: "{" });
  expect([broken.status, await broken.json()]).toEqual([400, { message: "The body is not JSON." }]);
});

test("the status counts kernels and connections", async () => {
  const kernel = await connect().startNew();
  await kernel.info;
  expect(await (await request("api/status")).json()).toMatchObject({ kernels: 1, connections: 1 });
  await kernel.shutdown();
});
