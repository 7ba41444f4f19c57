import { describe, expect, test } from "vitest";
import { parseMessage } from "../../../src/messages/parse-message.js";
import { createLineSplitter, LineTooLongError } from "../../../src/process/split-lines.js";
import {
  assistantMessage,
  initMessage,
  resultMessage,
  streamEventMessages,
  text,
  thinking,
  toolUse,
} from "../../../src/testing/index.js";

function splitAt(bytes: Buffer, cuts: readonly number[]): string[] {
  const splitter = createLineSplitter();
  const lines = [0, ...cuts].flatMap((start, i) =>
    splitter.push(bytes.subarray(start, cuts[i] ?? bytes.length)),
  );
  const rest = splitter.end();
  return rest === undefined ? lines : [...lines, rest];
}

/** A small generator with a seed, so that a failure can be run again. @see https://en.wikipedia.org/wiki/Xorshift */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const blocks = [
  thinking("Über 💡 nachdenken …"),
  text("日本語 und “quotes”\u2028\u2029\nzweite Zeile"),
  toolUse("Bash", { command: "echo 'é'" }),
];
const stream = [initMessage(), ...streamEventMessages(blocks), assistantMessage(blocks), resultMessage()];
const bytes = Buffer.from(stream.map((message) => `${JSON.stringify(message)}\n`).join(""));
const whole = splitAt(bytes, []).map((line) => parseMessage(JSON.parse(line)));

describe("a recorded stream", () => {
  test("gives the same messages for a thousand random splits into chunks", () => {
    expect(whole).toHaveLength(stream.length);
    for (let seed = 1; seed <= 1_000; seed++) {
      const random = randomNumbers(seed);
      const cuts = Array.from({ length: Math.floor(random() * 40) }, () =>
        Math.floor(random() * bytes.length),
      );
      const lines = splitAt(
        bytes,
        cuts.sort((a, b) => a - b),
      );
      expect(
        lines.map((line) => parseMessage(JSON.parse(line))),
        `seed ${seed}`,
      ).toEqual(whole);
    }
  });

  test("gives the same messages byte by byte", () => {
    const lines = splitAt(
      bytes,
      Array.from({ length: bytes.length - 1 }, (_, i) => i + 1),
    );
    expect(lines.map((line) => parseMessage(JSON.parse(line)))).toEqual(whole);
  });
});

describe("lines", () => {
  test("are cut at newlines only, not at the line separators of Unicode", () => {
    expect(splitAt(Buffer.from("a\u2028b\u0085c\nd"), [])).toEqual(["a\u2028b\u0085c", "d"]);
  });

  test("lose the carriage return of Windows", () => {
    expect(splitAt(Buffer.from("a\r\nb\r\n"), [2])).toEqual(["a", "b"]);
  });

  test("may be empty", () => {
    expect(splitAt(Buffer.from("\n\na\n"), [])).toEqual(["", "", "a"]);
  });

  test("of a chunk of megabytes come whole, in their order", () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => `${n} ${"ä".repeat(n % 1_000)}`);
    expect(splitAt(Buffer.from(`${lines.join("\n")}\nrest`), [])).toEqual([...lines, "rest"]);
  });

  test.each([
    ["in one chunk with others", ["a\nbb\nccccccccccc\nd\n"]],
    ["in the last piece of a chunk", ["a\nccccccccccc"]],
    ["over several chunks", ["a\nccccc", "cccccc", "\n"]],
  ])("that are too long are refused %s", (_, chunks) => {
    const splitter = createLineSplitter(10);
    expect(() => chunks.map((chunk) => splitter.push(Buffer.from(chunk)))).toThrow(LineTooLongError);
  });

  test("that are just short enough pass, however many come at once", () => {
    const splitter = createLineSplitter(10);
    expect(splitter.push(Buffer.from("0123456789\n".repeat(3)))).toEqual(Array(3).fill("0123456789"));
  });
});
