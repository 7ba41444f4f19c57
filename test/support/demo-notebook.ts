import { cpSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const examples = resolve(import.meta.dirname, "../../examples");

/** The name of the demo notebook, without its ending. */
export const DEMO_NAME = "notebook_markdown_demo";

/** Copies the demo notebook and its recordings into `folder`; returns the notebook's path. */
export function copyDemo(folder: string): string {
  const notebook = join(folder, `${DEMO_NAME}.ipynb`);
  cpSync(join(examples, basename(notebook)), notebook);
  cpSync(join(examples, "recordings"), join(folder, "recordings"), { recursive: true });
  return notebook;
}
