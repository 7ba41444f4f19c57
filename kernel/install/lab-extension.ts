import { cp, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { KERNEL_NAME } from "../kernel-name.js";
import { packageRoot } from "../package-root.js";
import { kernelOwner } from "./refuse-foreign.js";
import { replaceFolder } from "./replace-folder.js";

/** The name of JupyterLab's extension, which is that of its folder. */
const EXTENSION_NAME = "claude-notebook";

/** The extension as the build has bundled it. */
const built = join(packageRoot, "dist", "renderers", "jupyterlab", "labextension");

/**
 * Where JupyterLab finds the extension: beside the kernels, in the same place.
 * @see https://jupyterlab.readthedocs.io/en/stable/extension/extension_dev.html#distributing-a-prebuilt-extension
 */
export function labExtensionFolder(kernelFolder: string): string {
  return join(dirname(dirname(kernelFolder)), "labextensions", EXTENSION_NAME);
}

/** Copies the extension to where the kernel is; JupyterLab shows it when the page is loaded again. */
export async function installLabExtension(kernelFolder: string): Promise<string> {
  const folder = labExtensionFolder(kernelFolder);
  // The Python package has brought its own, which pip looks after.
  if ((await kernelOwner(join(dirname(kernelFolder), KERNEL_NAME))) === "pip") return folder;
  await replaceFolder(folder, async (aside) => {
    await cp(built, aside, { recursive: true });
    // What `jupyter labextension list` and `uninstall` tell people.
    const note = {
      packageManager: "npm",
      packageName: EXTENSION_NAME,
      uninstallInstructions: "claude-notebook uninstall",
    };
    await writeFile(join(aside, "install.json"), `${JSON.stringify(note, undefined, 1)}\n`);
  });
  return folder;
}

/** Removes the extension with the last kernel of ours that stands beside it. */
export async function uninstallLabExtension(kernelFolder: string): Promise<void> {
  const kernels = dirname(kernelFolder);
  const names = await readdir(kernels).catch(() => []);
  const owners = await Promise.all(names.map((name) => kernelOwner(join(kernels, name))));
  if (owners.some((owner) => owner !== undefined)) return;
  await rm(labExtensionFolder(kernelFolder), { recursive: true, force: true });
}
