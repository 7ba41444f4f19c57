import { delimiter, join } from "node:path";
import { z } from "zod";
import { findOnPath } from "../install/find-on-path.js";
import { jupyterDataDir, type Surroundings } from "../install/jupyter-data-dir.js";

/** The Jupyter that a shell would start, and where it looks. */
export interface Jupyter {
  /** The `jupyter` on PATH. */
  readonly path?: string | undefined;
  /** Of JupyterLab; undefined when there is none. */
  readonly labVersion?: string | undefined;
  /** Why `jupyter` could not be asked. */
  readonly problem?: string | undefined;
  /** Folders with `kernels` and `labextensions` in them, the one that counts first. */
  readonly dataFolders: readonly string[];
  /** Folders with settings, the one that counts first. */
  readonly configFolders: readonly string[];
}

/** How long Jupyter may take to answer, in ms: it imports half of itself; a second, or ten on a cold disk. */
const ANSWER_MS = 60_000;

const paths = z.looseObject({ data: z.array(z.string()), config: z.array(z.string()) });

/** Asks the `jupyter` on PATH where it looks; without one, the places that every Jupyter looks at are taken. */
export async function findJupyter(surroundings: Surroundings): Promise<Jupyter> {
  const path = findOnPath("jupyter", surroundings);
  const guessed = { path, dataFolders: usualDataFolders(surroundings), configFolders: [] };
  if (path === undefined) return guessed;
  const [told, lab] = await Promise.all([
    ask(path, ["--paths", "--json"], surroundings),
    ask(findOnPath("jupyter-lab", surroundings), ["--version"], surroundings),
  ]);
  const labVersion = /^\d+\.\d+\.\S+/m.exec(lab.output ?? "")?.[0];
  const parsed = paths.safeParse(parseJson(told.output));
  if (!parsed.success) return { ...guessed, labVersion, problem: told.problem ?? "its paths are not JSON" };
  return { path, labVersion, dataFolders: parsed.data.data, configFolders: parsed.data.config };
}

/** @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files */
function usualDataFolders(surroundings: Surroundings): string[] {
  const { env, platform } = surroundings;
  const environment = env.VIRTUAL_ENV || env.CONDA_PREFIX;
  const system =
    platform === "win32"
      ? [join(env.PROGRAMDATA || "C:\\ProgramData", "jupyter")]
      : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  return [
    ...(env.JUPYTER_PATH ?? "").split(delimiter).filter((folder) => folder !== ""),
    ...(environment ? [join(environment, "share", "jupyter")] : []),
    jupyterDataDir(surroundings),
    ...system,
  ];
}

async function ask(
  program: string | undefined,
  args: readonly string[],
  { env }: Surroundings,
): Promise<{ readonly output?: string; readonly problem?: string | undefined }> {
  if (program === undefined) return {};
  const { execa } = await import("execa");
  const run = await execa(program, args, {
    env,
    extendEnv: false,
    reject: false,
    timeout: ANSWER_MS,
    stdin: "ignore",
  });
  if (!run.failed) return { output: String(run.stdout) };
  return { problem: String(run.stderr).trim().split("\n").at(-1) || run.shortMessage };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
