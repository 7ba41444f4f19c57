import { homeFolders } from "../../src/recording/places.js";
import { isSecretField } from "../../src/redact/assigned-secrets.js";
import { REDACTED, redactSecrets } from "../../src/redact/redact-secrets.js";

/** Pictures, sound and archives have no text to look through. */
const BINARY = /^(?:image\/(?!svg)|audio\/|video\/|font\/)/;

/** The same data without credentials and without this machine's home folders, which become `~`. */
export function redactTexts<T>(data: T): T {
  const homes = homeFolders(process.env);
  const text = (value: string): string =>
    homes.reduce((clean, home) => clean.replaceAll(home, "~"), redactSecrets(value));
  const visit = (value: unknown, field: string): unknown => {
    if (typeof value === "string") {
      if (BINARY.test(field)) return value;
      return isSecretField(field, value) ? REDACTED : text(value);
    }
    if (Array.isArray(value)) return value.map((each) => visit(each, field));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visit(inner, name)]));
  };
  return visit(data, "") as T;
}
