import type { Arguments, Option } from "../command.js";

/** Options of the page that hold for whatever it shows. */
export const pageOptions = {
  title: { type: "string", value: "TEXT", help: "Title of the page (default: the first heading)" },
  fold: { type: "boolean", help: "Fold outputs; of a session, what Claude did between its words" },
  "no-redact": { type: "boolean", help: "Leave secrets and home folders in" },
} as const satisfies Readonly<Record<string, Option>>;

/** Options of the page of a notebook. */
export const notebookPageOptions = {
  "hide-code": { type: "boolean", help: "Leave the code of cells out" },
  "include-source": { type: "boolean", help: "Put the notebook itself into the page, to be saved from it" },
  trust: { type: "boolean", help: "Take HTML of outputs as it is and let its scripts run" },
} as const satisfies Readonly<Record<string, Option>>;

/** What the options say, by the names of the functions that export. */
export function exportOptionsOf(args: Arguments) {
  return {
    title: args.text("title"),
    fold: args.isSet("fold"),
    redact: !args.isSet("no-redact"),
    hideCode: args.isSet("hide-code"),
    includeSource: args.isSet("include-source"),
    trust: args.isSet("trust"),
  };
}
