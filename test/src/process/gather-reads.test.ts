import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createReadGatherer } from "../../../src/process/gather-reads.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream that is being read, and its gatherer. */
function startReading(mayResume = () => true) {
  const stream = new PassThrough().resume();
  return { stream, gatherer: createReadGatherer(stream, mayResume) };
}

/** Notes pieces, one each so many milliseconds; whether reading ever waited. */
function pausesFor(pieces: number, bytes: number, gapMs: number): boolean {
  const { stream, gatherer } = startReading();
  let hasPaused = false;
  for (let n = 0; n < pieces; n++) {
    gatherer.note(bytes);
    hasPaused ||= stream.isPaused();
    vi.advanceTimersByTime(gapMs);
  }
  return hasPaused;
}

describe("reading", () => {
  test("waits a moment for more while small pieces come one after the other", () => {
    expect(pausesFor(100, 300, 0)).toBe(true);
  });

  test("goes on by itself", () => {
    const { stream, gatherer } = startReading();
    for (let n = 0; n < 100; n++) gatherer.note(300);
    expect(stream.isPaused()).toBe(true);
    vi.runAllTimers();
    expect(stream.isPaused()).toBe(false);
  });

  test.each([
    ["for the first pieces", 10, 300, 0],
    ["for pieces as a model writes them", 1_000, 300, 10],
    ["for what comes in bulk", 1_000, 64 * 1024, 0],
  ])("never waits %s", (_, pieces, bytes, gapMs) => {
    expect(pausesFor(pieces, bytes, gapMs)).toBe(false);
  });

  test("does not go on while something else holds it", () => {
    let isFull = false;
    const { stream, gatherer } = startReading(() => !isFull);
    for (let n = 0; n < 100; n++) gatherer.note(300);
    isFull = true;
    vi.runAllTimers();
    expect(stream.isPaused()).toBe(true);
  });

  test("goes on at once when it is to end, and never waits again", () => {
    const { stream, gatherer } = startReading();
    for (let n = 0; n < 100; n++) gatherer.note(300);
    gatherer.stop();
    expect(stream.isPaused()).toBe(false);
    for (let n = 0; n < 100; n++) gatherer.note(300);
    expect(stream.isPaused()).toBe(false);
  });
});
