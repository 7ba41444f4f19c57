import { expect, test } from "vitest";
import { isImageBlock, isOtherKind, isSystemKind, type Message } from "../../../src/index.js";
import { parseMessage } from "../../../src/messages/parse-message.js";

const messages: Message[] = [
  { type: "system", subtype: "api_retry", attempt: 1, max_retries: 3, retry_delay_ms: 500 },
  { type: "tool_progress", tool_use_id: "t", tool_name: "Bash", elapsed_time_seconds: 2 },
  { type: "from_the_future", anything: [1] },
].map(parseMessage);

test("a guard by kind gives the kind's fields", () => {
  const retry = messages.find((message) => isSystemKind(message, "api_retry"));
  expect(retry?.retry_delay_ms).toBe(500);
  const progress = messages.find((message) => isOtherKind(message, "tool_progress"));
  expect(progress?.elapsed_time_seconds).toBe(2);
});

test("kinds that nobody knows pass as they are", () => {
  expect(messages[2]).toEqual({ type: "from_the_future", anything: [1] });
});

test.each([null, undefined, 1, "text", {}, { type: "image" }])("%j is of no kind", (value) => {
  expect([isSystemKind(value, "init"), isOtherKind(value, "tool_progress"), isImageBlock(value)]).toEqual([
    false,
    false,
    false,
  ]);
});
