import { beforeEach, describe, expect, test } from "vitest";
import { createLiveResponses, type LiveResponses } from "../../../kernel/live/live-responses.js";
import { applyChanges } from "../../../renderers/live/json-changes.js";
import { type KernelMessage, LIVE_VERSION } from "../../../renderers/live/live-protocol.js";
import type { Part } from "../../../renderers/response/parts.js";
import {
  createFakeFrontEnd,
  createTestClock,
  type FakeFrontEnd,
  settle,
  type TestClock,
} from "./fake-front-end.js";

let clock: TestClock;
let page: FakeFrontEnd;
let live: LiveResponses;
beforeEach(() => {
  clock = createTestClock();
  page = createFakeFrontEnd();
  live = createLiveResponses(page.comms, clock);
});

const text = (words: string, state: "streaming" | "done" = "streaming"): Part => ({
  id: "part-1",
  type: "text",
  state,
  text: words,
});

const of = <Op extends KernelMessage["op"]>(op: Op) =>
  page.messages.filter((m): m is Extract<KernelMessage, { op: Op }> => m.op === op);

function growing(id = "r") {
  const source = { id, parts: [] as Part[] };
  const response = live.add(source);
  const grow = (words: string): void => {
    source.parts = [text(words)];
    response.changed();
  };
  return { source, response, grow };
}

test("nobody listens before a front end has opened the comm, or after it has closed it", () => {
  expect(live.isListening).toBe(false);
  page.open();
  expect(live.isListening).toBe(true);
  page.close();
  expect(live.isListening).toBe(false);
});

test.each([0, 2, "1", undefined, null])(
  "an extension of version %j is told ours, and answers go out as HTML",
  (version) => {
    page.open(version);
    expect(version === undefined || of("hello").some(({ isAccepted }) => !isAccepted)).toBe(true);
    if (version !== undefined) expect(live.isListening).toBe(false);
  },
);

test("a tab of another version is refused, and the tab before it goes on being heard", async () => {
  page.open();
  const { grow } = growing();
  grow("one");
  page.open(LIVE_VERSION + 1);
  expect(live.isListening).toBe(true);
  page.say({ op: "sync", id: "r", have: -1 });
  await clock.advance(100);
  expect(of("state")).toMatchObject([{ id: "r", parts: [{ text: "one" }] }]);
  page.close();
  expect(live.isListening).toBe(false);
});

test("deltas are numbered, cost what was added, and make the parts", async () => {
  page.open();
  const { grow, source } = growing();
  let words = "";
  for (let i = 0; i < 200; i++) {
    words += `word ${i} `;
    grow(words);
    await clock.advance(20);
  }
  await clock.advance(1000);
  const deltas = of("delta");
  expect(deltas.map(({ seq }) => seq)).toEqual(deltas.map((_, i) => i + 1));
  expect(deltas.reduce((parts: unknown, { changes }) => applyChanges(parts, changes), [])).toEqual(
    source.parts,
  );
  expect(JSON.stringify(deltas).length).toBeLessThan(words.length + 150 * deltas.length);
});

test("however much happens, at most 30 messages go out in a second", async () => {
  page.open();
  const responses = [growing("a"), growing("b"), growing("c")];
  const before = page.envelopes.length;
  for (let ms = 0; ms < 1000; ms++) {
    for (const { grow } of responses) grow(`now ${ms}`);
    page.say({ op: "sync", id: "a", have: -1 });
    await clock.advance(1);
  }
  expect(page.envelopes.length - before).toBeLessThanOrEqual(30);
  expect(page.envelopes.length - before).toBeGreaterThan(10);
});

describe("a view that asks", () => {
  test("gets the whole state when it has missed something, and nothing when it has not", async () => {
    page.open();
    const { grow } = growing();
    grow("one");
    await clock.advance(100);
    page.say({ op: "sync", id: "r", have: -1 });
    await clock.advance(100);
    expect(of("state")).toMatchObject([{ id: "r", seq: 1, parts: [{ text: "one" }], ended: false }]);
    page.say({ op: "sync", id: "r", have: 1 });
    await clock.advance(100);
    expect(of("state")).toHaveLength(1);
  });

  test("about a response that this kernel does not know is told that it is gone", async () => {
    page.open();
    page.say({ op: "sync", id: "of another kernel", have: 7 });
    await clock.advance(100);
    expect(of("gone")).toEqual([{ op: "gone", id: "of another kernel" }]);
  });

  test.each([
    null,
    7,
    "sync",
    [],
    { op: "sync" },
    { op: "sync", id: 1, have: "x" },
    { op: "toString" },
    { op: "__proto__" },
    { op: "answer", ask: {} },
    { op: "seen", ask: 7 },
  ])("with %j gets no answer, and does no harm", async (message) => {
    page.open();
    await clock.advance(100);
    const before = page.envelopes.length;
    page.say(message as never);
    await clock.advance(100);
    expect(page.envelopes.length).toBe(before);
  });
});

describe("the end of a response", () => {
  test("names the number of the last delta, and the kernel knows who has kept it", async () => {
    page.open();
    const { grow, response } = growing();
    grow("all");
    page.say({ op: "sync", id: "r", have: -1 });
    response.end();
    await clock.advance(300);
    const { seq } = of("end").at(-1)!;
    expect(seq).toBe(1);
    page.say({ op: "kept", id: "r", seq });
    await settle();
    expect(await response.kept).toBe(true);
  });

  test("is not kept when nobody says so in time, or nobody has ever shown it", async () => {
    page.open();
    const shown = growing("shown");
    page.say({ op: "sync", id: "shown", have: -1 });
    shown.response.end();
    page.say({ op: "kept", id: "shown", seq: -1 });
    await clock.advance(20_000);
    expect(await shown.response.kept).toBe(false);

    const unseen = growing("unseen");
    unseen.grow("words");
    unseen.response.end();
    await clock.advance(20_000);
    expect(await unseen.response.kept).toBe(false);
    expect(live.isListening).toBe(false);
    page.say({ op: "sync", id: "unseen", have: -1 });
    expect(live.isListening).toBe(true);
  });

  test("stays known for a page that is loaded again, and old ones are forgotten", async () => {
    page.open();
    for (let i = 0; i < 40; i++) {
      const { grow, response } = growing(`r${i}`);
      grow(`answer ${i}`);
      response.end();
      await clock.advance(100);
    }
    expect(live.all.length).toBeLessThanOrEqual(20);
    page.say({ op: "sync", id: "r39", have: -1 });
    page.say({ op: "sync", id: "r0", have: -1 });
    await clock.advance(100);
    expect(of("state").at(-1)).toMatchObject({ id: "r39", ended: true });
    expect(of("gone")).toEqual([{ op: "gone", id: "r0" }]);
  });
});

test("the status counts running turns and what they cost; replayed ones cost nothing", async () => {
  page.open();
  const { source, response } = growing();
  const footer = { type: "footer", state: "done", replayed: false, costUsd: 0.25 } as const;
  source.parts = [
    { id: "a", ...footer },
    { id: "b", ...footer, replayed: true },
  ];
  response.changed();
  await clock.advance(100);
  expect(of("status").at(-1)).toEqual({ op: "status", running: 1, costUsd: 0.25 });
  response.end();
  await clock.advance(100);
  expect(of("status").at(-1)).toEqual({ op: "status", running: 0, costUsd: 0.25 });
});
