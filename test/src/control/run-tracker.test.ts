import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRunTracker, TASK_CEILING_VARIABLE } from "../../../src/control/run-tracker.js";
import type { RawMessage } from "../../../src/messages/parse-message.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const system = (subtype: string, fields: object = {}): RawMessage => ({ type: "system", subtype, ...fields });
const state = (value: string): RawMessage => system("session_state_changed", { state: value });
const result: RawMessage = { type: "result" };
const task = { task_id: "t1" };

/** A run of one prompt whose input has ended; `settled` tells whether stdin would be closed. */
function oneTurn(env: NodeJS.ProcessEnv = {}) {
  const onSettled = vi.fn();
  const tracker = createRunTracker(onSettled, env);
  const release = tracker.hold();
  tracker.noteSent();
  release();
  return {
    settled: () => onSettled.mock.calls.length === 1,
    note: (...lines: RawMessage[]) => {
      for (const line of lines) tracker.note(line);
    },
    tracker,
  };
}

test("a turn is over with its result, once the CLI is idle", () => {
  const { note, settled } = oneTurn();
  note(state("running"), system("init"));
  expect(settled()).toBe(false);
  note(result);
  expect(settled()).toBe(false);
  note(state("idle"));
  expect(settled()).toBe(true);
});

test("a CLI that does not tell its state is over with the result", () => {
  const { note, settled } = oneTurn();
  note(system("init"), result);
  expect(settled()).toBe(true);
});

test("a background task keeps the run open until Claude was told and has answered", () => {
  const { note, settled } = oneTurn();
  note(state("running"), system("init"), system("task_started", task), result, state("idle"));
  vi.advanceTimersByTime(60_000);
  expect(settled()).toBe(false);
  note(system("task_updated", { ...task, patch: { status: "completed" } }));
  vi.advanceTimersByTime(500);
  expect(settled()).toBe(false);
  note(state("running"), system("task_notification", task), system("init"), result);
  expect(settled()).toBe(false);
  note(state("idle"));
  expect(settled()).toBe(true);
});

test("a task that ends without being reported does not keep the run open", () => {
  const { note, settled } = oneTurn();
  note(state("running"), system("init"), system("task_started", task), result, state("idle"));
  note(system("task_updated", { ...task, patch: { status: "killed" } }));
  vi.advanceTimersByTime(1_000);
  expect(settled()).toBe(true);
});

test("a task that never ends keeps the run open for the CLI's own limit, and no longer", () => {
  for (const [env, limit] of [
    [{}, 600_000],
    [{ [TASK_CEILING_VARIABLE]: "5000" }, 5_000],
  ] as const) {
    const { note, settled } = oneTurn(env);
    note(state("running"), system("init"), system("task_started", task), result, state("idle"));
    vi.advanceTimersByTime(limit - 1);
    expect(settled()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(settled()).toBe(true);
  }
});

test("prompts that the CLI merged into one turn do not keep the run open", () => {
  const { note, settled, tracker } = oneTurn();
  tracker.noteSent();
  tracker.noteSent();
  note(state("running"), system("init"), result, state("idle"));
  expect(settled()).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(settled()).toBe(true);
});

test("a prompt that crosses with the word that the CLI is idle is waited for", () => {
  const { note, settled, tracker } = oneTurn();
  note(state("running"), system("init"), result);
  tracker.noteSent();
  note(state("idle"));
  vi.advanceTimersByTime(500);
  note(state("running"), system("init"));
  vi.advanceTimersByTime(5_000);
  expect(settled()).toBe(false);
  note(result, state("idle"));
  expect(settled()).toBe(true);
});

test("a run that is held stays open", () => {
  const onSettled = vi.fn();
  const tracker = createRunTracker(onSettled, {});
  const release = tracker.hold();
  tracker.noteSent();
  for (const line of [system("init"), result, state("idle")]) tracker.note(line);
  vi.advanceTimersByTime(60_000);
  expect(onSettled).not.toHaveBeenCalled();
  release();
  expect(onSettled).toHaveBeenCalledTimes(1);
});
