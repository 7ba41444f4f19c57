import { dirname } from "node:path";
import { jupyterDataDir, type Surroundings } from "../../install/jupyter-data-dir.js";
import { KERNEL_NAME } from "../../kernel-name.js";
import type { DoctorCheck, DoctorContext } from "../doctor-context.js";
import { fail, ok, warn } from "../finding.js";
import { type InstalledKernel, installedKernels } from "../installed-kernels.js";
import { kernelNodeFlaw } from "../kernel-node.js";

/** Whether Jupyter offers the kernel, and what it would start is there and of this version. */
export const kernelspecCheck: DoctorCheck = {
  name: "kernelspec",
  look: async (context) => {
    const { jupyter, ownVersion, surroundings } = context;
    const kernels = await installedKernels(jupyter.dataFolders);
    if (kernels.length === 0) {
      return fail(
        `none in ${jupyter.dataFolders.join(", ")}`,
        "Install the kernel: `claude-notebook install`, or with `--sys-prefix` into the active Python environment",
      );
    }
    const mend = (kernel: InstalledKernel): string => `Install it again: \`${again(kernel, surroundings)}\``;
    const flaws: string[] = [];
    const broken: InstalledKernel[] = [];
    for (const kernel of kernels) {
      const flaw = await flawOf(kernel, context);
      if (flaw === undefined) continue;
      flaws.push(`${kernel.folder} ${flaw}`);
      broken.push(kernel);
    }
    if (broken.length > 0) return fail(flaws.join("; "), ...broken.map(mend));
    const others = kernels.filter(({ version }) => version !== ownVersion);
    if (others.length > 0) {
      const found = others.map(({ folder, version }) => `${folder} starts ${version}, this is ${ownVersion}`);
      return warn(found.join("; "), ...others.map(mend));
    }
    return ok(kernels.map(({ folder }) => folder).join(", "));
  },
};

/** Why Jupyter cannot start it, said of its folder; undefined when it can. */
async function flawOf(
  { owner, argv, missing }: InstalledKernel,
  context: DoctorContext,
): Promise<string | undefined> {
  if (argv.length === 0) return "has a damaged kernel.json: its `argv` must be a list of texts";
  if (missing.length > 0) return `names what is gone: ${missing.join(", ")}`;
  if (owner === "pip") return undefined;
  const flaw = await kernelNodeFlaw(argv, context);
  return flaw && `starts ${flaw}`;
}

/** The command that puts a kernelspec where it stands. */
function again({ name, folder, owner }: InstalledKernel, surroundings: Surroundings): string {
  if (owner === "pip") return "pip install --force-reinstall claude-notebook";
  const data = dirname(dirname(folder));
  const place =
    data === jupyterDataDir(surroundings) ? "" : ` --prefix ${JSON.stringify(dirname(dirname(data)))}`;
  return `claude-notebook install${place}${name === KERNEL_NAME ? "" : ` --name ${name}`}`;
}
