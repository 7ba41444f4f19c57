import { dirname } from "node:path";
import { jupyterDataDir, type Surroundings } from "../../install/jupyter-data-dir.js";
import { KERNEL_NAME } from "../../kernel-name.js";
import type { DoctorCheck } from "../doctor-context.js";
import { fail, ok, warn } from "../finding.js";
import { type InstalledKernel, installedKernels } from "../installed-kernels.js";

/** Whether Jupyter offers the kernel, and what it would start is there and of this version. */
export const kernelspecCheck: DoctorCheck = {
  name: "kernelspec",
  look: async ({ jupyter, ownVersion, surroundings }) => {
    const kernels = await installedKernels(jupyter.dataFolders);
    if (kernels.length === 0) {
      return fail(
        `none in ${jupyter.dataFolders.join(", ")}`,
        "Install the kernel: `claude-notebook install`, or with `--sys-prefix` into the active Python environment",
      );
    }
    const mend = (kernel: InstalledKernel): string => `Install it again: \`${again(kernel, surroundings)}\``;
    const broken = kernels.filter(({ missing }) => missing.length > 0);
    if (broken.length > 0) {
      const found = broken.map(
        ({ folder, missing }) => `${folder} names what is gone: ${missing.join(", ")}`,
      );
      return fail(found.join("; "), ...broken.map(mend));
    }
    const others = kernels.filter(({ version }) => version !== ownVersion);
    if (others.length > 0) {
      const found = others.map(({ folder, version }) => `${folder} starts ${version}, this is ${ownVersion}`);
      return warn(found.join("; "), ...others.map(mend));
    }
    return ok(kernels.map(({ folder }) => folder).join(", "));
  },
};

/** The command that puts a kernelspec where it stands. */
function again({ name, folder, owner }: InstalledKernel, surroundings: Surroundings): string {
  if (owner === "pip") return "pip install --force-reinstall claude-notebook";
  const data = dirname(dirname(folder));
  const place =
    data === jupyterDataDir(surroundings) ? "" : ` --prefix ${JSON.stringify(dirname(dirname(data)))}`;
  return `claude-notebook install${place}${name === KERNEL_NAME ? "" : ` --name ${name}`}`;
}
