import type { RawMessage } from "../messages/parse-message.js";
import { isSecretField } from "../redact/assigned-secrets.js";
import { REDACTED } from "../redact/redact-secrets.js";
import { mapStrings } from "./map-strings.js";

type Change = (text: string, field: string) => string;

/** What a line must keep to be the same line: kinds, roles and the ids that tie messages together. */
const protocolField = /^(?:type|subtype|role|id|uuid|\w+_id)$/;
/** The kind of what is inside data, such as a tool's result, which has no other protocol fields. */
const kindField = /^(?:type|subtype|role)$/;
const kindWord = /^[a-z]+(?:[_-][a-z]+)*$/i;

/** Under these stands what tools, schemas and servers are given and give: names of their fields are data too. */
const dataFields: ReadonlySet<string> = new Set([
  "input",
  "tool_input",
  "tool_use_result",
  "tool_response",
  "structured_output",
]);

/** Changes the texts of a line. Its kind, and those of what is in it, stay, so that a replay reads what was recorded. */
export function redactLine(raw: RawMessage, change: Change): RawMessage {
  return redactProtocol(raw, "", change) as RawMessage;
}

/** Goes through the parts of a line whose field names are the protocol's. */
function redactProtocol(value: unknown, field: string, change: Change): unknown {
  if (dataFields.has(field)) return redactData(value, field, change);
  if (typeof value === "string") return protocolField.test(field) ? value : change(value, field);
  if (Array.isArray(value)) return value.map((item) => redactProtocol(item, field, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, redactProtocol(inner, name, change)]),
  );
}

function redactData(value: unknown, under: string, change: Change): unknown {
  return mapStrings(
    value,
    (text, field) => {
      if (kindField.test(field) && kindWord.test(text)) return text;
      return isSecretField(field, text) ? REDACTED : change(text, field);
    },
    under,
  );
}
