import { expect, test } from "vitest";
import { makeSession, RECORDS, TOOL_CALLS } from "../../../bench/export/make-session.js";
import { renderSessionPage } from "../../../renderers/index.js";
import { parseMessage } from "../../../src/messages/parse-message.js";
import { parseHtml } from "../../support/html-page.js";

test("a session of 575 records with 250 tool calls is drawn in one pass, in less than 1 MB", () => {
  const records = makeSession();
  expect(records).toHaveLength(RECORDS);
  // Transcripts name the structured result in their own way.
  const messages = records.map((record) =>
    parseMessage({ ...record, tool_use_result: record.toolUseResult }),
  );
  const html = renderSessionPage(messages);
  expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
  const panels = parseHtml(html).attributes.filter(
    ({ name, value }) => name === "class" && /^cn-panel /.test(value),
  );
  expect(panels).toHaveLength(TOOL_CALLS);
});
