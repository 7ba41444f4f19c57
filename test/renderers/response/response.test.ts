import { describe, expect, test } from "vitest";
import { partsToHtml } from "../../../renderers/bundle/parts-to-html.js";
import type { Part, ToolPart } from "../../../renderers/response/parts.js";
import { createResponse } from "../../../renderers/response/response.js";
import type { Message } from "../../../src/messages/types.js";
import { markOrigin } from "../../../src/origin.js";
import { createRandom } from "../markdown/random.js";
import {
  assistant,
  blockStart,
  delta,
  exampleTurn,
  result,
  start,
  stop,
  streamEvent,
  toolResult,
  withTimes,
} from "./messages.js";

function partsOf(messages: readonly Message[]): readonly Part[] {
  const response = createResponse({ id: "r" });
  for (const message of messages) response.apply(message);
  return response.parts;
}

const shape = (parts: readonly Part[]): string[] =>
  parts.map(
    (part) => `${part.type}:${part.state}:${"text" in part ? part.text : "name" in part ? part.name : ""}`,
  );

describe("a whole turn", () => {
  test("gives its parts in reading order, each text once, with partial messages or without", () => {
    const expected = [
      "thinking:done:Let me think.",
      "text:done:I will look.",
      "tool:done:Bash",
      "text:done:Done.",
      "footer:done:",
    ];
    expect(shape(partsOf(exampleTurn(true)))).toEqual(expected);
    expect(partsOf(exampleTurn(true))).toEqual(partsOf(exampleTurn(false)));
  });

  test("keeps the tool's input, result and structured result", () => {
    const tool = partsOf(exampleTurn(true)).find((part) => part.type === "tool");
    expect(tool).toMatchObject({
      input: { command: "ls -la" },
      result: { content: "file.txt", isError: false, structured: { stdout: "file.txt" } },
    });
  });

  test("counts all input in the footer and says when it was replayed", () => {
    const footer = partsOf(withTimes(exampleTurn(false), 10)).at(-1);
    expect(footer).toMatchObject({
      turns: 2,
      durationMs: 1500,
      costUsd: 0.01,
      inputTokens: 100,
      outputTokens: 5,
      cacheReadTokens: 90,
      replayed: true,
    });
    expect(partsOf(exampleTurn(false)).at(-1)).toMatchObject({ replayed: false });
  });

  test("takes durations from the recorded times, so that a replay gives the parts of the live stream", () => {
    const messages = withTimes(exampleTurn(true), 100);
    const tool = partsOf(messages).find((part) => part.type === "tool");
    expect(tool?.durationMs).toBe(400);
    expect(partsOf(messages)).toEqual(partsOf(messages));
    expect(partsOf(exampleTurn(true)).find((part) => part.type === "tool")?.durationMs).toBeUndefined();
  });

  test("knows the model, the result and the end", () => {
    const response = createResponse();
    for (const message of exampleTurn(false)) response.apply(message);
    expect(response).toMatchObject({ model: "claude-test", done: true, result: { num_turns: 2 } });
  });
});

describe("while it streams", () => {
  test("text grows and the other parts stay the same objects", () => {
    const response = createResponse();
    for (const message of [
      assistant({ type: "thinking", thinking: "t" }),
      start(),
      blockStart(0, { type: "text", text: "" }),
    ])
      response.apply(message);
    response.apply(delta(0, { type: "text_delta", text: "a" }));
    const before = response.parts;
    response.apply(delta(0, { type: "text_delta", text: "b" }));
    expect(response.parts.at(-1)).toMatchObject({ type: "text", text: "ab", state: "streaming" });
    expect(response.parts[0]).toBe(before[0]);
    expect(before.at(-1)).toMatchObject({ text: "a" });
  });

  test("nothing changes when a message brings nothing to show", () => {
    const response = createResponse();
    response.apply(assistant({ type: "text", text: "a" }));
    const before = response.parts;
    response.apply({ type: "system", subtype: "status" } as Message);
    response.apply({ type: "rate_limit_event" } as Message);
    expect(response.parts).toBe(before);
  });

  test("a tool shows what its half-written input already says", () => {
    const response = createResponse();
    response.apply(start());
    response.apply(blockStart(0, { type: "tool_use", id: "t", name: "Write", input: {} }));
    response.apply(
      delta(0, { type: "input_json_delta", partial_json: '{"file_path":"a.ts","content":"one\\ntw' }),
    );
    expect(response.parts[0]).toMatchObject({
      state: "streaming",
      input: { file_path: "a.ts", content: "one\ntw" },
    });
  });

  test("a tool runs once its input is whole", () => {
    const response = createResponse();
    response.apply(assistant({ type: "tool_use", id: "t", name: "Bash", input: { command: "ls" } }));
    expect(response.parts[0]).toMatchObject({ state: "running" });
  });

  test("100,000 deltas are taken without a pause that grows with the text", () => {
    const response = createResponse();
    response.apply(start());
    for (let i = 0; i < 100_000; i++) response.apply(delta(0, { type: "text_delta", text: "word " }));
    expect(response.parts[0]).toMatchObject({ text: "word ".repeat(100_000) });
  });
});

describe("what a stream may do wrong", () => {
  test("a message that comes twice is shown once", () => {
    const line = assistant({ type: "text", text: "once" }, { uuid: "u1" });
    expect(shape(partsOf([line, line]))).toEqual(["text:done:once"]);
    const bare = assistant({ type: "text", text: "once" });
    expect(shape(partsOf([bare, bare]))).toEqual(["text:done:once"]);
  });

  test("two different texts of one message are both shown", () => {
    const messages = [assistant({ type: "text", text: "a" }), assistant({ type: "text", text: "b" })];
    expect(shape(partsOf(messages))).toEqual(["text:done:a", "text:done:b"]);
  });

  test("deltas without a start, and a start without an end, are shown", () => {
    const parts = partsOf([
      delta(0, { type: "text_delta", text: "lost start" }),
      blockStart(1, { type: "thinking", thinking: "x" }),
      result(),
    ]);
    expect(shape(parts).slice(0, 2)).toEqual(["text:done:lost start", "thinking:done:x"]);
  });

  test("a result that comes before its call finds it", () => {
    const parts = partsOf([
      toolResult("t", "out"),
      assistant({ type: "tool_use", id: "t", name: "Read", input: { file_path: "a" } }),
    ]);
    expect(parts).toHaveLength(1);
    expect(parts[0]).toMatchObject({ name: "Read", state: "done", result: { content: "out" } });
  });

  test("a call without a result is marked at the end", () => {
    const parts = partsOf([assistant({ type: "tool_use", id: "t", name: "Read", input: {} }), result()]);
    expect(parts[0]).toMatchObject({ state: "interrupted" });
  });

  test("a kind that came after us is told of once, as the data it is, and keeps nothing else from being shown", () => {
    const unknown = (text: string): Message =>
      ({ type: "system", subtype: "brand_new", content: text }) as unknown as Message;
    const parts = partsOf([unknown("first"), unknown("second"), { type: "newer" } as never, result()]);
    const told = parts.filter(({ type }) => type === "notice");
    expect(told).toMatchObject([
      { title: expect.stringContaining("`brand_new`"), output: expect.stringContaining("first") },
      { title: expect.stringContaining("`newer`") },
    ]);
  });

  test("malformed messages are passed over", () => {
    const junk = [
      { type: "assistant" }, { type: "assistant", message: null, content: [null] }, { type: "user", content: 7 },
      { type: "user", content: [null] }, { type: "stream_event" }, { type: "stream_event", event: { type: "content_block_delta" } },
      { type: "stream_event", event: { type: "content_block_start", index: "x" } }, { type: "system" }, { type: "constructor" },
      { type: "__proto__" }, { type: "result" }, { type: "stream_event", event: { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: 5 } } },
      { type: "assistant", message: {}, content: [{ type: "tool_use" }, { type: "hologram" }] },
    ]; // biome-ignore format: a list
    expect(() => partsOf(junk as unknown as Message[])).not.toThrow();
  });

  test("neighbours that change places and messages that are missing show no text twice", () => {
    const random = createRandom(5);
    for (let i = 0; i < 500; i++) {
      const messages = exampleTurn(true).filter(() => random() < 0.9);
      const at = Math.floor(random() * (messages.length - 1));
      messages.splice(at, 2, ...messages.slice(at, at + 2).reverse());
      const texts = partsOf(messages).filter((part) => part.type === "text" && part.text === "Done.");
      expect(texts.length).toBeLessThanOrEqual(1);
    }
  });

  test("messages in any order throw nothing", () => {
    const random = createRandom(6);
    for (let i = 0; i < 200; i++) {
      const shuffled = exampleTurn(true).map((message) => ({ message, rank: random() }));
      shuffled.sort((a, b) => a.rank - b.rank);
      expect(() => partsOf(shuffled.map(({ message }) => message))).not.toThrow();
    }
  });
});

describe("subagents", () => {
  test("what happens under a call becomes its children, streamed or whole", () => {
    const parts = partsOf([
      assistant({ type: "tool_use", id: "task", name: "Task", input: { description: "d" } }),
      streamEvent({ type: "message_start", message: { id: "c1" } }, "task"),
      streamEvent(
        { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "from below" } },
        "task",
      ),
      assistant(
        { type: "text", text: "from below" },
        { parent_tool_use_id: "task", message: { id: "c1", content: [] } },
      ),
      assistant(
        { type: "tool_use", id: "inner", name: "Grep", input: { pattern: "x" } },
        { parent_tool_use_id: "task" },
      ),
      toolResult("inner", "found", { parent_tool_use_id: "task" }),
    ]);
    expect(parts).toHaveLength(1);
    expect(shape((parts[0] as ToolPart).children)).toEqual(["text:done:from below", "tool:done:Grep"]);
  });
});

describe("ends", () => {
  test("an error result gives an error notice before the footer", () => {
    const parts = partsOf([
      result({ subtype: "error_during_execution", is_error: true, errors: ["boom"], result: undefined }),
    ]);
    expect(parts.map((part) => part.type)).toEqual(["notice", "footer"]);
    expect(parts[0]).toMatchObject({ level: "error", text: "boom" });
  });

  test("the text of a synthetic error answer is not shown beside the error", () => {
    const text = "Not logged in · Please run /login";
    const parts = partsOf([
      assistant({ type: "text", text }, { message: { model: "<synthetic>", content: [] } }),
      result({ is_error: true, result: text }),
    ]);
    expect(parts.filter((part) => JSON.stringify(part).includes("Not logged in"))).toHaveLength(1);
    expect(parts[0]).toMatchObject({
      type: "notice",
      hints: [expect.stringContaining("/login"), expect.anything()],
    });
  });

  test("a synthetic answer that no error repeats is shown", () => {
    const parts = partsOf([
      assistant({ type: "text", text: "No response." }, { message: { model: "<synthetic>", content: [] } }),
      result(),
    ]);
    expect(shape(parts)[0]).toBe("text:done:No response.");
  });

  test("the turn limit is a warning that says how to raise it", () => {
    const parts = partsOf([
      result({ subtype: "error_max_turns", is_error: true, errors: ["Reached maximum number of turns (1)"] }),
    ]);
    expect(parts[0]).toMatchObject({ level: "warning", hints: [expect.stringContaining("maxTurns")] });
  });

  test("denied tools are named", () => {
    const parts = partsOf([
      result({ permission_denials: [{ tool_name: "Bash" }, { tool_name: "Bash" }, null] }),
    ]);
    expect(parts[0]).toMatchObject({ title: "Permission denied", text: expect.stringContaining("Bash") });
  });

  test("retries share one notice, which ends when Claude answers", () => {
    const retry = (attempt: number): Message => ({
      type: "system",
      subtype: "api_retry",
      attempt,
      max_retries: 10,
      retry_delay_ms: 500,
    });
    const response = createResponse();
    response.apply(retry(1));
    response.apply(retry(2));
    expect(response.parts).toHaveLength(1);
    expect(response.parts[0]).toMatchObject({
      state: "running",
      title: expect.stringContaining("attempt 2 of 10"),
    });
    response.apply(assistant({ type: "text", text: "hi" }));
    expect(response.parts[0]).toMatchObject({
      state: "done",
      level: "info",
      title: "The API answered after 2 retries",
      text: "",
    });
  });

  test("a retry says how long it waits, and live at what time it comes; a replayed one has no time of day", () => {
    const retry = (): Message =>
      ({
        type: "system",
        subtype: "api_retry",
        attempt: 1,
        max_retries: 10,
        retry_delay_ms: 8_000,
        error: "rate_limit",
        error_status: 429,
      }) as never;
    const textOf = (message: Message): unknown => {
      const response = createResponse({ now: () => Date.UTC(2026, 2, 1, 14, 3, 14) });
      response.apply(message);
      return response.parts[0];
    };
    const origin = (replayed: boolean): never => ({ query: { replayed }, atMs: 5 }) as never;
    const live = "rate limit, HTTP 429\nNext try in 8 s, at 14:03:22 UTC.";
    expect(textOf(markOrigin(retry(), origin(false)))).toMatchObject({ text: live });
    expect(textOf(markOrigin(retry(), origin(true)))).toMatchObject({
      text: "rate limit, HTTP 429\nNext try in 8 s.",
    });
    expect(textOf(retry())).toMatchObject({ text: "rate limit, HTTP 429\nNext try in 8 s." });
  });

  test("retries that end in an error say that they were in vain, and await nothing", () => {
    const response = createResponse();
    response.apply({
      type: "system",
      subtype: "api_retry",
      attempt: 10,
      max_retries: 10,
      retry_delay_ms: 8_000,
    } as never);
    response.apply(result({ is_error: true, subtype: "error_during_execution" }));
    expect(response.parts[0]).toMatchObject({
      state: "failed",
      title: "The API did not answer after 10 retries",
      text: "",
    });
  });

  test("what the API takes back after a refusal is marked and folded, the answer of the next model is not", () => {
    const response = createResponse();
    response.apply(
      assistant({ type: "text", text: "kept" }, { uuid: "u1", message: { id: "m1", content: [] } }),
    );
    response.apply(
      assistant({ type: "text", text: "half an" }, { uuid: "u2", message: { id: "m2", content: [] } }),
    );
    response.apply(
      assistant(
        { type: "tool_use", id: "t1", name: "Bash", input: { command: "ls" } },
        { uuid: "u3", message: { id: "m2", content: [] } },
      ),
    );
    response.apply({
      type: "system",
      subtype: "model_refusal_fallback",
      original_model: "a",
      fallback_model: "b",
      content: "a declined",
      retracted_message_uuids: ["u2", "u3", "unknown"],
    } as never);
    response.apply(
      assistant({ type: "text", text: "whole" }, { uuid: "u4", message: { id: "m3", content: [] } }),
    );
    expect(response.parts.map(({ retracted, state }) => [retracted ?? false, state])).toEqual([
      [false, "done"],
      [true, "done"],
      [true, "interrupted"],
      [false, "done"],
      [false, "done"],
    ]);
    const html = partsToHtml(response.parts);
    expect(html).toContain("◼ withdrawn");
    expect(html).toMatch(
      /<details class="cn-panel cn-warning"[^>]*><summary[^>]*><b class="cn-name">Begun answer/,
    );
  });

  test("what was still being written when the model refused is marked too, though no message names it", () => {
    const response = createResponse();
    response.apply(delta(0, { type: "text_delta", text: "half" }));
    response.apply({
      type: "system",
      subtype: "model_refusal_fallback",
      original_model: "a",
      fallback_model: "b",
      content: "a declined",
    } as never);
    expect(response.parts[0]).toMatchObject({ retracted: true, state: "interrupted", text: "half" });
  });

  test("a failure closes open parts as failed and says why and what to do", () => {
    const response = createResponse();
    response.apply(delta(0, { type: "text_delta", text: "half" }));
    response.fail(Object.assign(new Error("no CLI"), { name: "CLINotFoundError", hints: ["Install it"] }));
    expect(shape(response.parts)[0]).toBe("text:failed:half");
    expect(response.parts[1]).toMatchObject({
      title: "CLINotFoundError",
      text: "no CLI",
      hints: ["Install it"],
    });
    expect(response.done).toBe(true);
  });

  test.each([["a string"], [undefined], [null], [{ message: "like an error" }], [7]])(
    "anything thrown can be shown: %o",
    (thrown) => {
      const response = createResponse();
      response.fail(thrown);
      expect(response.parts).toHaveLength(1);
    },
  );

  test("an interruption closes open parts and is said once, whoever says it", () => {
    const response = createResponse();
    response.apply(assistant({ type: "tool_use", id: "t", name: "Bash", input: {} }));
    const text = "[Request interrupted by user]";
    response.apply({
      type: "user",
      message: { content: text },
      content: [{ type: "text", text }],
    } as unknown as Message);
    response.interrupt();
    response.apply(result({ subtype: "error_during_execution", is_error: true }));
    expect(shape(response.parts)[0]).toBe("tool:interrupted:Bash");
    expect(response.parts.map((part) => part.type)).toEqual(["tool", "notice", "footer"]);
  });

  test("an interruption after the end changes nothing", () => {
    const response = createResponse();
    response.apply(result());
    response.interrupt();
    expect(response.parts).toHaveLength(1);
  });

  test("the end of a stream without a result closes what is open", () => {
    const response = createResponse();
    response.apply(delta(0, { type: "text_delta", text: "half" }));
    response.apply(assistant({ type: "tool_use", id: "t", name: "Bash", input: {} }));
    response.end();
    expect(response.parts.map((part) => part.state)).toEqual(["done", "interrupted"]);
  });

  test("stop events of unknown blocks are passed over", () => {
    expect(partsOf([stop(3)])).toEqual([]);
  });
});
