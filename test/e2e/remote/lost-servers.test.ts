import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseNotebook } from "../../../kernel/notebook/read-notebook.js";
import { startCommand } from "../../kernel/cli/command-line.js";
import {
  type JupyterServerProcess,
  startJupyterServer,
  startKernelGateway,
} from "../../support/jupyter-servers.js";
import { runCli, strangerEnv } from "../../support/run-cli.js";
import { startTcpProxy } from "../../support/tcp-proxy.js";
import { tempFolder } from "../../support/temp-folder.js";

/** How long a step may take that waits for a kernel, in milliseconds. */
const STEP_MS = 120_000;

let home: string;
let prefix: string;
let folder: string;
let server: JupyterServerProcess;

beforeAll(async () => {
  home = tempFolder();
  prefix = join(home, "prefix");
  folder = tempFolder();
  expect(await runCli(["install", "--prefix", prefix], { home })).toMatchObject({ exitCode: 0 });
  server = await startJupyterServer({ prefix, folder });
});
afterAll(() => server?.close());

interface WaitingNotebook {
  readonly path: string;
  /** The second cell goes on when this file is there. */
  readonly goFile: string;
  /** Waits until the second cell has said "begun", which its reply, also that to an interrupt, comes after. */
  readonly untilBegun: () => Promise<void>;
}

/** A notebook whose second cell says "begun", waits for the file `go`, and says "ended". */
function write(name: string): WaitingNotebook {
  const [begun, go] = [`${name}.begun`, `${name}.go`];
  const sources = [
    `import { existsSync, writeFileSync } from "node:fs";\nconsole.log("one");`,
    `console.log("begun");\nwriteFileSync("${begun}", "");\nwhile (!existsSync("${go}")) await new Promise((resolve) => setTimeout(resolve, 50));\nconsole.log("ended");`,
    `"three"`,
  ];
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  }));
  const path = join(folder, `${name}.ipynb`);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  const hasBegun = (): boolean => existsSync(join(folder, begun));
  const untilBegun = () => expect.poll(hasBegun, { timeout: STEP_MS }).toBe(true);
  return { path, goFile: join(folder, go), untilBegun };
}

/** The texts of each cell's outputs in the executed notebook. */
function textsOf(name: string): string[] {
  const path = join(folder, `${name}.executed.ipynb`);
  return parseNotebook(readFileSync(path, "utf8"), path).cells.map((cell) =>
    (cell.outputs as { text?: string; data?: Record<string, unknown>; ename?: string }[])
      .map(({ text, data, ename }) => text ?? data?.["text/plain"] ?? ename)
      .join("|"),
  );
}

/** Runs a notebook from the servers' folder, so that its kernels work there. */
function start(path: string, urls: readonly string[], ...options: string[]) {
  const args = ["run", path, ...urls.flatMap((url) => ["--server-url", url]), ...options];
  return startCommand(args, { cwd: folder, env: strangerEnv(home, { JUPYTER_TOKEN: server.token }) });
}

interface Kernel {
  readonly id: string;
  readonly execution_state: string;
}

async function kernelsOf({ url, token }: JupyterServerProcess): Promise<Kernel[]> {
  const answer = await fetch(`${url}api/kernels`, { headers: { Authorization: `token ${token}` } });
  return (await answer.json()) as Kernel[];
}

test("what the kernel shows while the connection is broken is kept by the server and arrives", async () => {
  const proxy = await startTcpProxy(server.url);
  const { path, goFile, untilBegun } = write("kept");
  const { finished, text } = start(path, [proxy.url]);
  await untilBegun();
  // What is on its way when a connection breaks is lost: the server has sent it. As JSON, unlike in the cell's source.
  await expect.poll(() => proxy.hasPassedOn(String.raw`"begun\n"`), { timeout: STEP_MS }).toBe(true);
  const buffering = (): number => server.log().split("Starting buffering").length;
  const before = buffering();
  await proxy.block();
  await expect.poll(buffering, { timeout: STEP_MS }).toBeGreaterThan(before);
  writeFileSync(goFile, "");
  await expect
    .poll(async () => (await kernelsOf(server))[0]?.execution_state, { timeout: STEP_MS })
    .toBe("idle");
  await proxy.heal();
  const { exitCode } = await finished;
  await proxy.close();
  expect(exitCode, text.stderr).toBe(0);
  expect(text.stderr).not.toContain("again from the first cell");
  expect(textsOf("kept")).toEqual(["one\n", "begun\nended\n", "'three'"]);
  expect(await kernelsOf(server)).toEqual([]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s ends the run with exit code %i, keeps what was shown and ends the kernel on the server",
  async (signal, code) => {
    const { path, untilBegun } = write(signal);
    const { child, finished } = start(path, [server.url]);
    await untilBegun();
    child.kill(signal);
    expect((await finished).exitCode).toBe(code);
    expect(textsOf(signal)).toEqual(["one\n", expect.stringMatching(/^begun\n/), ""]);
    expect(await kernelsOf(server)).toEqual([]);
  },
);

// The last test: it ends the server.
test("a server that is shut down interrupts its kernels: no failure of the cell, the notebook runs again on another", async () => {
  const other = await startKernelGateway({ prefix, folder });
  try {
    const { path, goFile, untilBegun } = write("again");
    const { finished, text } = start(path, [server.url, other.url], "--reconnect", "5");
    await untilBegun();
    await server.kill("SIGTERM");
    writeFileSync(goFile, "");
    expect((await finished).exitCode, text.stderr).toBe(0);
    expect(text.stderr).toContain(`↻ again from the first cell: cut off in cell 2 on ${server.url}: `);
    expect(textsOf("again")).toEqual(["one\n", "begun\nended\n", "'three'"]);
  } finally {
    await other.close();
  }
});
