import { expect, test } from "vitest";
import { AbortError, type Message, ProcessError } from "../../../src/index.js";
import { resolveRetry } from "../../../src/retry/retry-options.js";
import { retryTurn } from "../../../src/retry/retry-turn.js";
import { assistantMessage, initMessage, resultMessage, text } from "../../../src/testing/index.js";
import { readAll } from "../fake-claude.js";

const quick = { ...resolveRetry(true)!, minDelayMs: 1, maxDelayMs: 1 };
const overloaded = resultMessage({ is_error: true, api_error_status: 529, result: "API Error: 529" });
const refused = resultMessage({ is_error: true, api_error_status: 401, result: "Failed to authenticate" });
const apology = assistantMessage([text("API Error: 529")]);
const synthetic = { ...apology, message: { ...apology.message, model: "<synthetic>" } };
const answer = [initMessage(), assistantMessage([text("Hello")]), resultMessage()];

/** Attempts that give these messages in turn; an error among them is thrown. */
function attempts(...scripts: readonly (readonly (Message | Error)[])[]) {
  let started = 0;
  let left = 0;
  const attempt = async function* (): AsyncGenerator<Message, void, void> {
    const script = scripts[started++] ?? [];
    try {
      for (const step of script) {
        if (step instanceof Error) throw step;
        yield step;
      }
    } finally {
      left++;
    }
  };
  return { attempt, counts: () => ({ started, left }) };
}

const run = (
  attempt: () => AsyncGenerator<Message, void, void>,
  options = quick,
  stop = new AbortController().signal,
) => readAll(retryTurn(attempt, options, stop, (message) => message));

const kinds = (messages: readonly Message[]) =>
  messages.map(({ type, subtype }) => (type === "system" ? subtype : type));

test("a turn that fails for a passing reason is run again, and its error is not shown", async () => {
  const { attempt, counts } = attempts([initMessage(), synthetic, overloaded], answer);
  const { messages, error } = await run(attempt);
  expect(error).toBeUndefined();
  expect(kinds(messages)).toEqual(["init", "api_retry", "init", "assistant", "result"]);
  expect(messages[1]).toMatchObject({ attempt: 1, max_retries: 3, error_status: 529, error: "overloaded" });
  expect(messages.at(-1)).toMatchObject({ is_error: false });
  expect(counts()).toEqual({ started: 2, left: 2 });
});

test("a reason that lasts is no reason to run again, and all of it is shown", async () => {
  const { attempt, counts } = attempts([initMessage(), synthetic, refused], answer);
  const { messages } = await run(attempt);
  expect(kinds(messages)).toEqual(["init", "assistant", "result"]);
  expect(counts().started).toBe(1);
});

test("after the last retry the error result is the last message", async () => {
  const { attempt, counts } = attempts(...Array(5).fill([initMessage(), synthetic, overloaded]));
  const { messages, error } = await run(attempt, { ...quick, retries: 2 });
  expect(error).toBeUndefined();
  expect(counts().started).toBe(3);
  expect(kinds(messages)).toEqual(["init", "api_retry", "init", "api_retry", "init", "assistant", "result"]);
  expect(messages.at(-1)).toBe(overloaded);
});

test("once Claude has begun to answer, nothing is repeated", async () => {
  const { attempt, counts } = attempts(
    [initMessage(), assistantMessage([text("I begin")]), overloaded],
    answer,
  );
  const { messages } = await run(attempt);
  expect(messages.at(-1)).toBe(overloaded);
  expect(counts().started).toBe(1);
});

test("an exception is weighed the same way", async () => {
  const reset = new ProcessError({ exitCode: 1, stderr: "read ECONNRESET" });
  const again = attempts([initMessage(), reset], answer);
  expect(kinds((await run(again.attempt)).messages)).toEqual([
    "init",
    "api_retry",
    "init",
    "assistant",
    "result",
  ]);
  const flag = new ProcessError({ exitCode: 1, stderr: "error: unknown option '--x'" });
  const once = attempts([flag], answer);
  expect((await run(once.attempt)).error).toBe(flag);
  expect(once.counts().started).toBe(1);
});

test("the last exception is thrown as it was", async () => {
  const errors = [1, 2].map((exitCode) => new ProcessError({ exitCode, stderr: "ECONNRESET" }));
  const { attempt } = attempts([errors[0]!], [errors[1]!]);
  expect((await run(attempt, { ...quick, retries: 1 })).error).toBe(errors[1]);
});

test("a stop ends the pause between attempts", async () => {
  const stop = new AbortController();
  const { attempt, counts } = attempts([overloaded], answer);
  const reading = run(attempt, { ...quick, minDelayMs: 3_600_000, maxDelayMs: 3_600_000 }, stop.signal);
  setTimeout(() => stop.abort(new AbortError("enough")), 20);
  expect((await reading).error).toMatchObject({ name: "AbortError" });
  expect(counts().started).toBe(1);
});

test("a reader that leaves ends the attempt, also in a pause", async () => {
  for (const script of [answer, [initMessage(), overloaded]]) {
    const { attempt, counts } = attempts(script, answer);
    const slow = { ...quick, minDelayMs: 3_600_000, maxDelayMs: 3_600_000 };
    for await (const _ of retryTurn(attempt, slow, new AbortController().signal, (message) => message)) break;
    expect(counts()).toEqual({ started: 1, left: 1 });
  }
});

test("`retry` is true, a number, or all of it", () => {
  expect(resolveRetry(true)).toMatchObject({ retries: 3, minDelayMs: 1000, factor: 2, jitter: true });
  expect(resolveRetry(5)).toMatchObject({ retries: 5, maxDelayMs: 30_000 });
  expect(resolveRetry({ jitter: false, factor: undefined })).toMatchObject({
    retries: 3,
    factor: 2,
    jitter: false,
  });
  for (const none of [undefined, false, 0]) expect(resolveRetry(none)).toBeUndefined();
});
