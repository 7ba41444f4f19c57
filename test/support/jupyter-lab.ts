import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePythonEnv } from "./python-env.js";
import { recorderEnv } from "./recorded-messages.js";
import { removeFolder } from "./remove-folder.js";

/** A JupyterLab of the tests' own. */
export interface JupyterLab {
  /** Its address, with the token: open it and the page is logged in. */
  urlOf(path: string): string;
  readonly origin: string;
  readonly token: string;
  /** The environment it runs in; `jupyter trust` signs for it when it runs in the same. */
  readonly env: Record<string, string>;
  close(): Promise<void>;
}

/** How long a start may take, in milliseconds; it takes about two seconds. */
const START_TIMEOUT_MS = 60_000;

/** Time that JupyterLab gets to end by itself, in milliseconds; it needs about one second. */
const PATIENCE_MS = 5_000;

/**
 * Starts JupyterLab on loopback over a folder. Settings, signatures and kernels are its own.
 *
 * @param more variables of its kernels too; `PATH` goes before its own.
 * @param command the program and first arguments; by default `jupyter-lab` of the tests' Python environment.
 */
export async function startJupyterLab(
  folder: string,
  more: Readonly<Record<string, string>> = {},
  command?: readonly string[],
): Promise<JupyterLab> {
  const python = await ensurePythonEnv();
  const [program, ...first] = command ?? [python.bin("jupyter-lab")];
  const home = mkdtempSync(join(tmpdir(), "jupyter-lab-"));
  const env: Record<string, string> = {
    ...recorderEnv(),
    ...more,
    PATH: [more.PATH, join(python.prefix, "bin"), process.env.PATH].filter(Boolean).join(":"),
    HOME: more.HOME ?? home,
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
  };
  const token = "test";
  const server = spawn(
    program!,
    [
      ...first,
      "--no-browser",
      "--allow-root",
      "--ServerApp.ip=127.0.0.1",
      "--ServerApp.port=0",
      `--ServerApp.root_dir=${folder}`,
      `--IdentityProvider.token=${token}`,
      "--LabApp.expose_app_in_browser=True",
      "--JupyterNotebookApp.expose_app_in_browser=True",
      "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
      "--LabApp.news_url=None",
      "--LabApp.extension_manager=readonly",
    ],
    { env, stdio: ["ignore", "ignore", "pipe"] },
  );
  let log = "";
  const started = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`JupyterLab did not start:\n${log}`)), START_TIMEOUT_MS);
    server.stderr.on("data", (chunk) => {
      log += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(log)?.[0];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    });
    server.once("exit", (code) => reject(new Error(`JupyterLab ended with ${code}:\n${log}`)));
  });
  const close = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) await end();
    await removeFolder(home);
  };
  const end = async (): Promise<void> => {
    const gone = once(server, "exit");
    server.kill("SIGTERM");
    // Sometimes it shuts its kernels down for ever; the tests have what they want of it by then.
    const impatience = setTimeout(() => server.kill("SIGKILL"), PATIENCE_MS);
    gone.finally(() => clearTimeout(impatience));
    await gone;
  };
  try {
    const origin = await started;
    return { origin, token, env, urlOf: (path) => `${origin}/lab/tree/${path}?token=${token}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}
