import type { KernelSpec } from "@jupyterlab/services";
import { HostError } from "../host-error.js";
import { KERNEL_DISPLAY_NAME, KERNEL_LANGUAGE, KERNEL_NAME } from "../kernel-name.js";

/**
 * Chooses our kernel among those that a server has.
 * @param wanted its name; without one, the one with our usual name, else the one in TypeScript that shows ours.
 * @throws HostError `kernel-not-installed`, which lists what there is.
 */
export function findKernelSpec(specs: KernelSpec.ISpecModels, baseUrl: string, wanted?: string): string {
  const all = Object.values(specs.kernelspecs).flatMap((spec) => (spec === undefined ? [] : [spec]));
  const isOurs = (spec: KernelSpec.ISpecModel): boolean =>
    spec.language === KERNEL_LANGUAGE && spec.display_name.startsWith(KERNEL_DISPLAY_NAME);
  const found =
    wanted === undefined
      ? (all.find(({ name }) => name === KERNEL_NAME) ?? all.find(isOurs))
      : all.find(({ name }) => name === wanted);
  if (found !== undefined) return found.name;
  const names = all.map(({ name, display_name }) => `${name} (${display_name})`).sort();
  throw new HostError(
    "kernel-not-installed",
    `${baseUrl} has no kernel "${wanted ?? KERNEL_NAME}"; it has ${names.join(", ") || "none"}.`,
    {
      hints: [
        "Install ours there: `npm install --global claude-notebook && claude-notebook install`; docs/container.md has an image",
        "If it goes by another name there, name it with `--kernel`",
      ],
    },
  );
}
