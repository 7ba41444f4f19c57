import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { KernelRequest } from "../../../kernel/notebook/kernel-source.js";
import type { ServerAddress } from "../../../kernel/remote/server-address.js";
import { openServerPool, type ServerPoolOptions } from "../../../kernel/remote/server-pool.js";
import type { JupyterServer } from "../../../kernel/server/start-server.js";
import { freePort } from "../../support/free-ports.js";
import { startTcpProxy } from "../../support/tcp-proxy.js";
import { startFakeServer } from "../server/fake-server.js";
import { answering, startAnswering } from "./answering-server.js";

async function startServer(): Promise<JupyterServer> {
  const server = await startFakeServer();
  onTestFinished(() => server.close());
  return server;
}

/** A server behind a proxy that a test can break. */
async function startBreakable() {
  const server = await startServer();
  const proxy = await startTcpProxy(server.baseUrl);
  onTestFinished(() => proxy.close());
  return { server, proxy, address: { baseUrl: proxy.url, token: server.token } };
}

async function openPool(addresses: readonly ServerAddress[], options: ServerPoolOptions = {}) {
  const notes: string[] = [];
  const pool = await openServerPool(addresses, {
    reconnectMs: 20_000,
    onNote: (text) => notes.push(text),
    ...options,
  });
  onTestFinished(() => pool.close());
  return { pool, notes };
}

const request = (more: Partial<KernelRequest> = {}): KernelRequest => ({
  notebookPath: join(process.cwd(), "notebook.ipynb"),
  env: {},
  signal: undefined,
  onKernelOutput: undefined,
  ...more,
});

async function kernelsOf({ baseUrl, token }: ServerAddress): Promise<{ id: string }[]> {
  const answer = await fetch(`${baseUrl}api/kernels`, { headers: { Authorization: `token ${token}` } });
  return (await answer.json()) as { id: string }[];
}

test("each kernel comes from the server that has the fewest of ours, and is ended there", async () => {
  const [one, two] = await Promise.all([startServer(), startServer()]);
  const { pool } = await openPool([one, two]);
  const kernels = await Promise.all(Array.from({ length: 4 }, () => pool.open(request())));
  expect(kernels.map((kernel) => kernel?.baseUrl).sort()).toEqual(
    [one.baseUrl, one.baseUrl, two.baseUrl, two.baseUrl].sort(),
  );
  await Promise.all(kernels.map((kernel) => kernel?.close()));
  expect(await kernelsOf(one)).toEqual([]);
  expect(await kernelsOf(two)).toEqual([]);
});

test("a server that is not there is named, and the others do its work", async () => {
  const server = await startServer();
  const gone = `http://127.0.0.1:${await freePort()}/`;
  const { pool, notes } = await openPool([{ baseUrl: gone, token: "" }, server]);
  expect(notes).toEqual([
    `${gone} cannot be reached: nothing listens there (ECONNREFUSED). The others are used meanwhile.`,
  ]);
  const kernel = await pool.open(request());
  expect(kernel?.baseUrl).toBe(server.baseUrl);
  await kernel?.close();
});

test("when none is there, the error names each", async () => {
  const urls = [`http://127.0.0.1:${await freePort()}/`, `http://127.0.0.1:${await freePort()}/`];
  await expect(openServerPool(urls.map((baseUrl) => ({ baseUrl, token: "" })))).rejects.toMatchObject({
    code: "server-unreachable",
    message: urls.map((url) => `${url} cannot be reached: nothing listens there (ECONNREFUSED).`).join(" "),
  });
});

test("a server that refuses ends it before anything runs, though others would do", async () => {
  const server = await startServer();
  const refusing = { baseUrl: await startAnswering(answering(403, { message: "Forbidden" })), token: "x" };
  await expect(openServerPool([server, refusing])).rejects.toMatchObject({ code: "server-refused" });
});

test("a server that starts no more kernels is left for one that does", async () => {
  const server = await startServer();
  const specs = {
    claude: {
      name: "claude-notebook",
      resources: {},
      spec: { argv: [], display_name: "x", language: "typescript" },
    },
  };
  const full = await startAnswering((incoming, response) => {
    const body = { default: "claude", kernelspecs: { "claude-notebook": specs.claude } };
    if (incoming.method === "GET") answering(200, body)(incoming, response);
    else answering(403, { reason: "Forbidden", message: "Resource Limit" })(incoming, response);
  });
  const { pool } = await openPool([{ baseUrl: full, token: "x" }, server]);
  const kernel = await pool.open(request());
  expect(kernel?.baseUrl).toBe(server.baseUrl);
  await kernel?.close();
  const { pool: alone } = await openPool([{ baseUrl: full, token: "x" }], { reconnectMs: 10 });
  await expect(alone.open(request())).rejects.toMatchObject({
    code: "server-full",
    message: expect.stringContaining("starts no more kernels: Resource Limit"),
  });
});

test("the kernel works in the notebook's folder, as seen from the folder that stands for the server's", async () => {
  const paths: unknown[] = [];
  const spec = { argv: [], display_name: "x", language: "typescript" };
  const url = await startAnswering((incoming, response) => {
    const kernelspecs = { "claude-notebook": { name: "claude-notebook", resources: {}, spec } };
    if (incoming.method === "GET")
      return answering(200, { default: "claude-notebook", kernelspecs })(incoming, response);
    if (incoming.method === "DELETE") return response.writeHead(204).end();
    incoming.setEncoding("utf8").once("data", (text: string) => {
      paths.push((JSON.parse(text) as { path?: string }).path);
      answering(201, { id: "k", name: "claude-notebook" })(incoming, response);
    });
  });
  const { pool } = await openPool([{ baseUrl: url, token: "x" }], { rootDir: "/project" });
  for (const notebookPath of [
    "/project/a/b/n.ipynb",
    "/project/n.ipynb",
    "/elsewhere/n.ipynb",
    "/projects/n.ipynb",
  ])
    await (await pool.open(request({ notebookPath })))?.close();
  expect(paths).toEqual(["a/b", "", "", ""]);
});

test("a kernel that comes after the run was interrupted is ended", async () => {
  const server = await startServer();
  const { pool } = await openPool([server]);
  const controller = new AbortController();
  const opening = pool.open(request({ signal: controller.signal }));
  controller.abort();
  expect(await opening).toBeUndefined();
  await pool.close();
  expect(await kernelsOf(server)).toEqual([]);
});

test("a wait for a server that went away ends when it is back, or at the user's wish", async () => {
  const { proxy, address } = await startBreakable();
  const { pool } = await openPool([address], { reconnectMs: 60_000 });
  await proxy.block();
  const controller = new AbortController();
  const given = pool.open(request({ signal: controller.signal }));
  const patient = pool.open(request());
  controller.abort();
  expect(await given).toBeUndefined();
  await proxy.heal();
  expect((await patient)?.baseUrl).toBe(address.baseUrl);
});

test("a server that stays away is an error after the time to come back", async () => {
  const { proxy, address } = await startBreakable();
  const { pool } = await openPool([address], { reconnectMs: 1_500 });
  await proxy.block();
  await expect(pool.open(request())).rejects.toMatchObject({ code: "server-unreachable" });
});

test("a kernel whose server went away is ended when that is back, and else named", async () => {
  const { server, proxy, address } = await startBreakable();
  const { pool, notes } = await openPool([address]);
  const [one, two] = [await pool.open(request()), await pool.open(request())];
  await proxy.block();
  await one?.close();
  await proxy.heal();
  await pool.close();
  expect((await kernelsOf(server)).map(({ id }) => id)).toEqual([two?.kernel.id]);
  expect(notes).toEqual([]);
  await proxy.block();
  await two?.close();
  await pool.close();
  expect(notes).toEqual([
    `The kernel ${two?.kernel.id} may still run: ${proxy.url} cannot be reached: nothing listens there (ECONNREFUSED).`,
  ]);
});

test("an interrupt ends the wait for a server that does not answer", async () => {
  const controller = new AbortController();
  const silent = await startAnswering(() => controller.abort());
  const { pool, notes } = await openPool([{ baseUrl: silent, token: "" }], { signal: controller.signal });
  expect(await pool.open(request())).toBeUndefined();
  expect(notes).toEqual([]);
});
