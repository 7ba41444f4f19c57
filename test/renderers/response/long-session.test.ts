import { expect, test } from "vitest";
import { makeSession, RECORDS, TOOL_CALLS } from "../../../bench/session/make-session.js";
import { renderSession } from "../../../bench/session/render-session.js";
import { parseHtml } from "../../support/html-page.js";

test("a session of 575 records with 250 tool calls is drawn in one pass, in less than 1 MB", () => {
  const records = makeSession();
  expect(records).toHaveLength(RECORDS);
  const html = renderSession(records);
  expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
  const panels = parseHtml(html).attributes.filter(
    ({ name, value }) => name === "class" && /^cn-panel /.test(value),
  );
  expect(panels).toHaveLength(TOOL_CALLS);
});
