/** Copies a JSON value with every string in it changed, names of fields too. @param field the field a string stands in. */
export function mapStrings(
  value: unknown,
  change: (text: string, field: string) => string,
  field = "",
): unknown {
  if (typeof value === "string") return change(value, field);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [change(name, ""), mapStrings(inner, change, name)]),
  );
}
