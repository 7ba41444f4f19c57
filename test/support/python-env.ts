import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cachedFolder } from "./cached-folder.js";

const requirements = join(import.meta.dirname, "requirements.txt");

/** A Python virtual environment of the tests' own. */
export interface PythonEnv {
  /** Its `sys.prefix`. */
  readonly prefix: string;
  /** The path of one of its programs, e.g. `jupyter`. */
  bin(program: string): string;
}

/** Makes the environment with nbclient and nbconvert inside the checkout, once for each version of requirements.txt. */
export async function ensurePythonEnv(): Promise<PythonEnv> {
  const version = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const prefix = await cachedFolder(`python-${version}`, (folder) =>
    createVirtualEnv(folder, ["-r", requirements]),
  );
  return { prefix, bin: (program) => join(prefix, "bin", program) };
}

/** Makes a virtual environment in a folder. @param wanted what pip is to install: packages with versions, or `-r FILE` */
export async function createVirtualEnv(folder: string, wanted: readonly string[]): Promise<void> {
  await execa("python3", ["-m", "venv", folder]);
  const quiet = ["--quiet", "--disable-pip-version-check"];
  await execa(join(folder, "bin", "pip"), ["install", ...quiet, ...wanted]);
}
