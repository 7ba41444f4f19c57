import { statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json", ".d.ts"];
/** `./a.js` may be written for `./a.ts`, as TypeScript has it. */
const EMITTED = /\.([mc]?)js(x?)$/;

/** Whether a specifier names a file by its path rather than a package. */
export function isLocalSpecifier(specifier: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|file:)/.test(specifier) || isAbsolute(specifier);
}

/** The file that a local specifier means, seen from a folder; undefined when there is none. */
export function resolveLocal(
  specifier: string,
  folder: string,
  isFile: (path: string) => boolean = isFileOnDisk,
): string | undefined {
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier);
  const candidates = [
    ...ENDINGS.map((ending) => path + ending),
    path.replace(EMITTED, ".$1ts$2"),
    ...ENDINGS.slice(1).map((ending) => join(path, `index${ending}`)),
  ];
  return candidates.find(isFile);
}

/** Whether a file is TypeScript that has code. */
export function isTypeScript(path: string): boolean {
  return /\.[mc]?tsx?$/.test(path) && !/\.d\.[mc]?ts$/.test(path);
}

function isFileOnDisk(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
