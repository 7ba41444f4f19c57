import { readCell } from "../compile/typescript/read-cell.js";
import { visitReferences } from "../compile/typescript/visit-references.js";
import { HostError } from "../host-error.js";
import type { SelectedCell } from "./runnable-cells.js";

/**
 * Checks, before a run that leaves out earlier cells, that it does not need them: their variables are not on the new
 * kernel.
 * @param cells those that could be run, in order.
 * @throws HostError `cell-left-out`, which names the cell, what it uses, and the cell that declares it.
 */
export function checkLeftOut(cells: readonly SelectedCell[], selected: readonly SelectedCell[]): void {
  const missing = new Map<string, number>();
  for (const each of cells) {
    if (selected.includes(each)) continue;
    for (const name of readCell(each.cell.source).declarations.keys()) missing.set(name, each.number);
  }
  const taken = selected.map(({ cell, number }) => ({ ...readCell(cell.source), number }));
  for (const { declarations } of taken) for (const name of declarations.keys()) missing.delete(name);
  for (const { body, declarations, errors, number } of taken) {
    // Magics, or a mistake: the kernel will say what is missing.
    if (errors.length > 0) continue;
    const { references } = visitReferences(body, new Set(declarations.keys()));
    const name = references.find((reference) => missing.has(reference.name))?.name;
    if (name === undefined) continue;
    const declaring = missing.get(name);
    throw new HostError(
      "cell-left-out",
      `Cell ${number} uses ${name}, which cell ${declaring} declares: a run that starts later leaves that out.`,
      {
        hints: [
          `Start from it: \`--from ${declaring}\``,
          `Or tag it \`setup\`: cells with this tag run however late a run starts`,
        ],
      },
    );
  }
}
