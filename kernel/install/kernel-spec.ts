import { KERNEL_DISPLAY_NAME, KERNEL_LANGUAGE } from "../kernel-name.js";

/** The content of `kernel.json`. @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message" | "signal";
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: { readonly debugger: boolean };
}

/** What may differ from one kernelspec of ours to the other. */
export interface KernelSpecOptions {
  /** What people choose. @defaultValue "TypeScript (Claude)" */
  readonly displayName?: string | undefined;
  /** Variables for the kernel. `${NAME}` in a value stands for what the one who starts the kernel has. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** The kernelspec of our kernel, started with `argv`. */
export function kernelSpec(argv: readonly string[], options: KernelSpecOptions = {}): KernelSpec {
  return {
    argv,
    display_name: options.displayName ?? KERNEL_DISPLAY_NAME,
    language: KERNEL_LANGUAGE,
    // A signal could not reach code that awaits, and on Windows there is none.
    interrupt_mode: "message",
    env: options.env ?? {},
    metadata: { debugger: false },
  };
}

/** Files that stand beside `kernel.json`, by the names that front ends look for. */
export const logos: readonly string[] = ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"];

/** Where {@link logos} are in this package. */
export const logoFolder: URL = new URL("./assets/", import.meta.url);
