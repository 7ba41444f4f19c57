/** The folder name of our kernelspec: what notebooks store as `metadata.kernelspec.name`. */
export const KERNEL_NAME = "claude-notebook";

/** What people choose in Jupyter's launcher. */
export const KERNEL_DISPLAY_NAME = "TypeScript (Claude)";

/** The kernelspec's `language`. */
export const KERNEL_LANGUAGE = "typescript";
