import { describe, expect, test } from "vitest";
import {
  isAssistantMessage,
  isResultMessage,
  isStreamEvent,
  isSystemMessage,
  isTextBlock,
  isThinkingBlock,
  isToolResultBlock,
  isToolUseBlock,
  isUserMessage,
} from "../../../src/index.js";
import { isSound } from "../../../src/messages/is-sound.js";
import { isRawMessage, parseMessage, type RawMessage } from "../../../src/messages/parse-message.js";
import { schemaOf } from "../../../src/messages/schemas.js";
import {
  assistantMessage,
  initMessage,
  resultMessage,
  streamEventMessages,
  text,
  toolResultMessage,
  userMessage,
} from "../../../src/testing/index.js";

describe("known kinds", () => {
  test("keep fields that this version does not know", () => {
    const raw = { type: "system", subtype: "init", brand_new: { a: [1] } };
    expect(parseMessage(raw)).toEqual(raw);
  });

  test("assistant and user messages carry their content directly", () => {
    const content = [{ type: "text", text: "Hi" }];
    expect(parseMessage({ type: "assistant", message: { content } })).toHaveProperty("content", content);
    expect(parseMessage({ type: "user", message: { role: "user", content: "Hi" } })).toHaveProperty(
      "content",
      "Hi",
    );
  });

  test("may hold blocks and stream events of kinds that are not known", () => {
    expect(parseMessage({ type: "assistant", message: { content: [{ type: "hologram" }] } }).type).toBe(
      "assistant",
    );
    expect(parseMessage({ type: "stream_event", event: { type: "ping" } }).type).toBe("stream_event");
  });
});

describe("malformed", () => {
  test.each([
    { type: "assistant" },
    { type: "assistant", message: null },
    { type: "assistant", message: { content: "text" } },
    { type: "assistant", message: { content: [null] } },
    { type: "user", message: { content: 7 } },
    { type: "system" },
    { type: "result", subtype: "success" },
    { type: "result", subtype: "success", is_error: "no" },
    { type: "stream_event" },
    { type: "stream_event", event: { type: "content_block_delta", index: 0 } },
    {
      type: "stream_event",
      event: { type: "content_block_start", index: "0", content_block: { type: "text" } },
    },
  ])("%j does not pass for what it says it is, and is kept", (raw) => {
    const message = parseMessage(raw);
    expect(message).toMatchObject({ type: "malformed", original: raw });
    expect(message.problem).toContain(raw.type);
  });

  test.each(["constructor", "__proto__", "toString"])("a kind called %s is just an unknown kind", (type) => {
    expect(parseMessage({ type })).toEqual({ type });
  });
});

describe("guards", () => {
  const guards = { isAssistantMessage, isUserMessage, isSystemMessage, isResultMessage, isStreamEvent };
  const messages = {
    isAssistantMessage: assistantMessage([text("a")]),
    isUserMessage: userMessage("a"),
    isSystemMessage: initMessage(),
    isResultMessage: resultMessage(),
    isStreamEvent: streamEventMessages([text("a")])[0],
  };
  const blockGuards = { isTextBlock, isThinkingBlock, isToolUseBlock, isToolResultBlock };
  const blocks = {
    isTextBlock: { type: "text", text: "" },
    isThinkingBlock: { type: "thinking", thinking: "" },
    isToolUseBlock: { type: "tool_use", id: "1", name: "Bash", input: {} },
    isToolResultBlock: toolResultMessage("1", "out").content[0],
  };

  test.each(Object.keys(guards) as (keyof typeof guards)[])("%s knows its own kind and no other", (name) => {
    const known = Object.entries(messages).filter(([, message]) => guards[name](message));
    expect(known.map(([of]) => of)).toEqual([name]);
  });

  test.each(Object.keys(blockGuards) as (keyof typeof blockGuards)[])(
    "%s knows its own kind and no other",
    (name) => {
      const known = Object.entries(blocks).filter(([, block]) => blockGuards[name](block));
      expect(known.map(([of]) => of)).toEqual([name]);
    },
  );

  test.each([
    undefined,
    null,
    7,
    "assistant",
    [],
    {},
    { type: "text" },
    { type: "assistant" },
    { type: "tool_use" },
  ])("none takes %j", (value) => {
    for (const guard of Object.values({ ...guards, ...blockGuards })) expect(guard(value)).toBe(false);
  });
});

test("a result has its cost and text also under the Python SDKs' names, which its JSON does not show", () => {
  const raw = { type: "result", subtype: "success", is_error: false, result: "Done.", total_cost_usd: 0.5 };
  const result = parseMessage(raw);
  expect(isResultMessage(result) && [result.cost_usd, result.content]).toEqual([0.5, "Done."]);
  expect(JSON.parse(JSON.stringify(result))).toEqual(raw);
  expect(Object.keys(result)).toEqual(Object.keys(raw));
});

describe("a message that is told at a glance", () => {
  const content = [text("Hi"), { type: "tool_use", id: "t", name: "Bash", input: {} }] as const;
  const good = [
    initMessage(),
    assistantMessage(content),
    userMessage("Hi"),
    toolResultMessage("t", "done"),
    resultMessage(),
    ...streamEventMessages(content),
  ] as readonly unknown[] as readonly RawMessage[];

  test("is every ordinary one", () => {
    expect(good.filter((raw) => !isSound(raw))).toEqual([]);
  });

  test("is never one that its schema would refuse", () => {
    const spoilt = good.flatMap((raw) => spoil(raw).filter(isRawMessage));
    const passed = spoilt.filter(isSound);
    expect(passed.length).toBeGreaterThan(100);
    for (const raw of passed) expect(schemaOf(raw)?.safeParse(raw).success, JSON.stringify(raw)).toBe(true);
  });

  /** The same value with each part of it replaced by what does not belong there. */
  function spoil(value: unknown): unknown[] {
    const junk = [undefined, null, 7, "x", true, [], [null], {}, { type: 7 }];
    if (typeof value !== "object" || value === null) return junk;
    const parts = Object.entries(value).flatMap(([key, part]) =>
      spoil(part).map((bad) =>
        Array.isArray(value) ? value.with(Number(key), bad) : { ...value, [key]: bad },
      ),
    );
    return [...junk, ...parts];
  }
});
