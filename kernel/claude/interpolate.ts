import { redactSecrets } from "../../src/redact/redact-secrets.js";
import { describeValue } from "./values/describe-value.js";
import type { DescribeLimits } from "./values/describing.js";
import { dataAt, PathError, parsePath } from "./values/value-path.js";

/** A declared name and a path from it, in braces. Everything else in braces is the prompt's own text. */
export const INSERTED =
  /\{(\{?)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*|\[\d+\])*)\s*\}(\}?)/gu;

/** Longest text that one value becomes, in characters. */
const MAX_INSERTED_CHARS = 50_000;

/**
 * Puts values of cells into a prompt: `{name}`, `{name.of.field}` and `{name[0]}`; `{{name}}` stands for `{name}` itself. Texts go in
 * as they are, other values as {@link describeValue} says them.
 *
 * @param read the value of a declared name; undefined for a name that no cell has declared.
 * @param hidden objects of which nothing is said.
 * @throws PathError for a name that does not exist, and for what only code of the value could read.
 */
export function interpolate(
  prompt: string,
  read: (name: string) => { readonly value: unknown } | undefined,
  hidden?: DescribeLimits["hidden"],
): string {
  return prompt.replace(INSERTED, (whole, before: string, path: string, after: string) => {
    if (before && after) return whole.slice(1, -1);
    const [name, ...steps] = parsePath(path);
    const found = read(String(name));
    if (!found) {
      throw new PathError(
        `No cell has declared ${String(name)}, which the prompt inserts by {${path}}. Write {{${path}}} for the text itself.`,
      );
    }
    const value = dataAt(found.value, steps, String(name));
    return before + textOf(value, hidden) + after;
  });
}

/** A text that the prompt names is what the user wants to say; of what an object holds beside, credentials are replaced. */
function textOf(value: unknown, hidden: DescribeLimits["hidden"]): string {
  if (typeof value === "string" && value.length <= MAX_INSERTED_CHARS) return value;
  const limits = { totalChars: MAX_INSERTED_CHARS, textChars: MAX_INSERTED_CHARS, entries: 500, depth: 6 };
  return redactSecrets(describeValue(value, { ...limits, hidden }));
}
