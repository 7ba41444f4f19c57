import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pRetry from "p-retry";
import { freePorts } from "./free-ports.js";
import { ensureEnterpriseGateway, ensureHubProxy } from "./gateway-programs.js";
import { ensurePythonEnv } from "./python-env.js";
import { removeFolder } from "./remove-folder.js";
import { strangerEnv } from "./run-cli.js";

/** A Jupyter server of a test's own. */
export interface JupyterServerProcess {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** What it has written so far. */
  log(): string;
  /** Ends it in the way that the signal says, and waits until it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  close(): Promise<void>;
}

export interface JupyterServerOptions {
  /** A prefix that our kernelspec was installed in. */
  readonly prefix: string;
  /** The folder that the server works in. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How long a start may take, in milliseconds; on an idle machine it takes two seconds. */
const START_TIMEOUT_MS = 120_000;

/** How often a start is tried again, on other ports: a program takes its port a while after it was found free. */
const START_RETRIES = 2;

/** How long an end may take, in milliseconds. */
const END_TIMEOUT_MS = 15_000;

/** Another one in each test file, so that a server which has taken our port meanwhile does not answer as ours. */
export const serverToken = `a-token-for-the-tests-${randomUUID()}`;

/** How a server is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly url: string;
  /** What must answer with 200 before it counts as started. */
  readonly probe?: string;
}

/** jupyter_server by itself, as it stands under JupyterLab. */
export async function startJupyterServer(options: JupyterServerOptions): Promise<JupyterServerProcess> {
  const python = await ensurePythonEnv();
  return start(options, (home, port) => ({
    command: python.bin("jupyter-server"),
    args: [
      "--no-browser",
      "--allow-root",
      "--ServerApp.ip=127.0.0.1",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
    ],
    env: { ...jupyterEnv(home), JUPYTER_TOKEN: serverToken },
    cwd: options.folder,
    url: `http://127.0.0.1:${port}/`,
  }));
}

export async function startKernelGateway(options: JupyterServerOptions): Promise<JupyterServerProcess> {
  const python = await ensurePythonEnv();
  return start(options, (home, port) => ({
    command: python.bin("jupyter-kernelgateway"),
    args: [
      "--KernelGatewayApp.ip=127.0.0.1",
      `--KernelGatewayApp.port=${port}`,
      "--KernelGatewayApp.port_retries=0",
    ],
    env: { ...jupyterEnv(home), KG_AUTH_TOKEN: serverToken },
    cwd: options.folder,
    url: `http://127.0.0.1:${port}/`,
  }));
}

export async function startEnterpriseGateway(options: JupyterServerOptions): Promise<JupyterServerProcess> {
  const program = await ensureEnterpriseGateway();
  return start(options, (home, port) => ({
    command: program,
    args: [
      "--EnterpriseGatewayApp.ip=127.0.0.1",
      `--EnterpriseGatewayApp.port=${port}`,
      "--EnterpriseGatewayApp.port_retries=0",
    ],
    // It starts no kernels for root unless it is told who else may not have any.
    env: { ...jupyterEnv(home), EG_AUTH_TOKEN: serverToken, EG_UNAUTHORIZED_USERS: "nobody" },
    cwd: options.folder,
    url: `http://127.0.0.1:${port}/`,
  }));
}

/** A JupyterHub with its proxy, and the running server of a user; `url` is that server's. */
export async function startJupyterHub(
  options: JupyterServerOptions,
): Promise<JupyterServerProcess & { readonly hubUrl: string }> {
  const [python, proxy] = await Promise.all([ensurePythonEnv(), ensureHubProxy()]);
  const hub = await start(options, (home, port, hubPort, apiPort) => {
    const hubUrl = `http://127.0.0.1:${port}/`;
    const config = join(home, "config.py");
    const singleUser = [
      python.bin("jupyterhub-singleuser"),
      "--allow-root",
      `--ServerApp.root_dir=${options.folder}`,
    ];
    const lines = {
      "JupyterHub.bind_url": hubUrl,
      "JupyterHub.hub_bind_url": `http://127.0.0.1:${hubPort}`,
      "JupyterHub.authenticator_class": "dummy",
      "JupyterHub.spawner_class": "simple",
      "JupyterHub.services": [{ name: "tests", api_token: serverToken }],
      "JupyterHub.load_roles": [
        { name: "tests", scopes: ["admin:users", "admin:servers", "access:servers"], services: ["tests"] },
      ],
      "ConfigurableHTTPProxy.api_url": `http://127.0.0.1:${apiPort}`,
      "ConfigurableHTTPProxy.command": [process.execPath, proxy],
      "SimpleLocalProcessSpawner.home_dir_template": join(home, "{username}"),
      "Spawner.cmd": singleUser,
      "Spawner.ip": "127.0.0.1",
      "Spawner.environment": { JUPYTER_PATH: join(options.prefix, "share", "jupyter"), ...options.env },
    };
    // What JSON can say, Python says in the same way.
    writeFileSync(
      config,
      Object.entries(lines)
        .map(([name, value]) => `c.${name} = ${JSON.stringify(value)}\n`)
        .join(""),
    );
    return {
      command: python.bin("jupyterhub"),
      args: ["-f", config],
      env: jupyterEnv(home),
      cwd: home,
      url: hubUrl,
      probe: `${hubUrl}hub/api`,
    };
  });
  const { url: hubUrl } = hub;
  const headers = { Authorization: `token ${serverToken}` };
  const ask = async (path: string): Promise<void> => {
    await fetch(`${hubUrl}hub/api/${path}`, { method: "POST", headers });
  };
  try {
    await ask("users/ann");
    await ask("users/ann/server");
    const url = `${hubUrl}user/ann/`;
    await untilAnswered(`${url}api/kernelspecs`, hub.log);
    return { ...hub, url, hubUrl };
  } catch (error) {
    await hub.close();
    throw error;
  }
}

function jupyterEnv(home: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    // What the kernels of these servers write is no part of the history.
    IPYTHONDIR: join(home, "ipython"),
  };
}

/** Starts a server of Jupyter's with a home of its own, in which it finds our kernelspec, on ports that were free. */
async function start(
  options: JupyterServerOptions,
  launchIn: (home: string, ...ports: readonly [number, number, number]) => Launch,
): Promise<JupyterServerProcess> {
  const python = await ensurePythonEnv();
  const startOnce = async (): Promise<JupyterServerProcess> => {
    const ports = (await freePorts(3)) as [number, number, number];
    const home = mkdtempSync(join(tmpdir(), "jupyter-server-"));
    const launch = launchIn(home, ...ports);
    const kernels = { JUPYTER_PATH: join(options.prefix, "share", "jupyter") };
    const base = strangerEnv(home, { ...kernels, ...launch.env, ...options.env });
    const env = { ...base, PATH: `${join(python.prefix, "bin")}:${base.PATH}` };
    try {
      const server = await startServerProcess({ ...launch, env });
      return { ...server, close: () => server.close().finally(() => removeFolder(home)) };
    } catch (error) {
      await removeFolder(home);
      throw error;
    }
  };
  const shouldRetry = ({ error }: { error: Error }): boolean => error instanceof ServerEnded;
  return pRetry(startOnce, { retries: START_RETRIES, minTimeout: 0, shouldRetry });
}

/** The program has ended before it answered, as one does whose port is taken. */
class ServerEnded extends Error {}

/** Starts a server's program, which takes the token of these tests, and waits until it answers. */
export async function startServerProcess(launch: Launch): Promise<JupyterServerProcess> {
  const { command, args, env, cwd, url, probe = `${url}api/kernelspecs` } = launch;
  const server = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [server.stdout, server.stderr])
    stream.on("data", (chunk) => {
      written += chunk;
    });
  const log = (): string => written;
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (hasEnded(server)) return;
    const gone = once(server, "exit");
    server.kill(signal);
    const impatience = setTimeout(() => server.kill("SIGKILL"), END_TIMEOUT_MS);
    await gone;
    clearTimeout(impatience);
  };
  const close = (): Promise<void> => kill("SIGTERM");
  try {
    await Promise.race([untilAnswered(probe, log), failWhenEnded(server, log)]);
    return { url, token: serverToken, pid: server.pid ?? 0, log, kill, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function untilAnswered(url: string, log: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const headers = { Authorization: `token ${serverToken}` };
  for (;;) {
    const answer = await fetch(url, { headers, redirect: "manual" }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    if (Date.now() > deadline) throw new Error(`${url} did not answer:\n${log()}`);
    await sleep(100);
  }
}

async function failWhenEnded(server: ChildProcess, log: () => string): Promise<never> {
  const [code] = hasEnded(server) ? [server.exitCode] : await once(server, "exit");
  throw new ServerEnded(`The server ended with ${code}:\n${log()}`);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
