import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HostError } from "../host-error.js";

/** What the command of every kernelspec that `install` wrote has, whatever its name and place. */
const OUR_ENTRY = /[\\/]dist[\\/]kernel[\\/]main\.js$/;

/** What the command of the kernelspec in the Python package has. */
const WHEEL_MODULE = "claude_notebook.kernel";

/** Who has put a kernelspec of ours where it is: `install`, or pip with the Python package. */
export type KernelOwner = "install" | "pip";

/**
 * Keeps `--name` from replacing or removing a kernel that is not ours, or that pip looks after.
 * @throws HostError `install-target` when the folder holds such a kernelspec.
 */
export async function refuseForeign(folder: string): Promise<void> {
  const argv = await readArgv(join(folder, "kernel.json"));
  if (argv === undefined || ownerOf(argv) === "install") return;
  if (ownerOf(argv) === "pip") {
    throw new HostError("install-target", `${folder} belongs to the Python package claude-notebook.`, {
      hints: [
        "Update or remove it with pip: `pip uninstall claude-notebook`",
        "Or choose another name: `--name NAME`",
      ],
    });
  }
  throw new HostError("install-target", `${folder} is another kernel: ${argv.join(" ")}`, {
    hints: ["Choose another name: `--name NAME`"],
  });
}

/** Who has put the kernelspec of ours into a folder; undefined when there is none of ours. */
export async function kernelOwner(folder: string): Promise<KernelOwner | undefined> {
  return ownerOf((await readArgv(join(folder, "kernel.json"))) ?? []);
}

function ownerOf(argv: readonly unknown[]): KernelOwner | undefined {
  if (argv.some((each) => OUR_ENTRY.test(String(each)))) return "install";
  return argv.includes(WHEEL_MODULE) ? "pip" : undefined;
}

/** Undefined for a file that is missing or broken: then it is no kernel at all. */
async function readArgv(path: string): Promise<readonly unknown[] | undefined> {
  try {
    const argv = (JSON.parse(await readFile(path, "utf8")) as { argv?: unknown } | null)?.argv;
    return Array.isArray(argv) ? argv : undefined;
  } catch {
    return undefined;
  }
}
