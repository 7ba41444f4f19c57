import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type JupyterServerProcess, startKernelGateway } from "./jupyter-servers.js";
import { type CliRun, runCli } from "./run-cli.js";

export interface GatewayRunOptions {
  /** A folder of the run's own. */
  readonly folder: string;
  /** A prefix that our kernelspec was installed in. */
  readonly prefix: string;
  readonly notebooks: number;
  /** How many end before one of the gateways is killed. */
  readonly endBefore: number;
  readonly jobs: number;
  /** Told the processes once they run, the command's own among their children; for measuring. */
  readonly onStart?: (gateways: readonly JupyterServerProcess[]) => void;
}

export interface GatewayRun {
  readonly cli: CliRun;
  readonly durationMs: number;
  /** Names of the notebooks, without their ending. */
  readonly names: readonly string[];
  /** Those that were running on the gateway that was killed, when it was. */
  readonly cutOff: readonly string[];
  /** All text that the last cell of a notebook showed. */
  outputOf(name: string): string;
  readonly junit: string;
}

/** Longest wait for the notebooks to come as far as they should, in milliseconds. */
const PROGRESS_TIMEOUT_MS = process.env.SOAK ? 1_200_000 : 240_000;

/** Runs notebooks over two Kernel Gateways on this machine, and kills one of them (SIGKILL) when its half of the notebooks runs. */
export async function runOverGateways(options: GatewayRunOptions): Promise<GatewayRun> {
  const { folder, prefix, notebooks, endBefore, jobs } = options;
  for (const name of ["started", "ended"]) mkdirSync(join(folder, name));
  const names = Array.from({ length: notebooks }, (_, index) => `n${String(index).padStart(2, "0")}`);
  for (const [index, name] of names.entries()) writeNotebook(folder, name, index >= endBefore);

  // Each gateway has half of those that wait.
  const share = Math.floor(jobs / 2);
  const start = (gateway: string) => startKernelGateway({ prefix, folder, env: { GATEWAY: gateway } });
  const gateways = await Promise.all([start("doomed"), start("lasting")]);
  const [doomed, lasting] = gateways;
  try {
    options.onStart?.(gateways);
    const startedAt = performance.now();
    const running = runCli(
      [
        "run",
        ...names.map((name) => `${name}.ipynb`),
        ...["-o", "out", "--jobs", String(jobs), "--junit", "report.xml", "--reconnect", "5"],
        ...["--server-url", doomed.url, "--server-url", lasting.url],
      ],
      { home: folder, cwd: folder, env: { JUPYTER_TOKEN: doomed.token }, timeoutMs: PROGRESS_TIMEOUT_MS },
    );
    const onDoomed = (): string[] => names.filter((name) => isRunning(folder, name, "doomed"));
    const tooSoon = running.then(({ stderr }) => {
      throw new Error(`The command ended too soon:\n${stderr}`);
    });
    const inTheMiddle = until(() => countOf(folder, "ended") >= endBefore && onDoomed().length >= share);
    await Promise.race([inTheMiddle, tooSoon]);
    tooSoon.catch(() => {});
    await doomed.kill("SIGKILL");
    const cutOff = onDoomed();
    writeFileSync(join(folder, "go"), "");
    const cli = await running;
    return {
      cli,
      durationMs: performance.now() - startedAt,
      names,
      cutOff,
      outputOf: (name) => outputOf(join(folder, "out", `${name}.ipynb`)),
      junit: readFileSync(join(folder, "report.xml"), "utf8"),
    };
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.close()));
  }
}

/** A notebook that notes where it runs; one that waits goes on when the gateway has been killed. */
function writeNotebook(folder: string, name: string, doesWait: boolean): void {
  const sources = [
    [`import { existsSync, writeFileSync } from "node:fs";`, `let sum = 0;`],
    [
      `writeFileSync("started/${name}." + process.env.GATEWAY, "");`,
      doesWait ? `while (!existsSync("go")) await new Promise((resolve) => setTimeout(resolve, 50));` : "",
      `for (let i = 1; i <= 1000; i++) sum += i;`,
      `console.log("${name} counted to", sum);`,
      `writeFileSync("ended/${name}." + process.env.GATEWAY, "");`,
    ],
  ];
  const cells = sources.map((lines, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    metadata: {},
    source: lines.filter((line) => line !== "").join("\n"),
    execution_count: null,
    outputs: [],
  }));
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
  writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
}

function isRunning(folder: string, name: string, gateway: string): boolean {
  const has = (state: string): boolean => existsSync(join(folder, state, `${name}.${gateway}`));
  return has("started") && !has("ended");
}

function countOf(folder: string, state: string): number {
  return readdirSync(join(folder, state)).length;
}

function outputOf(path: string): string {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { outputs: object[] }[] };
  const outputs = cells.at(-1)?.outputs ?? [];
  return outputs
    .map((output) => ("text" in output ? [output.text].flat().join("") : JSON.stringify(output)))
    .join("|");
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PROGRESS_TIMEOUT_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("The notebooks did not come as far as they should.");
    await sleep(50);
  }
}
