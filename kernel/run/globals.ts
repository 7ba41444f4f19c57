import { createRequire } from "node:module";
import type { PackageImports } from "./package-imports.js";

/**
 * Names of "claude-notebook" that every cell has without an import; their types stand in compile/assets/globals.d.ts.
 * A cell that declares such a name has its own, and so have the cells after it: declared names come before globals.
 */
export const PACKAGE_GLOBALS = [
  "query",
  "ClaudeSDKClient",
  "display_claude_response",
  "displayClaudeResponse",
  "render_markdown",
  "renderMarkdown",
  "claude",
] as const;

const mention = new RegExp(`\\b(${PACKAGE_GLOBALS.join("|")})\\b`);

/** Whether a script may use one of the globals, so that the package must be loaded before it runs. */
export function mentionsPackageGlobals(script: string): boolean {
  return mention.test(script);
}

/** Puts the package's names and the kernel's own functions on the global object. */
export function installGlobals(packages: PackageImports, own: Readonly<Record<string, unknown>>): void {
  for (const name of PACKAGE_GLOBALS) {
    define(name, {
      get: () => (loadedPackage(packages) as Record<string, unknown>)[name],
      set: (value) => define(name, { value, writable: true }),
    });
  }
  for (const [name, value] of Object.entries(own)) define(name, { value, writable: true });
}

function define(name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, ...descriptor });
}

/** Cells that mention a name wait for the package; code that makes up the name at run time loads it on the spot. */
function loadedPackage(packages: PackageImports): object {
  return packages.get("claude-notebook") ?? (createRequire(import.meta.url)("../api.js") as object);
}
