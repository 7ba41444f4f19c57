import { resolve } from "node:path";
import { execa } from "execa";

/** Builds `dist/`, so that what is measured is what the sources say. */
export async function buildDist(): Promise<void> {
  const cwd = resolve(import.meta.dirname, "..");
  await execa(process.execPath, ["build.mjs"], { cwd, stdout: "ignore", stderr: "inherit" });
}
