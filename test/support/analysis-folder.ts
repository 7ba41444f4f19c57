import { cpSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureNotebookPackages } from "./npm-packages.js";

const examples = resolve(import.meta.dirname, "../../examples");

export const ANALYSIS = "data_analysis_agent.ipynb";

/** Puts the example that analyses data into a folder: with its data, its recordings and the packages it imports. */
export async function layOutAnalysis(folder: string): Promise<void> {
  for (const name of [ANALYSIS, "data", "recordings"])
    cpSync(join(examples, name), join(folder, name), { recursive: true });
  symlinkSync(join(await ensureNotebookPackages(), "node_modules"), join(folder, "node_modules"));
}
