import { closeSync, openSync, readSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute } from "node:path";
import { HostError } from "../host-error.js";
import { findOnPath } from "./find-on-path.js";
import type { Surroundings } from "./jupyter-data-dir.js";

/** Bytes of a script that hold its first lines; a path has at most 4096 on Linux. */
const HEAD_BYTES = 5000;

/**
 * The folder of the Python environment in use, where its Jupyter looks for kernels: that of the active virtual or
 * conda environment, else the one that the `jupyter` on PATH belongs to. No Python is started.
 * @throws HostError `install-target` when there is none.
 */
export function findSysPrefix(surroundings: Surroundings): string {
  const { env } = surroundings;
  const active = env.VIRTUAL_ENV || env.CONDA_PREFIX;
  if (active) return active;
  const jupyter = findOnPath("jupyter", surroundings);
  if (jupyter === undefined) {
    throw new HostError(
      "install-target",
      "No Python environment was found: VIRTUAL_ENV and CONDA_PREFIX are not set, and no `jupyter` is on PATH.",
      {
        hints: [
          "Activate the environment that holds Jupyter, or name its folder: `--prefix DIR`",
          "`--user` installs for every Jupyter of yours",
        ],
      },
    );
  }
  return prefixOf(jupyter);
}

function prefixOf(jupyter: string): string {
  // pip writes the environment's interpreter into the first line (into the second where the path is long or has a
  // space): right for pipx, uv and links in ~/.local/bin too.
  const head = readHead(jupyter);
  const interpreter = (/^'''exec' "?([^"\n]+?)"? "\$0"/m.exec(head) ?? /^#!\s*(\S+)/.exec(head))?.[1];
  if (interpreter !== undefined && isAbsolute(interpreter) && /^python/i.test(basename(interpreter))) {
    return dirname(dirname(interpreter));
  }
  const real = realpathSync(jupyter);
  const folder = dirname(real);
  if (/^(bin|Scripts)$/i.test(basename(folder)) && interpreter === undefined) return dirname(folder);
  throw new HostError(
    "install-target",
    `The \`jupyter\` on PATH, ${jupyter}, does not say to which Python environment it belongs (a shim?).`,
    { hints: ["Name the folder that `python -c 'import sys; print(sys.prefix)'` prints: `--prefix DIR`"] },
  );
}

function readHead(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const length = readSync(file, bytes, 0, HEAD_BYTES, 0);
    return bytes.toString("latin1", 0, length);
  } finally {
    closeSync(file);
  }
}
