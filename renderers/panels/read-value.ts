/** A field of what may be an object; undefined for anything else. Tool inputs and results can have any shape. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

export function stringField(value: unknown, name: string): string | undefined {
  const field = fieldOf(value, name);
  return typeof field === "string" ? field : undefined;
}

export function numberField(value: unknown, name: string): number | undefined {
  const field = fieldOf(value, name);
  return typeof field === "number" && Number.isFinite(field) ? field : undefined;
}

export function arrayField(value: unknown, name: string): readonly unknown[] | undefined {
  const field = fieldOf(value, name);
  return Array.isArray(field) ? field : undefined;
}

/** JSON up to this length stands in one line, in characters. */
const MAX_LINE_CHARS = 72;

/** JSON that nests deeper is not indented: the indentation of 12 KB of brackets takes 70 MB. */
const MAX_INDENTED_LEVELS = 100;

/** Without recursion, so that no value overflows the stack; one that holds itself must have been ruled out before. */
export function isNestedAtMost(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return false;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return true;
}

/** JSON for reading: in one line when it is short. Values that JSON has no form for become text. */
export function showJson(value: unknown): string {
  if (value === undefined) return "";
  const write = (indent: number): string =>
    JSON.stringify(value, (_key, v) => (typeof v === "bigint" ? String(v) : v), indent);
  try {
    const compact = write(0);
    if (!isNestedAtMost(value, MAX_INDENTED_LEVELS)) return compact;
    const text = write(2);
    // A line break of JSON is never part of a text in it: that one is written as \\n.
    const line = text?.replace(/\n\s*/g, " ");
    return (line && line.length <= MAX_LINE_CHARS ? line : text) ?? String(value);
  } catch {
    return String(value);
  }
}
