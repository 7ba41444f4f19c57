import { hintForMissingPackage } from "../compile/hints.js";

/** A common mistake, as it shows when code runs. */
interface MistakeRow {
  matches(error: ThrownError): boolean;
  /** What to do about it; undefined when this case of it is no common one. */
  hint(error: ThrownError): string | undefined;
}

interface ThrownError {
  readonly message?: unknown;
  readonly code?: unknown;
}

const mistakes: readonly MistakeRow[] = [
  {
    matches: ({ code }) => code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND",
    hint({ message }) {
      const name = /Cannot find (?:module|package) '([^']+)'/.exec(String(message))?.[1];
      return name === undefined ? undefined : hintForMissingPackage(name);
    },
  },
  {
    matches: ({ message }) =>
      /Promise(?:\(\.\.\.\))? is not (?:a function or its return value is not )?iterable/.test(
        String(message),
      ),
    hint: () => "The value is a promise. Did you forget `await`?",
  },
  {
    matches: ({ message }) => /Do not know how to serialize a BigInt/.test(String(message)),
    hint: () => "JSON has no bigint: convert it first, with `Number(value)` or `String(value)`",
  },
  {
    matches: ({ message }) =>
      /^(?:document|window|localStorage|navigator) is not defined/.test(String(message)),
    hint: () => "Cells run in Node, not in a browser: what needs a page can be shown as HTML",
  },
];

/** What to do about common mistakes. */
export function hintsForError(error: ThrownError): string[] {
  return mistakes.flatMap((row) => (row.matches(error) ? (row.hint(error) ?? []) : []));
}
