import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Diagnostic } from "./engine.js";

/** "Cannot find module", and the same for one that has no types. */
const MODULE_NOT_FOUND = [2307, 7016];
const ENDINGS = ["", ".ts", ".tsx", ".d.ts", ".mts", ".js", ".json"];

/**
 * Whether a module that the compiler could not find may be there by now: it was installed or written since the compiler
 * looked. To look again costs half a second, too much for each misspelt import.
 */
export function mayBeThereNow(folder: string, diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code, message, file }) => {
    if (!MODULE_NOT_FOUND.includes(code)) return false;
    const specifier = /module '([^']+)'/.exec(message)?.[1];
    // What a local module imports is relative to that module.
    if (specifier === undefined || file !== undefined) return true;
    if (specifier.startsWith(".")) return isFile(resolve(folder, specifier));
    return isPackage(folder, specifier);
  });
}

function isFile(path: string): boolean {
  const withoutEnding = path.replace(/\.[cm]?jsx?$/, "");
  return ENDINGS.some((ending) => existsSync(path + ending) || existsSync(withoutEnding + ending));
}

function isPackage(folder: string, specifier: string): boolean {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  const typed = `@types/${name.replace(/^@/, "").replace("/", "__")}`;
  for (let at = folder; ; at = dirname(at)) {
    if ([name, typed].some((each) => existsSync(join(at, "node_modules", each)))) return true;
    if (at === dirname(at)) return false;
  }
}
