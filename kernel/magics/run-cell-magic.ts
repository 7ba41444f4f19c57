import type { Evaluated } from "../run/cell-runtime.js";
import { helpSubject, showHelp } from "./help.js";
import { type Magic, MagicError, type MagicSite } from "./magic.js";
import { findMagic, nearestMagic } from "./magic-table.js";

const CELL_MAGIC = /^((?:[ \t]*\r?\n)*)[ \t]*%%(\w*)(.*)(?:\r?\n([\s\S]*))?$/;

/**
 * Runs a cell: by its magic if it begins with `%%name`, as a question if it is `name?`, which no TypeScript can be, else as
 * TypeScript.
 * @returns the value of the cell.
 * @throws MagicError for a magic that does not exist.
 */
export async function runCellMagic(code: string, site: MagicSite): Promise<Evaluated> {
  const [, above = "", name, rest = "", body = ""] = CELL_MAGIC.exec(code) ?? [];
  const args = rest.trim();
  const subject = helpSubject(code);
  if (subject !== undefined) {
    await showHelp(subject, site);
    return { value: undefined };
  }
  if (name === undefined) return site.evaluate(code);
  const magic = findMagic(name);
  if (!magic?.runCell) throw new MagicError(explain(name, magic));
  const evaluated = await magic.runCell({ ...site, args, body, code: `${above}\n${body}` });
  return evaluated ?? { value: undefined };
}

function explain(name: string, magic: Magic | undefined): string {
  if (magic) return `%%${name} does not exist, but %${name} does: ${magic.usage}`;
  const near = nearestMagic(name);
  return `There is no magic %%${name}.${near ? ` Did you mean %%${near}?` : ""} \`%magics\` lists all.`;
}
