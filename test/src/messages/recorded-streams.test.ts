import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { accumulate, events, isAssistantMessage, isResultMessage, type Message } from "../../../src/index.js";
import { isRawMessage, parseMessage } from "../../../src/messages/parse-message.js";
import { createLineSplitter } from "../../../src/process/split-lines.js";
import {
  assistantMessage,
  resultMessage,
  streamEventMessages,
  text,
  thinking,
  toolUse,
} from "../../../src/testing/index.js";

const folder = join(import.meta.dirname, "../../../examples/recordings");

/** How many ways of splitting are tried for each stream. */
const SEEDS = process.env.SOAK ? 300 : 15;

/** The streams that are in the repository, and one with characters of every length, as the CLI writes them. */
const streams: [string, Buffer][] = [
  ...readdirSync(folder).map((file): [string, Buffer] => {
    const rows = readFileSync(join(folder, file), "utf8").split("\n").slice(1, -2);
    const lines = rows.map((row) => JSON.stringify((JSON.parse(row) as { line: unknown }).line));
    return [file.slice(0, 8), Buffer.from(`${lines.join("\n")}\n`)];
  }),
  [
    "made up",
    Buffer.from(
      madeUp()
        .map((message) => `${JSON.stringify(message)}\n`)
        .join(""),
    ),
  ],
];

function madeUp(): Message[] {
  const blocks = [
    thinking("Zwölf 💡"),
    text("日本語 é\r\n  👩‍👩‍👧"),
    toolUse("Write", { file_path: "/ü", content: '"\\\u2028"' }),
  ];
  return [...streamEventMessages(blocks), assistantMessage(blocks), resultMessage({ result: "✓ 𝒳" })];
}

/** A generator of numbers that is the same in each run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function messagesOf(chunks: readonly Uint8Array[]): Message[] {
  const splitter = createLineSplitter();
  const lines = chunks.flatMap((chunk) => splitter.push(chunk));
  expect(splitter.end()).toBeUndefined();
  return lines.map((line) => {
    const raw: unknown = JSON.parse(line);
    if (!isRawMessage(raw)) throw new Error(`no message: ${line}`);
    return parseMessage(raw);
  });
}

async function* stream(messages: readonly Message[]): AsyncGenerator<Message> {
  yield* messages;
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** What a reader gets: the messages, the snapshots, the flattened events without their times, and the final text. */
async function read(messages: readonly Message[]) {
  const flat = await all(events(stream(messages)));
  return {
    messages,
    snapshots: await all(accumulate(stream(messages))),
    events: flat.map(({ timestamp: _, ...event }) => event),
    text: messages.find(isResultMessage)?.result,
  };
}

function cut(bytes: Buffer, next: () => number, pieces: number): Uint8Array[] {
  const cuts = Array.from({ length: pieces }, () => Math.floor(next() * bytes.length)).sort((a, b) => a - b);
  return [0, ...cuts].map((at, i) => bytes.subarray(at, cuts[i] ?? bytes.length));
}

describe.each(streams)("the stream %s", (_, bytes) => {
  test("gives the same messages, snapshots, events and text however it is split", async () => {
    const whole = await read(messagesOf([bytes]));
    // The shortest turn: init, an answer, the result.
    expect(whole.messages.length).toBeGreaterThanOrEqual(3);
    for (let seed = 1; seed <= SEEDS; seed++) {
      const next = random(seed);
      const chunks = cut(bytes, next, Math.ceil(next() * 400));
      expect(await read(messagesOf(chunks))).toEqual(whole);
    }
    expect(messagesOf(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole.messages);
  });

  test("is shown once: the last snapshots hold each block once, and all events together the text once", async () => {
    const { messages, snapshots, events: flat } = await read(messagesOf([bytes]));
    const last = new Map(
      snapshots.filter(isAssistantMessage).map((message) => [message.message.id, message.content]),
    );
    const expected = new Map<string | undefined, unknown[]>();
    for (const { message, content } of messages.filter(isAssistantMessage))
      expected.set(message.id, [...(expected.get(message.id) ?? []), ...content]);
    expect(withoutSignatures([...last])).toEqual(withoutSignatures([...expected]));

    const said = [...expected.values()].flat() as { type: string; text?: string }[];
    const shown = flat.filter((event) => event.type === "partial_result").map(({ content }) => content);
    expect(shown.join("")).toBe(said.map((block) => (block.type === "text" ? block.text : "")).join(""));
  });
});

/** Streamed signatures and caller notes are not in every form of a block. */
function withoutSignatures(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) => (key === "signature" || key === "caller" ? undefined : inner)),
  );
}

describe("accumulate", () => {
  test("fills in a tool's input while its JSON streams", async () => {
    const input = { file_path: "/a.txt", content: 'one\n"two" 💡', list: [1, { deep: [true, null] }] };
    const messages = streamEventMessages([toolUse("Write", input)], {}, { chunkLength: 3 });
    const snapshots = (await all(accumulate(stream(messages)))).filter(isAssistantMessage);
    const inputs = snapshots.map(
      ({ content }) => (content[0] as { input?: Partial<typeof input> } | undefined)?.input,
    );
    expect(inputs.at(-1)).toEqual(input);
    const contents = inputs.map((value) => value?.content ?? "");
    expect(new Set(contents).size).toBeGreaterThan(4);
    for (const content of contents) expect(input.content.startsWith(content)).toBe(true);
  });

  test("leaves snapshots as they were", async () => {
    const messages = streamEventMessages(
      [toolUse("Write", { list: ["a", "b", "c"] })],
      {},
      { chunkLength: 1 },
    );
    const kept: [unknown, string][] = [];
    for await (const snapshot of accumulate(stream(messages)))
      kept.push([snapshot, JSON.stringify(snapshot)]);
    for (const [snapshot, before] of kept) expect(JSON.stringify(snapshot)).toBe(before);
  });

  test("merges the messages of an answer that does not stream", async () => {
    const messages = [
      assistantMessage([text("one")]),
      assistantMessage([toolUse("Bash", { command: "ls" })]),
    ];
    const snapshots = await all(accumulate(stream(messages)));
    expect(snapshots.map((message) => (message as unknown as { content: unknown[] }).content.length)).toEqual(
      [1, 2],
    );
  });

  test("keeps Claude's answer and that of a subagent apart", async () => {
    const own = streamEventMessages([text("mine mine mine")], {}, { chunkLength: 4 });
    const other = streamEventMessages(
      [text("yours yours")],
      { parent_tool_use_id: "toolu_1" },
      { chunkLength: 4 },
    );
    const mixed = own.flatMap((message, i) => (other[i] ? [message, other[i]] : [message]));
    const snapshots = (await all(accumulate(stream(mixed)))).filter(isAssistantMessage);
    const last = (parent: string | null) =>
      snapshots.findLast(({ parent_tool_use_id }) => parent_tool_use_id === parent)?.content;
    expect(last(null)).toMatchObject([{ text: "mine mine mine" }]);
    expect(last("toolu_1")).toMatchObject([{ text: "yours yours" }]);
  });
});
