import { describe, expect, test } from "vitest";
import { createPromptSource } from "../../src/prompt-source.js";

async function* numbers(count: number): AsyncGenerator<string> {
  for (let n = 1; n <= count; n++) yield String(n);
}

describe("a stream of prompts", () => {
  test("is read again from its first prompt on", async () => {
    const source = createPromptSource(numbers(3));
    const first = source.read();
    expect(await first.next()).toEqual({ done: false, value: "1" });
    expect(await first.next()).toEqual({ done: false, value: "2" });
    const second = source.read();
    const read = [await second.next(), await second.next(), await second.next()];
    expect(read.map(({ value }) => value)).toEqual(["1", "2", "3"]);
    expect((await second.next()).done).toBe(true);
  });

  test("gives a prompt that an earlier reader waits for to the latest one", async () => {
    let give = (_: string): void => {};
    const source = createPromptSource(
      (async function* () {
        yield await new Promise<string>((resolve) => {
          give = resolve;
        });
      })(),
    );
    const waiting = source.read().next();
    const latest = source.read().next();
    give("late");
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await latest).toEqual({ done: false, value: "late" });
  });

  test("goes on where its reader is when it is forgotten, and holds no prompt that was read", async () => {
    const source = createPromptSource(numbers(3));
    const reader = source.read();
    await reader.next();
    source.forget();
    expect((await reader.next()).value).toBe("2");
    expect((await reader.next()).value).toBe("3");
    expect((await reader.next()).done).toBe(true);
    // A new reader finds nothing: what was read is gone.
    expect((await source.read().next()).done).toBe(true);
  });
});
