import type { Message } from "../../../src/messages/types.js";
import type { DisplayFormatter } from "../display-formatter.js";
import { peek } from "../peek.js";

const TYPES: ReadonlySet<unknown> = new Set(["assistant", "user", "system", "result", "stream_event"]);

/** Messages of an array that are looked at. */
const COMPARED = 20;

/** An answer of Claude, or the messages of a turn in an array, drawn as `display_claude_response` draws them. */
export const claudeMessage: DisplayFormatter = {
  name: "claude message",
  matches: (value) => isAnswer(value) || isTurn(value),
  async format(value) {
    const [{ renderParts }, { createResponse }] = await Promise.all([
      import("../../../renderers/bundle/render-parts.js"),
      import("../../../renderers/response/response.js"),
    ]);
    // One name: the same messages give the same bundle.
    const response = createResponse({ id: "messages" });
    for (const message of Array.isArray(value) ? value : [value]) response.apply(message as Message);
    response.end();
    return renderParts(response.parts, { includeStyle: true, response: response.id });
  },
};

function isAnswer(value: unknown): boolean {
  return peek(value, "type") === "assistant" && Array.isArray(peek(peek(value, "message"), "content"));
}

/** Messages of a turn, an answer among them. */
function isTurn(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const first = Array.from({ length: Math.min(COMPARED, value.length) }, (_, i) => peek(value, String(i)));
  return (
    first.some(isAnswer) &&
    first.every((each) => TYPES.has(peek(each, "type")) && typeof peek(each, "session_id") === "string")
  );
}
