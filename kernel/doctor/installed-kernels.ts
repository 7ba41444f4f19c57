import { existsSync, readdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { z } from "zod";
import { type KernelOwner, kernelOwner } from "../install/refuse-foreign.js";

/** A kernelspec of ours, as it stands on the disk. */
export interface InstalledKernel {
  readonly name: string;
  readonly folder: string;
  readonly owner: KernelOwner;
  /** The command that it starts; empty when its `kernel.json` holds none. */
  readonly argv: readonly string[];
  /** Paths of its command that are gone. */
  readonly missing: readonly string[];
  /** Version of the package that it starts; undefined when that is gone. */
  readonly version: string | undefined;
}

const spec = z.looseObject({ argv: z.array(z.string()) });

/** The kernelspecs of ours that Jupyter offers: of two with a name, that of the earlier folder. */
export async function installedKernels(dataFolders: readonly string[]): Promise<InstalledKernel[]> {
  const found = new Map<string, InstalledKernel>();
  for (const data of dataFolders) {
    const kernels = join(data, "kernels");
    for (const name of await readdir(kernels).catch(() => [])) {
      const folder = join(kernels, name);
      const owner = await kernelOwner(folder);
      if (owner !== undefined && !found.has(name)) found.set(name, await readKernel(folder, owner));
    }
  }
  return [...found.values()];
}

async function readKernel(folder: string, owner: KernelOwner): Promise<InstalledKernel> {
  const parsed = spec.safeParse(JSON.parse(await readFile(join(folder, "kernel.json"), "utf8")));
  const argv = parsed.data?.argv ?? [];
  const root = owner === "pip" ? rootInEnvironment(folder) : rootOf(argv);
  const paths = [...argv.filter((each) => isAbsolute(each)), ...(root === undefined ? [] : [root])];
  const missing = paths.filter((path) => !existsSync(path));
  if (owner === "pip" && root === undefined) missing.push("the Python package claude_notebook");
  return { name: basename(folder), folder, owner, argv, missing, version: await versionOf(root) };
}

/** `ROOT/dist/kernel/main.js` → `ROOT`. */
function rootOf(argv: readonly string[]): string | undefined {
  const entry = argv.find((each) => /[\\/]dist[\\/]kernel[\\/]main\.js$/.test(each));
  return entry && dirname(dirname(dirname(entry)));
}

/** The npm package in the Python package of the environment whose `share/jupyter` this is. */
function rootInEnvironment(folder: string): string | undefined {
  const prefix = dirname(dirname(dirname(dirname(folder))));
  // Debian's own pip writes into dist-packages, and Fedora's into lib64.
  const libraries = ["lib", "lib64"].flatMap((lib) =>
    names(join(prefix, lib)).flatMap((python) =>
      ["site-packages", "dist-packages"].map((packages) => join(prefix, lib, python, packages)),
    ),
  );
  // Windows'.
  libraries.push(join(prefix, "Lib", "site-packages"));
  return libraries
    .map((library) => join(library, "claude_notebook", "npm", "node_modules", "claude-notebook"))
    .find((root) => existsSync(root));
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith("python"));
  } catch {
    return [];
  }
}

async function versionOf(root: string | undefined): Promise<string | undefined> {
  if (root === undefined) return undefined;
  try {
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
      version?: unknown;
    };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
