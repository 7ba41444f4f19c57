import { expect, test } from "vitest";
import type { CellHandle, MimeBundle } from "../../../kernel/host.js";
import { createCellOutputs, MAX_OUTPUTS, outputCapacity } from "../../../kernel/response/cell-outputs.js";
import type { Clock } from "../../../kernel/response/update-schedule.js";
import type { Part } from "../../../renderers/response/parts.js";

interface Sent {
  readonly at: number;
  readonly displayId: string;
  readonly update: boolean;
  readonly data: {
    readonly parts: readonly string[];
    readonly includeStyle: boolean;
    readonly response: string;
  };
}

/** A cell that keeps what is sent to it, on a clock that moves only by `advance`. */
function recordingCell() {
  const sent: Sent[] = [];
  const timers = new Set<{ at: number; callback: () => void }>();
  let now = 0;
  const clock: Clock = {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const cell: CellHandle = {
    id: "cell",
    executionCount: 1,
    running: true,
    signal: new AbortController().signal,
    display: (data: MimeBundle, options) =>
      sent.push({
        at: now,
        displayId: options!.displayId!,
        update: options!.update!,
        data: data as Sent["data"],
      }),
    onEnd: () => {},
  };
  const advance = (ms: number) => {
    const until = now + ms;
    for (;;) {
      const due = [...timers].filter((t) => t.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      timers.delete(due);
      now = due.at;
      due.callback();
    }
    now = until;
  };
  const outputs = createCellOutputs(
    cell,
    (parts, options) => ({ parts: parts.map((p) => (p.type === "text" ? p.text : p.id)), ...options }),
    clock,
  );
  return { sent, outputs, advance };
}

const text = (id: string, content: string, state: Part["state"] = "done"): Part => ({
  type: "text",
  id,
  state,
  text: content,
});
const source = (id: string, ...parts: Part[]) => ({ id, parts: parts as readonly Part[] });

/** What a front end shows in the end: the newest content of each display, in the order the displays came; not the style. */
function shown(all: readonly Sent[]): string[][] {
  const byId = new Map<string, string[]>();
  for (const message of panelsOf(all)) {
    if (!message.update) expect(byId.has(message.displayId)).toBe(false);
    else expect(byId.has(message.displayId)).toBe(true);
    byId.set(message.displayId, [...message.data.parts]);
  }
  return [...byId.values()];
}

/** All but the outputs that hold a style sheet and nothing else. */
function panelsOf(sent: readonly Sent[]): Sent[] {
  const withPanels = new Set(sent.filter(({ data }) => data.parts.length > 0).map((s) => s.displayId));
  return sent.filter((s) => withPanels.has(s.displayId));
}

test("the first change is shown at once and a burst of changes becomes one update", () => {
  const { sent, outputs, advance } = recordingCell();
  outputs.changed(source("r", text("a", "1", "streaming")));
  expect(panelsOf(sent)).toHaveLength(1);
  for (let n = 2; n <= 100; n++) outputs.changed(source("r", text("a", "x".repeat(n), "streaming")));
  expect(panelsOf(sent)).toHaveLength(1);
  advance(1000);
  expect(panelsOf(sent)).toHaveLength(2);
  expect(shown(sent)).toEqual([["x".repeat(100)]]);
});

test("at most 20 messages leave in any second, however many panels change", () => {
  const { sent, outputs, advance } = recordingCell();
  for (let n = 0; n < 500; n++) {
    outputs.changed(
      source(
        "r",
        text("a", `a${n}`, "streaming"),
        text("b", `b${n}`, "streaming"),
        text("c", `c${n}`, "streaming"),
      ),
    );
    advance(10);
  }
  const busiest = Math.max(...sent.map((s) => sent.filter((o) => o.at >= s.at && o.at < s.at + 1000).length));
  expect(busiest).toBeLessThanOrEqual(20);
  expect(busiest).toBeGreaterThan(10);
});

test("a finished panel is never sent again while later ones stream", () => {
  const { sent, outputs, advance } = recordingCell();
  const finished = text("a", "done");
  for (let n = 0; n < 50; n++) {
    outputs.changed(source("r", finished, text("b", "x".repeat(n), "streaming")));
    advance(100);
  }
  expect(sent.filter((s) => s.data.parts.includes("done"))).toHaveLength(1);
  expect(shown(sent)).toHaveLength(2);
});

test("the style sheet goes with the first output of each response and no other", () => {
  const { sent, outputs } = recordingCell();
  outputs.changed(source("one", text("a", "1"), text("b", "2")));
  outputs.changed(source("two", text("a", "3"), text("b", "4")));
  outputs.flush();
  const styled = sent.filter((s) => s.data.includeStyle);
  expect(styled.map((s) => s.data.response)).toEqual(["one", "two"]);
  expect(sent[0]).toBe(styled[0]);
});

test("the style sheet is sent once, though the first panel is sent many times", () => {
  const { sent, outputs, advance } = recordingCell();
  for (let n = 1; n < 50; n++) {
    outputs.changed(source("r", text("a", "x".repeat(n), "streaming")));
    advance(100);
  }
  expect(sent.filter((s) => s.data.includeStyle)).toHaveLength(1);
  expect(panelsOf(sent).length).toBeGreaterThan(10);
});

test("two responses at once do not mix: each stays in one piece", () => {
  const { sent, outputs, advance } = recordingCell();
  const one: Part[] = [];
  const two: Part[] = [];
  for (let n = 0; n < 5; n++) {
    one.push(text(`p${n}`, `one ${n}`));
    outputs.changed(source("one", ...one));
    advance(500);
    two.push(text(`p${n}`, `two ${n}`));
    outputs.changed(source("two", ...two));
    advance(500);
  }
  expect(shown(sent).flat()).toEqual([...one, ...two].map((p) => (p.type === "text" ? p.text : "")));
});

test("a part that goes away leaves the page", () => {
  const { sent, outputs } = recordingCell();
  outputs.changed(source("r", text("retry", "retrying in 2 s")));
  outputs.changed(source("r", text("answer", "here")));
  outputs.flush();
  expect(shown(sent)).toEqual([[], ["here"]]);
});

test("a response of 3,000 panels takes at most 40 outputs, in order, and re-sends only the open group", () => {
  const { sent, outputs, advance } = recordingCell();
  const parts: Part[] = [];
  for (let n = 0; n < 3000; n++) {
    parts.push(text(`p${n}`, `${n}`));
    outputs.changed(source("r", ...parts));
    advance(200);
  }
  const final = shown(sent);
  expect(final.length).toBeLessThanOrEqual(MAX_OUTPUTS);
  expect(final.flat()).toEqual(parts.map((p) => (p.type === "text" ? p.text : "")));
  expect(final.slice(0, 29).every((output) => output.length === 1)).toBe(true);
  const resent = sent.filter((s) => s.data.parts.includes("10"));
  expect(resent).toHaveLength(1);
});

test("output capacities double after the first 30 and the last output has no bound", () => {
  expect([0, 29, 30, 31, 32, 38, 39].map(outputCapacity)).toEqual([
    1,
    1,
    2,
    4,
    8,
    512,
    Number.POSITIVE_INFINITY,
  ]);
});

test("forty responses in one cell share the last output instead of taking a forty-first", () => {
  const { sent, outputs } = recordingCell();
  for (let n = 0; n < 60; n++) outputs.changed(source(`r${n}`, text("a", `answer ${n}`)));
  outputs.flush();
  expect(new Set(sent.map((s) => s.displayId)).size).toBe(MAX_OUTPUTS);
  expect(shown(sent).flat()).toHaveLength(60);
});

test("an output that cannot be drawn or sent says so, and those after it are shown", () => {
  const sent: MimeBundle[] = [];
  const cell: CellHandle = {
    id: "cell",
    executionCount: 1,
    running: true,
    signal: new AbortController().signal,
    display(data) {
      if (JSON.stringify(data).includes("unsendable")) throw new Error("no JSON");
      sent.push(data);
    },
    onEnd: () => {},
  };
  const outputs = createCellOutputs(cell, (parts) => {
    const names = parts.map(({ id }) => id).join();
    if (names === "undrawable") throw new RangeError("too deep");
    return { "text/plain": names };
  });
  outputs.changed(source("r", text("undrawable", "1"), text("unsendable", "2"), text("footer", "3")));
  outputs.flush();
  const shownTexts = sent.map((data) => String(data["text/plain"]));
  expect(shownTexts.filter(Boolean)).toEqual([
    expect.stringContaining("too deep"),
    expect.stringContaining("no JSON"),
    "footer",
  ]);
});
