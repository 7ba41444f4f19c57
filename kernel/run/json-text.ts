import type { Json, JsonText } from "../io/wire.js";

/**
 * What goes to a front end, as JSON text.
 *
 * @param what names the message in the error.
 * @throws TypeError that names the value which JSON cannot carry.
 */
export function toJsonText(value: Json, what: string): JsonText {
  try {
    return JSON.stringify(value) as JsonText;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw new TypeError(
      `The content of a ${what} message must be JSON, which cannot carry it: ${reason}. Convert such values first, for example a BigInt with String(value).`,
      { cause: error },
    );
  }
}

/** The same value without what JSON leaves out or cannot carry. @throws TypeError like {@link toJsonText} */
export function toPlainJson(value: Json, what: string): Json {
  return JSON.parse(toJsonText(value, what)) as Json;
}
