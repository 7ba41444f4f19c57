import { expect, test } from "vitest";
import type { CellHandle, MimeBundle } from "../../../kernel/host.js";
import { createCellOutputs, MAX_OUTPUTS } from "../../../kernel/response/cell-outputs.js";
import { MAX_SENT_RATIO } from "../../../kernel/response/send-budget.js";
import type { Clock } from "../../../kernel/response/update-schedule.js";
import { type Part, RESPONSE_MIME, renderParts } from "../../../renderers/index.js";

const PROSE = "Divide the returns of a month by the orders of that month, not by those of the month before. ";
const SECTION = `## What to look at\n\n${PROSE.repeat(3)}\n\n${PROSE.repeat(4)}\n\n- one *item*\n- another \`item\`\n\n`;
const CODE =
  '```ts\nexport function rate(returns: number, orders: number): number {\n  return returns / orders; // "share"\n}\n```\n\n';

const bytesOf = (data: MimeBundle): number => Buffer.byteLength(JSON.stringify(data));

interface Streamed {
  /** Bytes of all forms over all messages, without the style sheet, and in the end. */
  readonly sent: number;
  readonly final: number;
  readonly updates: number;
  /** Longest time between two messages, in milliseconds of the answer. */
  readonly longestGapMs: number;
  readonly outputs: number;
  readonly text: string;
  readonly html: string;
}

/** Streams parts that grow to `whole`, 5 characters every 15 ms (330 a second, as Claude writes), on a clock of its own. */
function stream(whole: string, partOf: (text: string, done: boolean) => Part): Streamed {
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
  const newest = new Map<string, MimeBundle>();
  const times: number[] = [];
  let sent = 0;
  let updates = 0;
  const cell = {
    display(data: MimeBundle, options: { displayId: string; update: boolean }) {
      const html = data["text/html"] as string;
      if (!html.startsWith("<style")) sent += bytesOf(data);
      newest.set(options.displayId, data);
      times.push(now);
      if (options.update) updates++;
    },
  } as unknown as CellHandle;
  const outputs = createCellOutputs(cell, renderParts, clock);
  for (let at = 5; at <= whole.length + 5; at += 5) {
    const done = at > whole.length;
    outputs.changed({ id: "r", parts: [partOf(whole.slice(0, at), done)] });
    now += 15;
    for (const timer of [...timers].filter((t) => t.at <= now)) {
      timers.delete(timer);
      timer.callback();
    }
  }
  outputs.flush();
  const bundles = [...newest.values()];
  const panels = bundles
    .map((data) => data["text/html"] as string)
    .filter((html) => !html.startsWith("<style"));
  const parts = bundles.flatMap((data) => (data[RESPONSE_MIME] as { parts: Part[] }).parts);
  return {
    sent,
    final: bundles
      .filter((data) => !String(data["text/html"]).startsWith("<style"))
      .reduce((sum, data) => sum + bytesOf(data), 0),
    updates,
    longestGapMs: Math.max(...times.slice(1).map((time, i) => time - times[i]!)),
    outputs: bundles.length,
    text: parts.map((part) => (part.type === "text" ? part.text : "")).join(""),
    html: panels.join(""),
  };
}

const answer = (text: string, done: boolean): Part => ({
  id: "a",
  type: "text",
  state: done ? "done" : "streaming",
  text,
});
const written = (content: string, done: boolean): Part => ({
  id: "w",
  type: "tool",
  state: done ? "running" : "streaming",
  name: "Write",
  input: { file_path: "a.ts", content },
  children: [],
});

test.each([
  ["a sentence", PROSE, answer],
  ["a paragraph of 5 KB", PROSE.repeat(55), answer],
  ["a page", SECTION + CODE + SECTION, answer],
  ["30 KB with code", (SECTION + CODE).repeat(26), answer],
  ["200 KB", (SECTION + CODE).repeat(175), answer],
  [
    "a code block of 12 KB",
    `\`\`\`ts\n${"const total = sum(orders.map((o) => o.price)); // all\n".repeat(220)}\`\`\`\n`,
    answer,
  ],
  ["a file that is written", "const total = sum(orders.map((o) => o.price)); // all\n".repeat(150), written],
] as const)(
  "%s sends at most four times its final outputs, all forms counted, in at most 40 outputs, and loses nothing",
  (_name, whole, partOf) => {
    const { sent, final, outputs, text } = stream(whole, partOf);
    expect(sent / final).toBeLessThanOrEqual(MAX_SENT_RATIO);
    expect(outputs).toBeLessThanOrEqual(MAX_OUTPUTS);
    if (partOf === answer) expect(text).toBe(whole);
  },
);

test("a long answer keeps moving: it is shown in many updates, none of them long awaited", () => {
  const { updates, longestGapMs } = stream((SECTION + CODE).repeat(9), answer);
  expect(updates).toBeGreaterThan(30);
  expect(longestGapMs).toBeLessThan(4_000);
});

test("an answer in pieces reads like the answer in one", () => {
  const whole = (SECTION + CODE).repeat(9);
  const { html, outputs } = stream(whole, answer);
  const inOne = renderParts([answer(whole, true)], { includeStyle: false, response: "r" })[
    "text/html"
  ] as string;
  const bare = (text: string): string =>
    text.replace(/<\/?div class="cn(?:-text)?">/g, "").replace(/<\/div>|\s/g, "");
  expect(outputs).toBeGreaterThan(4);
  expect(bare(html)).toBe(bare(inOne));
});

test.each([
  [
    "a link whose address stands at the end",
    `See [the manual][m].\n\n${SECTION.repeat(6)}[m]: https://example.org\n`,
  ],
  ["a short link", `See [manual].\n\n${SECTION.repeat(6)}[manual]: https://example.org\n`],
  ["a fence that never ends", `\`\`\`\n${"plain\n\n# no heading\n\n".repeat(200)}`],
  [
    "a list with a fence in it",
    `- \`\`\`\n  x\n  \`\`\`\n\n\`\`\`js\n${"code\n\nWords\n\n".repeat(200)}\`\`\`\n`,
  ],
])("%s is not parted where that would change it", (_name, whole) => {
  const { html, text } = stream(whole, answer);
  const inOne = renderParts([answer(whole, true)], { includeStyle: false, response: "r" })[
    "text/html"
  ] as string;
  const bare = (part: string): string =>
    part.replace(/<\/?div class="cn(?:-text)?">/g, "").replace(/<\/div>|\s/g, "");
  expect(text).toBe(whole);
  expect(bare(html)).toBe(bare(inOne));
});
