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

/** JSON for reading; values that JSON has no form for become text. */
export function showJson(value: unknown): string {
  if (value === undefined) return "";
  try {
    return JSON.stringify(value, (_key, v) => (typeof v === "bigint" ? String(v) : v), 2) ?? String(value);
  } catch {
    return String(value);
  }
}
