import type { Diagnostic } from "../engine.js";
import { dependenciesOf, type ExportedNames } from "./exported-names.js";

/** "Cannot find name 'x'", and the same with another name that may be meant. */
const UNKNOWN_NAMES = [2304, 2552];

/** Says of an unknown name which installed package exports it. */
export function withImport(diagnostic: Diagnostic, exported: ExportedNames, folder: string): Diagnostic {
  const { code, message, related = [] } = diagnostic;
  const name = UNKNOWN_NAMES.includes(code) ? /'([^']+)'/.exec(message)?.[1] : undefined;
  if (name === undefined) return diagnostic;
  const found = exported.startingWith(name, dependenciesOf(folder)).filter((each) => each.name === name);
  const places = found.map(({ from }) => ({
    file: from,
    message: `exports this name: import { ${name} } from "${from}"`,
  }));
  return places.length === 0 ? diagnostic : { ...diagnostic, related: [...places, ...related] };
}
