/**
 * A value as TypeScript source that means it and nothing else, in whatever file or page the cell is shown: strings are
 * JSON's, without the characters that could end a script element or a line.
 * @param value what JSON, `bigint` and `Date` can say.
 */
export function formatValue(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Date) return `new Date(${formatString(value.toISOString())})`;
  if (typeof value === "string") return formatString(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map(formatValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([key, field]) => `${formatKey(key)}: ${formatValue(field)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function formatString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]|<(?=[/!])/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Computed, so that it is a field: `{ "__proto__": … }` would set the object's prototype. */
function formatKey(key: string): string {
  return key === "__proto__" ? '["__proto__"]' : formatString(key);
}
