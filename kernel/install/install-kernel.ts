import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeSystemError } from "../../src/system-error.js";
import { HostError } from "../host-error.js";
import { kernelArgv } from "../kernel-argv.js";
import { KERNEL_DISPLAY_NAME } from "../kernel-name.js";
import { type InstallTarget, kernelFolder } from "./kernel-folder.js";
import { type KernelSpecOptions, kernelSpec, logoFolder, logos } from "./kernel-spec.js";
import { installLabExtension } from "./lab-extension.js";
import { lastingArgv } from "./lasting-argv.js";
import { refuseForeign } from "./refuse-foreign.js";
import { replaceFolder } from "./replace-folder.js";

export interface InstallOptions extends InstallTarget, KernelSpecOptions {}

/**
 * Writes our kernelspec where Jupyter finds it, and the extension of JupyterLab beside it; what is there is replaced. Needs no
 * Python.
 * @returns the folder of the kernelspec.
 * @throws HostError `install-target` when the place cannot be found or written, or holds another kernel.
 */
export async function installKernel(options: InstallOptions = {}): Promise<string> {
  const folder = kernelFolder(options);
  await refuseForeign(folder);
  try {
    await replaceFolder(folder, (aside) => writeKernelSpec(aside, options));
    await installLabExtension(folder);
  } catch (cause) {
    throw new HostError("install-target", `Cannot install into ${folder}: ${describeSystemError(cause)}.`, {
      cause,
      hints: ["Choose another place: `--user`, `--sys-prefix` or `--prefix DIR`"],
    });
  }
  return folder;
}

async function writeKernelSpec(folder: string, options: InstallOptions): Promise<void> {
  for (const logo of logos) await cp(fileURLToPath(new URL(logo, logoFolder)), join(folder, logo));
  const { name, displayName = name && `${KERNEL_DISPLAY_NAME}: ${name}`, env } = options;
  const spec = kernelSpec(lastingArgv(kernelArgv("{connection_file}")), { displayName, env });
  await writeFile(join(folder, "kernel.json"), `${JSON.stringify(spec, undefined, 1)}\n`);
}
