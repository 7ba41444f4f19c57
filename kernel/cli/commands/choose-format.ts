import type { ExportFormat } from "../../export/export-format.js";
import { exportFormats, findFormat } from "../../export/export-formats.js";
import type { Arguments } from "../command.js";
import { UsageError } from "../usage-error.js";

/**
 * The format that `--to` names.
 *
 * @throws UsageError for a name that is none, with the nearest; for an option that the format has no use for.
 */
export function chooseFormat(args: Arguments): ExportFormat {
  const name = args.text("to") ?? exportFormats[0]!.name;
  const found = findFormat(name);
  if ("nearest" in found) {
    const names = exportFormats.map((format) => format.name).join(", ");
    const near = found.nearest === undefined ? "" : ` Did you mean ${found.nearest}?`;
    throw new UsageError(`--to takes ${names}, not ${JSON.stringify(name)}.${near}`, "export");
  }
  const special = new Set(exportFormats.flatMap(({ options }) => options));
  const wrong = [...special].find((option) => args.isSet(option) && !found.options.includes(option));
  if (wrong !== undefined) {
    const users = exportFormats.filter(({ options }) => options.includes(wrong)).map((format) => format.name);
    throw new UsageError(`--${wrong} is for ${users.join(" and ")}, not for ${found.name}.`, "export");
  }
  return found;
}
