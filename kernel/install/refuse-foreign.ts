import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HostError } from "../host-error.js";

/** What the command of every kernelspec of ours has, whatever its name and place. */
const OUR_ENTRY = /[\\/]dist[\\/]kernel[\\/]main\.js$/;

/**
 * Keeps `--name` from replacing or removing a kernel that is not ours.
 * @throws HostError `install-target` when the folder holds the kernelspec of another kernel.
 */
export async function refuseForeign(folder: string): Promise<void> {
  const argv = await readArgv(join(folder, "kernel.json"));
  if (!Array.isArray(argv) || argv.some((each) => OUR_ENTRY.test(String(each)))) return;
  throw new HostError("install-target", `${folder} is another kernel: ${argv.join(" ")}`, {
    hints: ["Choose another name: `--name NAME`"],
  });
}

/** Whether a folder holds a kernelspec of ours. */
export async function isOurKernel(folder: string): Promise<boolean> {
  const argv = await readArgv(join(folder, "kernel.json"));
  return Array.isArray(argv) && argv.some((each) => OUR_ENTRY.test(String(each)));
}

/** Undefined for a file that is missing or broken: then it is no kernel at all. */
async function readArgv(path: string): Promise<unknown> {
  try {
    return (JSON.parse(await readFile(path, "utf8")) as { argv?: unknown } | null)?.argv;
  } catch {
    return undefined;
  }
}
