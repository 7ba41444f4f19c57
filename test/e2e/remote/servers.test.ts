import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { comparableOutputs } from "../../support/comparable-outputs.js";
import { copyDemo } from "../../support/demo-notebook.js";
import {
  ensureEnterpriseGateway,
  ensureHubProxy,
  whyNoEnterpriseGateway,
} from "../../support/gateway-programs.js";
import {
  type JupyterServerOptions,
  type JupyterServerProcess,
  startEnterpriseGateway,
  startJupyterHub,
  startJupyterServer,
  startKernelGateway,
} from "../../support/jupyter-servers.js";
import { type CliRun, runCli } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

const examples = resolve(import.meta.dirname, "../../../examples");

let home: string;
let prefix: string;

beforeAll(async () => {
  home = tempFolder();
  prefix = join(home, "prefix");
  expect(await runCli(["install", "--prefix", prefix], { home })).toMatchObject({ exitCode: 0 });
});

const given = ["month=2025-02", "largest=2", 'categories=["bags", "shoes"]', "unit=cent"];

/** The example with parameters in a folder `project` that a server can have as its own. */
function layOut(): string {
  const folder = tempFolder();
  for (const name of ["parameters.ipynb", "data"])
    cpSync(join(examples, name), join(folder, "project", name), { recursive: true });
  return folder;
}

/** Runs from `folder`, so that what lies in it lies at the same place in the server's folder. */
function run(folder: string, args: readonly string[], server?: JupyterServerProcess): Promise<CliRun> {
  const elsewhere = server === undefined ? [] : ["--server-url", server.url];
  const env = server === undefined ? {} : { JUPYTER_TOKEN: server.token };
  return runCli(["run", ...args, ...elsewhere], { home, cwd: folder, env });
}

async function kernelsOf({ url, token }: JupyterServerProcess): Promise<unknown> {
  const answer = await fetch(`${url}api/kernels`, { headers: { Authorization: `token ${token}` } });
  return answer.json();
}

/** A kind of server, and what it takes that the other tests do not. */
interface ServerKind {
  readonly kind: string;
  start(options: JupyterServerOptions): Promise<JupyterServerProcess>;
  /** Fetches its program; the first time, from the network. */
  readonly fetch?: () => Promise<unknown>;
  /** Why this machine cannot have it; undefined when it can. */
  readonly whyNot?: () => Promise<string | undefined>;
}

const kinds: readonly ServerKind[] = [
  { kind: "jupyter_server", start: startJupyterServer },
  { kind: "Kernel Gateway", start: startKernelGateway },
  {
    kind: "Enterprise Gateway",
    start: startEnterpriseGateway,
    fetch: ensureEnterpriseGateway,
    whyNot: whyNoEnterpriseGateway,
  },
  { kind: "a server of a JupyterHub", start: startJupyterHub, fetch: ensureHubProxy },
];

describe.each(kinds)("$kind", ({ kind, start, fetch, whyNot }) => {
  let missing: string | undefined;
  beforeAll(async () => {
    missing = await whyNot?.();
    if (missing === undefined) await fetch?.();
  }, 600_000);

  test("shows what the embedded server shows, with the same parameters, and keeps no kernel", async ({
    skip,
  }) => {
    skip(missing !== undefined, missing);
    const folder = layOut();
    const server = await start({ prefix, folder, env: { KG_LIST_KERNELS: "True", EG_LIST_KERNELS: "True" } });
    try {
      const parameters = given.flatMap((text) => ["-p", text]);
      const here = await run(folder, ["project/parameters.ipynb", "-o", "here.ipynb", ...parameters]);
      expect(here, here.stderr).toMatchObject({ exitCode: 0 });
      const there = await run(
        folder,
        ["project/parameters.ipynb", "-o", "there.ipynb", ...parameters],
        server,
      );
      expect(there, there.stderr).toMatchObject({ exitCode: 0 });
      const outputs = comparableOutputs(join(folder, "there.ipynb"));
      expect(outputs).toEqual(comparableOutputs(join(folder, "here.ipynb")));
      expect(JSON.stringify(outputs)).toMatch(/\d+ of 1000 orders in 2025-02: bags, shoes/);
      expect(await kernelsOf(server)).toEqual([]);
      // The hub's proxy and jupyter_server write down each address: none may hold the token.
      if (kind !== "jupyter_server") expect(server.log()).not.toContain(server.token);
      for (const text of [there.stdout, there.stderr, readFileSync(join(folder, "there.ipynb"), "utf8")])
        expect(text).not.toContain(server.token);
    } finally {
      await server.close();
    }
  });
});

test("recordings beside the notebook in the server's folder are replayed, and a page is made of it", async () => {
  const folder = tempFolder();
  copyDemo(folder);
  const server = await startKernelGateway({ prefix, folder });
  try {
    const notebook = "notebook_markdown_demo.ipynb";
    const args = ["export", "--execute", notebook, "-o", "page.html", "--server-url", server.url];
    const page = await runCli(args, { home, cwd: folder, env: { CLAUDE_NOTEBOOK_TOKEN: server.token } });
    expect(page, page.stderr).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(folder, "page.html"), "utf8")).toContain("replayed from recording");
  } finally {
    await server.close();
  }
});
