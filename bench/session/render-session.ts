import { createResponse, partsToHtml, RESPONSE_STYLE } from "../../renderers/index.js";
import type { Message } from "../../src/messages/types.js";
import type { SessionRecord } from "./make-session.js";

/** Draws a session in one pass: each record is read once, each panel drawn once. */
export function renderSession(records: readonly SessionRecord[]): string {
  const response = createResponse({ id: "session" });
  for (const record of records) {
    const { content } = record.message as { content: unknown };
    // Transcripts name the structured result in their own way.
    response.apply({ ...record, content, tool_use_result: record.toolUseResult } as unknown as Message);
  }
  response.end();
  return `<!doctype html><meta charset="utf-8"><style>${RESPONSE_STYLE}</style><div class="cn">${partsToHtml(response.parts)}</div>`;
}
