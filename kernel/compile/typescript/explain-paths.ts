import { dirname, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../engine.js";
import { resolveLocal } from "../resolve-local.js";
import type { CompilerOptions } from "./compiler-options.js";

/** "Cannot find module …" */
const MODULE_NOT_FOUND = 2307;

/** Says of a module that only `paths` of tsconfig.json would find, which cells do not follow, how to import it. */
export function explainPaths(diagnostic: Diagnostic, user: CompilerOptions, folder: string): Diagnostic {
  const { code, message, file } = diagnostic;
  const specifier = code === MODULE_NOT_FOUND ? /module '([^']+)'/.exec(message)?.[1] : undefined;
  const found = specifier && findByPaths(specifier, user, folder);
  if (!found) return diagnostic;
  const from = file === undefined ? folder : dirname(resolve(folder, file));
  const path = relative(from, found).split(sep).join("/");
  const relativePath = path.startsWith(".") ? path : `./${path}`;
  return {
    ...diagnostic,
    message: `'${specifier}' is found through \`paths\` of tsconfig.json, which cells and the files they import do not follow. Import it as '${relativePath}'.`,
  };
}

function findByPaths(specifier: string, user: CompilerOptions, folder: string): string | undefined {
  const { paths = {}, pathsBasePath = folder } = user as {
    paths?: Readonly<Record<string, readonly string[]>>;
    pathsBasePath?: string;
  };
  for (const [pattern, targets] of Object.entries(paths)) {
    const [start = "", end] = pattern.split("*");
    const isMeant =
      end === undefined ? specifier === pattern : specifier.startsWith(start) && specifier.endsWith(end);
    const rest = specifier.slice(start.length, specifier.length - (end?.length ?? 0));
    for (const target of isMeant ? targets : []) {
      const file = resolveLocal(
        resolve(
          pathsBasePath,
          target.replace("*", () => rest),
        ),
        folder,
      );
      if (file !== undefined) return file;
    }
  }
  return undefined;
}
