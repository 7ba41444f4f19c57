import type { Checker, Symbol as TsSymbol } from "typescript/unstable/sync";
import { resolveAlias } from "./documentation.js";

/** What can be imported from a module; of an `export =`, the properties of its value. */
export function exportedNames(checker: Checker, module: TsSymbol): string[] {
  const found = checker.getExportsOfModule(module);
  const whole = [...module.getExports().values()].find((each) => each.name === "export=");
  const type = whole && checker.getTypeOfSymbol(resolveAlias(checker, whole));
  const members = type ? checker.getPropertiesOfType(type) : [];
  return [...found, ...members].map((each) => each.name);
}
