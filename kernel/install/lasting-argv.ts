import { realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { packageRoot } from "../package-root.js";

/** What the paths of an installation depend on; a parameter so that every kind can be tested on any machine. */
export interface Installation {
  /** The running Node. */
  readonly node: string;
  /** The script as it was called, links unresolved. */
  readonly script: string | undefined;
  /** The folder of this package, links resolved. */
  readonly root: string;
  /** The file behind a path; undefined when there is none. */
  readonly resolveLinks: (path: string) => string | undefined;
}

/**
 * The kernel's command with paths that stay when Node or this package is updated in its place. Package managers keep
 * versions in folders of their own and link to the present one: the kernelspec names the link.
 */
export function lastingArgv(argv: readonly string[], installation: Installation = present()): string[] {
  const { node, root } = installation;
  const lastingRoot = findLastingRoot(installation);
  return argv.map((argument) => {
    if (argument === node) return findLastingNode(installation);
    return argument.startsWith(root + sep) ? lastingRoot + argument.slice(root.length) : argument;
  });
}

/** Whether this package was fetched for one command: by npx, pnpm dlx or bunx. */
export function isTemporaryInstallation(root: string = packageRoot): boolean {
  return /[\\/](?:_npx|dlx|bunx-[^\\/]*)[\\/]/.test(root);
}

/** Homebrew: `PREFIX/Cellar/node@22/22.1.0/bin/node` goes with the next version; `PREFIX/opt/node@22` leads to the present one. */
function findLastingNode({ node, resolveLinks }: Installation): string {
  const [, prefix, formula] = /^(.*)\/Cellar\/([^/]+)\/[^/]+\/bin\/node$/.exec(node) ?? [];
  if (prefix === undefined || formula === undefined) return node;
  const lasting = `${prefix}/opt/${formula}/bin/node`;
  return resolveLinks(lasting) === node ? lasting : node;
}

/** pnpm: the package is in a store, in a folder with its version; the command was called through a link to it. */
function findLastingRoot({ script, root, resolveLinks }: Installation): string {
  const entry = join("dist", "kernel", "cli", "main.js");
  if (!script?.endsWith(sep + entry)) return root;
  const called = script.slice(0, -entry.length - 1);
  return resolveLinks(called) === root ? called : root;
}

function present(): Installation {
  return {
    node: process.execPath,
    script: process.argv[1],
    root: packageRoot,
    resolveLinks(path) {
      try {
        return realpathSync(path);
      } catch {
        return undefined;
      }
    },
  };
}
