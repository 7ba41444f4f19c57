import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { parseNotebook } from "../../../kernel/notebook/read-notebook.js";
import { type RunOptions, runNotebook } from "../../../kernel/notebook/run-notebook.js";
import type { RunEvent } from "../../../kernel/notebook/run-report.js";
import { openServerPool } from "../../../kernel/remote/server-pool.js";
import type { JupyterServer } from "../../../kernel/server/start-server.js";
import { startTcpProxy, type TcpProxy } from "../../support/tcp-proxy.js";
import { tempFolder } from "../../support/temp-folder.js";
import { startFakeServer } from "../server/fake-server.js";

/** A server with fake kernels behind a proxy that the test breaks. */
interface Breakable {
  readonly server: JupyterServer;
  readonly proxy: TcpProxy;
}

async function startBreakable(): Promise<Breakable> {
  const server = await startFakeServer();
  const proxy = await startTcpProxy(server.baseUrl);
  onTestFinished(async () => {
    await proxy.close();
    await server.close();
  });
  return { server, proxy };
}

const say = (text: string): object => ({ publish: [["stream", { name: "stdout", text }]] });

function writeNotebook(...cells: object[]): string {
  const path = join(tempFolder(), "notebook.ipynb");
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((cell, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      source: JSON.stringify(cell),
      metadata: {},
      execution_count: null,
      outputs: [],
    })),
  };
  writeFileSync(path, JSON.stringify(notebook));
  return path;
}

interface Kernel {
  readonly id: string;
  readonly execution_state: string;
  readonly connections: number;
}

const access = ({ token }: JupyterServer): RequestInit => ({ headers: { Authorization: `token ${token}` } });

/** Waits until a kernel of the server is in a state. */
async function untilKernel(server: JupyterServer, isSo: (kernel: Kernel) => boolean): Promise<Kernel> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await fetch(`${server.baseUrl}api/kernels`, access(server));
    const found = ((await answer.json()) as Kernel[]).find(isSo);
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error("No kernel came into that state.");
    await sleep(20);
  }
}

/**
 * Runs a notebook whose second cell waits for the file `go`; what happens to the first server meanwhile, `act` says.
 */
async function run(
  path: string,
  servers: readonly Breakable[],
  act: (server: Breakable, kernel: Kernel) => unknown,
  options: RunOptions & { reconnectMs?: number } = {},
) {
  const addresses = servers.map(({ server, proxy }) => ({ baseUrl: proxy.url, token: server.token }));
  const pool = await openServerPool(addresses, { reconnectMs: options.reconnectMs ?? 500 });
  const events: RunEvent[] = [];
  let acted: Promise<unknown> | undefined;
  const onEvent = (event: RunEvent): void => {
    events.push(event);
    if (acted !== undefined || event.type !== "cell-start" || event.number !== 2) return;
    const [first] = servers as [Breakable];
    acted = untilKernel(first.server, ({ execution_state }) => execution_state === "busy").then((kernel) =>
      act(first, kernel),
    );
  };
  try {
    const report = await runNotebook(path, { retries: 2, ...options, kernelSource: pool, onEvent });
    await acted;
    const written = parseNotebook(readFileSync(report.path, "utf8"), report.path);
    const texts = written.cells.map((cell) =>
      (cell.outputs as { output_type: string; text?: string; ename?: string }[])
        .map((output) => output.text ?? output.ename ?? output.output_type)
        .join("|"),
    );
    return { report, texts, again: events.filter(({ type }) => type === "run-again") };
  } finally {
    await pool.close();
  }
}

/** A notebook of three cells, the second of which waits. */
function writeWaiting(): { readonly path: string; readonly go: () => void } {
  const file = join(tempFolder(), "go");
  const path = writeNotebook(say("one"), { ...say("two"), untilFile: file }, say("three"));
  return { path, go: () => writeFileSync(file, "") };
}

test("a notebook whose server is lost runs again from its first cell on another, and says so", async () => {
  const [one, two] = [await startBreakable(), await startBreakable()];
  const { path, go } = writeWaiting();
  const { report, texts, again } = await run(path, [one, two], async ({ proxy }) => {
    await proxy.block();
    go();
  });
  expect(report).toMatchObject({ outcome: "ok", executed: 3 });
  expect(texts).toEqual(["one", "two", "three"]);
  expect(report.cutOffs).toEqual([
    {
      baseUrl: one.proxy.url,
      number: 2,
      message: expect.stringContaining("is not back after 0.5 s: nothing listens there (ECONNREFUSED)"),
    },
  ]);
  expect(again).toHaveLength(1);
});

test("a server that is back without the kernel gets the notebook again", async () => {
  const one = await startBreakable();
  const { path, go } = writeWaiting();
  const act = async ({ server, proxy }: Breakable, { id }: Kernel): Promise<void> => {
    await proxy.block();
    await fetch(`${server.baseUrl}api/kernels/${id}`, { method: "DELETE", ...access(server) });
    await proxy.heal();
    go();
  };
  const { report, texts } = await run(path, [one], act, { reconnectMs: 30_000 });
  expect(report).toMatchObject({
    outcome: "ok",
    cutOffs: [{ number: 2, message: expect.stringContaining("has forgotten the kernel") }],
  });
  expect(texts).toEqual(["one", "two", "three"]);
});

test("when no other server is there, the notebook keeps what was done, and the cell says why it stopped", async () => {
  const one = await startBreakable();
  const { report, texts } = await run(writeWaiting().path, [one], ({ proxy }) => proxy.block(), {
    retries: 0,
  });
  expect(report).toMatchObject({
    outcome: "server-lost",
    executed: 2,
    failures: [{ number: 2, outcome: "server-lost" }],
  });
  expect(report.cutOffs).toBeUndefined();
  expect(texts).toEqual(["one", expect.stringMatching(/ServerLost$/), ""]);
});

test("a cell that fails and a cell that ends its kernel are not tried again", async () => {
  const fails = { reply: { status: "error", ename: "TypeError", evalue: "no", traceback: [] } };
  const one = await startBreakable();
  const pool = await openServerPool([{ baseUrl: one.proxy.url, token: one.server.token }]);
  for (const [cell, outcome] of [
    [fails, "error"],
    [{ exit: 3 }, "kernel-died"],
  ] as const) {
    const again: RunEvent[] = [];
    const report = await runNotebook(writeNotebook(say("one"), cell), {
      kernelSource: pool,
      retries: 2,
      onEvent: (event) => event.type === "run-again" && again.push(event),
    });
    expect(report).toMatchObject({ outcome, executed: 2 });
    expect(again).toEqual([]);
  }
  await pool.close();
});

test("a reply that went into the broken connection is missed: the notebook runs again", async () => {
  const one = await startBreakable();
  const { path, go } = writeWaiting();
  const act = async ({ server, proxy }: Breakable): Promise<void> => {
    await proxy.block();
    go();
    await untilKernel(server, ({ execution_state }) => execution_state === "idle");
    await proxy.heal();
  };
  const { report, texts } = await run(path, [one], act, { reconnectMs: 30_000 });
  expect(report).toMatchObject({
    outcome: "ok",
    cutOffs: [{ number: 2, message: expect.stringContaining("what the kernel answered meanwhile is lost") }],
  });
  expect(texts).toEqual(["one", "two", "three"]);
});

test("an interrupt of the kernel's own, after a break that was mended, fails its cell and is not tried again", async () => {
  const one = await startBreakable();
  const file = join(tempFolder(), "go");
  const reply = { status: "error", ename: "KeyboardInterrupt", evalue: "", traceback: [] };
  const path = writeNotebook(say("one"), { ...say("two"), untilFile: file }, { reply });
  const act = async ({ server, proxy }: Breakable): Promise<void> => {
    await proxy.block();
    await untilKernel(server, ({ connections }) => connections === 0);
    await proxy.heal();
    await untilKernel(server, ({ connections }) => connections > 0);
    writeFileSync(file, "");
  };
  const { report, again } = await run(path, [one], act, { reconnectMs: 60_000 });
  expect(report).toMatchObject({ outcome: "error", failures: [{ number: 3, outcome: "error" }] });
  expect(again).toEqual([]);
});

test("an interrupt ends a run whose server is gone", async () => {
  const one = await startBreakable();
  const controller = new AbortController();
  const act = async ({ proxy }: Breakable): Promise<void> => {
    await proxy.block();
    controller.abort();
  };
  const options = { signal: controller.signal, reconnectMs: 60_000 };
  const { report, texts } = await run(writeWaiting().path, [one], act, options);
  expect(report).toMatchObject({ outcome: "interrupted" });
  expect(texts[0]).toBe("one");
});
