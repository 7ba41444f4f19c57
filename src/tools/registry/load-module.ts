import { randomBytes } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const TYPESCRIPT = /\.[cm]?tsx?$/;

/**
 * Imports a module as its file is now: JavaScript, or TypeScript, with the files of its own that it imports.
 *
 * @param path absolute.
 * @throws what reading, compiling and running it throws.
 */
export async function loadModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  const file = realpathSync(path);
  // A file that was changed is a new module.
  if (!TYPESCRIPT.test(file)) return import(`${pathToFileURL(file).href}?changed=${statSync(file).mtimeMs}`);
  const code = await compile(file);
  // Beside it, so that packages are found from there; Node 20 runs no TypeScript, and later ones only a part of it.
  const compiled = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString("hex")}.mjs`);
  try {
    await writeFile(compiled, code, { mode: 0o600, flag: "wx" });
    return await import(pathToFileURL(compiled).href);
  } finally {
    await rm(compiled, { force: true });
  }
}

async function compile(file: string): Promise<Uint8Array> {
  const { buildSync } = await import("esbuild");
  // In one go: the other way leaves a service running.
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]!.contents;
}
