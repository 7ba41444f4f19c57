import { join } from "node:path";

/** Declaration files of what every cell has without an import. */
export function globalDeclarations(): string[] {
  return [join(import.meta.dirname, "assets", "globals.d.ts")];
}
