import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
async function startBreakable(): Promise<{ server: JupyterServer; proxy: TcpProxy }> {
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

/** Runs a notebook on the servers; `during` happens when its cell `number` has begun for the first time. */
async function run(
  path: string,
  servers: readonly { server: JupyterServer; proxy: TcpProxy }[],
  during: { readonly number: number; readonly act: () => unknown },
  options: RunOptions & { reconnectMs?: number } = {},
) {
  const addresses = servers.map(({ server, proxy }) => ({ baseUrl: proxy.url, token: server.token }));
  const pool = await openServerPool(addresses, { reconnectMs: options.reconnectMs ?? 500 });
  const events: RunEvent[] = [];
  let hasActed = false;
  const onEvent = (event: RunEvent): void => {
    events.push(event);
    if (hasActed || event.type !== "cell-start" || event.number !== during.number) return;
    hasActed = true;
    // The request is on its way when the cell begins; give it the time to arrive.
    setTimeout(during.act, 100);
  };
  try {
    const report = await runNotebook(path, { retries: 2, ...options, kernelSource: pool, onEvent });
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

/** Long enough that the test acts while it runs, and ends by itself on the next server. */
const slow = { ...say("slow"), sleepMs: 2_000 };

test("a notebook whose server is lost runs again from its first cell on another, and says so", async () => {
  const [one, two] = [await startBreakable(), await startBreakable()];
  const path = writeNotebook(say("one"), slow, say("three"));
  const { report, texts, again } = await run(path, [one, two], { number: 2, act: () => one.proxy.block() });
  expect(report).toMatchObject({ outcome: "ok", executed: 3 });
  expect(texts).toEqual(["one", "slow", "three"]);
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
  const path = writeNotebook(say("one"), slow);
  const act = async (): Promise<void> => {
    const answer = await fetch(`${one.server.baseUrl}api/kernels`, {
      headers: { Authorization: `token ${one.server.token}` },
    });
    const [kernel] = (await answer.json()) as { id: string }[];
    await one.proxy.block();
    await fetch(`${one.server.baseUrl}api/kernels/${kernel!.id}`, {
      method: "DELETE",
      headers: { Authorization: `token ${one.server.token}` },
    });
    await one.proxy.heal();
  };
  const { report, texts } = await run(path, [one], { number: 2, act }, { reconnectMs: 30_000 });
  expect(report).toMatchObject({
    outcome: "ok",
    cutOffs: [{ number: 2, message: expect.stringContaining("has forgotten the kernel") }],
  });
  expect(texts).toEqual(["one", "slow"]);
});

test("when no other server is there, the notebook keeps what was done, and the cell says why it stopped", async () => {
  const one = await startBreakable();
  const path = writeNotebook(say("one"), slow, say("three"));
  const { report, texts } = await run(
    path,
    [one],
    { number: 2, act: () => one.proxy.block() },
    { retries: 0 },
  );
  expect(report).toMatchObject({
    outcome: "server-lost",
    executed: 2,
    failures: [{ number: 2, outcome: "server-lost" }],
  });
  expect(report.cutOffs).toBeUndefined();
  expect(texts).toEqual(["one", "slow|ServerLost", ""]);
});

test("a cell that fails and a cell that ends its kernel are not tried again", async () => {
  const fails = { reply: { status: "error", ename: "TypeError", evalue: "no", traceback: [] } };
  const one = await startBreakable();
  const nothing = { number: 1, act: () => {} };
  expect((await run(writeNotebook(say("one"), fails), [one], nothing)).report).toMatchObject({
    outcome: "error",
  });
  const { report, again } = await run(writeNotebook(say("one"), { exit: 3 }), [one], nothing);
  expect(report).toMatchObject({ outcome: "kernel-died" });
  expect(again).toEqual([]);
});

test("a connection that breaks between two messages comes back, and the run goes on", async () => {
  const one = await startBreakable();
  const path = writeNotebook(say("one"), { sleepMs: 4_000 }, say("three"));
  const { report, texts } = await run(
    path,
    [one],
    { number: 2, act: () => one.proxy.cut() },
    { reconnectMs: 30_000 },
  );
  expect(report).toMatchObject({ outcome: "ok", executed: 3 });
  expect(report.cutOffs).toBeUndefined();
  expect(texts).toEqual(["one", "", "three"]);
});

test("an interrupt ends a run whose server is gone", async () => {
  const one = await startBreakable();
  const controller = new AbortController();
  const act = async (): Promise<void> => {
    await one.proxy.block();
    controller.abort();
  };
  const path = writeNotebook(say("one"), slow);
  const { report, texts } = await run(
    path,
    [one],
    { number: 2, act },
    { signal: controller.signal, reconnectMs: 60_000 },
  );
  expect(report).toMatchObject({ outcome: "interrupted" });
  expect(texts[0]).toBe("one");
});
