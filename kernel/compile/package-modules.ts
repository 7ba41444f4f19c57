import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { packageRoot } from "../package-root.js";

/**
 * Entries of this package that cells can import from any folder: specifier → the entry's path in `dist/`, without ending.
 * Their types come from the `.d.ts` beside the code, the code is what the kernel itself has loaded (run/package-imports.ts).
 */
export const packageEntries = {
  "claude-notebook": "kernel/api",
  "claude-notebook/sdk": "src/index",
  "claude-notebook/renderers": "renderers/index",
  "claude-notebook/testing": "src/testing/index",
  "claude-notebook/conversations": "kernel/systems/conversations",
  "claude-notebook/templates": "src/templates/index",
  "claude-notebook/chains": "kernel/systems/chains",
  "claude-notebook/tools": "src/tools/index",
  "claude-notebook/agents": "kernel/systems/agents",
  "claude-notebook/server": "src/server/index",
  "claude-notebook/client": "src/socket-client/node",
  // What tslab's own notebooks import.
  tslab: "kernel/display/tslab",
} as const;

/** Packages of ours that cells can import if the notebook's folder has none of its own. */
export const lentPackages = ["zod"] as const;

const require = createRequire(import.meta.url);

/** The compiler option `paths` that finds the types of both. */
export function packageTypePaths(folder: string): Record<string, string[]> {
  const own = Object.entries(packageEntries).map(([specifier, entry]) => [
    specifier,
    [join(packageRoot, "dist", `${entry}.d.ts`)],
  ]);
  const lent = lentPackages.map((name) => [
    name,
    [join(folder, "node_modules", name), dirname(require.resolve(`${name}/package.json`))],
  ]);
  return Object.fromEntries([...own, ...lent]) as Record<string, string[]>;
}
