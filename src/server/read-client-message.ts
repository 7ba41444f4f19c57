import { nearestName } from "../options/nearest-name.js";
import { type ClientMessage, type ClientMessageType, clientMessages } from "./protocol.js";
import { ServerError } from "./server-error.js";

/** Characters of a bad value that an error repeats. */
const SHOWN = 80;

/**
 * Reads one message of a client.
 *
 * @throws ServerError `bad_json`, `unknown_type` or `bad_message`; with the message's id, where it has one.
 */
export function readClientMessage(text: string): ClientMessage {
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ServerError("bad_message", `A message must be an object with a \`type\`, not ${shown(value)}.`);
  }
  const { type, id } = value as { readonly type?: unknown; readonly id?: unknown };
  const facts = typeof id === "string" ? { id: id.slice(0, SHOWN) } : {};
  if (typeof type !== "string" || !Object.hasOwn(clientMessages, type)) {
    const near =
      typeof type === "string" ? nearestName(type.slice(0, SHOWN), Object.keys(clientMessages)) : undefined;
    const advice = near === undefined ? "" : ` Did you mean "${near}"?`;
    throw new ServerError("unknown_type", `There is no message type ${shown(type)}.${advice}`, {
      facts,
      hints: [`There are: ${Object.keys(clientMessages).join(", ")}.`],
    });
  }
  const checked = clientMessages[type as ClientMessageType].safeParse(value);
  if (checked.success) return checked.data as ClientMessage;
  const issue = checked.error.issues[0]!;
  const where = issue.path.length > 0 ? `\`${issue.path.join(".")}\`: ` : "";
  throw new ServerError("bad_message", `The message ${type} is not right: ${where}${issue.message}.`, {
    facts,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ServerError("bad_json", `That is no JSON: ${shown(text)}.`, { cause });
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
