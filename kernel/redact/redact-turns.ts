import type { Part } from "../../renderers/response/parts.js";
import type { SessionTurn } from "../../renderers/session/session-turns.js";
import { MARKDOWN } from "../../src/redact/replace-as-shown.js";
import type { Redactor } from "./redactor.js";

/** The turns of a conversation without secrets and home folders: in prompts, and in what came of them. */
export function redactTurns(turns: readonly SessionTurn[], redactor: Redactor): SessionTurn[] {
  return turns.map(({ prompt, parts }, i) => {
    const place = `turn ${i + 1}`;
    return {
      prompt: prompt && redactor.text(prompt, place, MARKDOWN),
      parts: redactor.json(parts, place, MARKDOWN) as Part[],
    };
  });
}
