import type { packageEntries } from "../compile/package-modules.js";
import { loadViews } from "../display/render-view.js";

type Entry = keyof typeof packageEntries;

/** How the kernel loads what cells import from this package: the very modules it uses itself. */
const loaders: Readonly<Record<Entry, () => Promise<object>>> = {
  "claude-notebook": () => import("../api.js"),
  "claude-notebook/sdk": () => import("../../src/index.js"),
  "claude-notebook/renderers": () => import("../../renderers/index.js"),
  "claude-notebook/testing": () => import("../../src/testing/index.js"),
  "claude-notebook/conversations": () => import("../systems/conversations.js"),
  "claude-notebook/templates": () => import("../../src/templates/index.js"),
  "claude-notebook/chains": () => import("../systems/chains.js"),
  "claude-notebook/tools": () => import("../../src/tools/index.js"),
  "claude-notebook/agents": () => import("../systems/agents.js"),
  "claude-notebook/server": () => import("../../src/server/index.js"),
  "claude-notebook/client": () => import("../../src/socket-client/node.js"),
  tslab: () => import("../display/tslab.js"),
};

/** Entries whose values are shown as views. */
const systems: ReadonlySet<string> = new Set<Entry>([
  "claude-notebook/agents",
  "claude-notebook/chains",
  "claude-notebook/conversations",
  "claude-notebook/templates",
  "claude-notebook/tools",
]);

/** This package's modules, each loaded when a cell first needs it. */
export interface PackageImports {
  has(specifier: string): boolean;
  load(specifier: string): Promise<object>;
  /** A module that has been loaded. */
  get(specifier: string): object | undefined;
  /** Whether a value is a loaded module or what one exports. */
  holds(value: unknown): boolean;
}

export function createPackageImports(): PackageImports {
  const loaded = new Map<string, object>();
  return {
    has: (specifier) => Object.hasOwn(loaders, specifier),
    get: (specifier) => loaded.get(specifier),
    holds: (value) =>
      [...loaded.values()].some((module) => module === value || Object.values(module).includes(value)),
    async load(specifier) {
      const known = loaded.get(specifier);
      if (known) return known;
      const [module] = await Promise.all([
        loaders[specifier as Entry](),
        systems.has(specifier) && loadViews(),
      ]);
      loaded.set(specifier, module);
      return module;
    },
  };
}
