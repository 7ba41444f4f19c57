import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { text, thinking, toolUse } from "../../src/testing/index.js";
import {
  type Exchange,
  type KernelClient,
  type KernelMessage,
  startKernelClient,
} from "../support/kernel-client.js";
import { type ScriptedClaude, scriptedClaude } from "../support/scripted-claude.js";

const MIME = "application/vnd.claude-notebook.v1+json";
const paragraph = "Counting is the easy half; divide by the orders of the month before you compare. ";

/** Pause before each delta in milliseconds: the answer takes a few seconds, so that its updates can be counted. */
const DELTA_PAUSE_MS = 40;

let claude: ScriptedClaude;
let kernel: KernelClient;

beforeAll(async () => {
  claude = await scriptedClaude(
    [
      {
        when: "Explain and look",
        replies: [
          [
            thinking("First look at the folder."),
            text("I'll look."),
            toolUse("Bash", { command: "echo looked; echo here" }),
          ],
          [text(`# Answer\n\n${paragraph.repeat(20)}`)],
        ],
      },
      { when: "one", replies: [text(`ONE ${"alpha ".repeat(150)}`)] },
      { when: "two", replies: [text(`TWO ${"omega ".repeat(150)}`)] },
      { when: "slow", replies: [text(`SLOW ${"drip ".repeat(100)}`)] },
    ],
    { delayMs: DELTA_PAUSE_MS },
  );
  kernel = await startKernelClient({ env: claude.env });
});
afterAll(async () => {
  await kernel?.close();
  await claude?.api.close();
});

const isDisplay = ({ type }: KernelMessage): boolean =>
  type === "display_data" || type === "update_display_data";
const displayId = ({ content }: KernelMessage): string => content.transient.display_id;

interface StoredPart {
  readonly type: string;
  readonly state: string;
  readonly text?: string;
}
const partsOf = ({ content }: KernelMessage): StoredPart[] => content.data[MIME].parts;

/** What a front end shows in the end: the newest bundle of each display, in the order of their first appearance. */
function finalParts(exchange: Exchange): StoredPart[] {
  const newest = new Map<string, StoredPart[]>();
  for (const message of exchange.messages.filter(isDisplay)) newest.set(displayId(message), partsOf(message));
  return [...newest.values()].flat();
}

describe("an answer on the wire", () => {
  let exchange: Exchange;
  let displays: KernelMessage[];
  beforeAll(async () => {
    exchange = await kernel.execute(
      `for await (const message of query({ prompt: "Explain and look", options: { allowedTools: ["Bash"] } })) display_claude_response(message);`,
      { timeoutMs: 60_000 },
    );
    displays = exchange.messages.filter(isDisplay);
    expect(exchange.reply).toMatchObject({ status: "ok" });
  });

  test("updates arrive while it streams, before the reply", () => {
    expect(displays.filter(({ type }) => type === "update_display_data").length).toBeGreaterThanOrEqual(10);
  });

  test("at most 20 displays are sent in any second", () => {
    const busiest = Math.max(
      ...displays.map((a) => displays.filter((b) => b.at >= a.at && b.at < a.at + 1000).length),
    );
    expect(busiest).toBeLessThanOrEqual(20);
  });

  test("a finished panel is not sent again", () => {
    const finished = new Set<string>();
    const again: string[] = [];
    for (const message of displays) {
      if (finished.has(displayId(message))) again.push(JSON.stringify(partsOf(message)));
      if (partsOf(message).every(({ state }) => state === "done")) finished.add(displayId(message));
    }
    expect(again).toEqual([]);
    expect(finished.size).toBeGreaterThanOrEqual(4);
  });

  test("each panel is a display of its own, in reading order, and complete at the end", () => {
    const parts = finalParts(exchange);
    expect(parts.map(({ type }) => type)).toEqual(["thinking", "text", "tool", "text", "footer"]);
    expect(parts.map(({ state }) => state)).toEqual(["done", "done", "done", "done", "done"]);
    expect(parts[3]!.text).toBe(`# Answer\n\n${paragraph.repeat(20)}`);
    expect(JSON.stringify(parts[2])).toContain("looked\\nhere");
  });

  test("only the first display carries the style sheet", () => {
    const styled = displays.filter(({ content }) => content.data["text/html"].includes("<style"));
    expect(new Set(styled.map(displayId)).size).toBe(1);
  });
});

test("both forms of display_claude_response give the same panels", async () => {
  const loop = await kernel.execute(
    `for await (const m of query({ prompt: "one" })) display_claude_response(m);`,
  );
  const whole = await kernel.execute(
    `const result = await display_claude_response(query({ prompt: "one" })); result?.subtype`,
  );
  const shape = (exchange: Exchange) =>
    finalParts(exchange).map(({ type, state, text: content }) => ({ type, state, content }));
  expect(shape(whole)).toEqual(shape(loop));
  expect(whole.result).toBe("'success'");
});

test("the result of a shown turn is not printed a second time", async () => {
  const exchange = await kernel.execute(`await display_claude_response(query({ prompt: "one" }))`);
  expect(exchange.reply).toMatchObject({ status: "ok" });
  expect(exchange.result).toBeUndefined();
});

test("two responses at once in one cell do not mix", async () => {
  const exchange = await kernel.execute(
    `async function show(prompt: string) { for await (const m of query({ prompt })) display_claude_response(m); }
await Promise.all([show("one"), show("two")]);`,
  );
  expect(exchange.reply).toMatchObject({ status: "ok" });
  const texts = finalParts(exchange)
    .filter(({ type }) => type === "text")
    .map((part) => part.text!);
  expect(texts.sort()).toEqual([`ONE ${"alpha ".repeat(150)}`, `TWO ${"omega ".repeat(150)}`]);
  const bundles = exchange.messages.filter(isDisplay).map((m) => m.content.data[MIME]);
  for (const { parts } of bundles) {
    const all = JSON.stringify(parts);
    expect(all.includes("alpha") && all.includes("omega")).toBe(false);
  }
});

test("a response that goes on after its cell stays with that cell", async () => {
  const first = await kernel.execute(
    `const background = (async () => { for await (const m of query({ prompt: "slow" })) display_claude_response(m); })(); 0`,
  );
  const second = await kernel.execute("await background; 1");
  expect(second.result).toBe("1");
  expect(second.messages.filter(isDisplay)).toEqual([]);
  const ofFirst = kernel.iopub.filter((message) => isDisplay(message) && message.parentId === first.id);
  expect(partsOf(ofFirst.at(-1)!).at(-1)).toMatchObject({ type: "footer" });
});

test("a query made in one cell and read in the next shows in the cell that reads it", async () => {
  await kernel.execute(`const later = query({ prompt: "one" });`);
  const reading = await kernel.execute(`for await (const m of later) display_claude_response(m);`);
  expect(finalParts(reading).at(-1)).toMatchObject({ type: "footer" });
});

test("messages that were kept show in the cell that shows them, as often as they are shown", async () => {
  await kernel.execute(
    `const kept: any[] = []; for await (const m of query({ prompt: "one" })) kept.push(m);`,
  );
  for (let time = 0; time < 2; time++) {
    const later = await kernel.execute("for (const m of kept) display_claude_response(m);");
    expect(finalParts(later).map(({ type, state }) => [type, state])).toEqual([
      ["text", "done"],
      ["footer", "done"],
    ]);
  }
  const twice = await kernel.execute(
    "for (const m of kept) display_claude_response(m); for (const m of kept) display_claude_response(m);",
  );
  expect(finalParts(twice).map(({ type }) => type)).toEqual(["text", "footer", "text", "footer"]);
});

test("showing a query that has been read says so and leaves the first answer as it is", async () => {
  const exchange = await kernel.execute(
    `const once = query({ prompt: "one" });
await display_claude_response(once);
await display_claude_response(once);`,
  );
  expect(exchange.reply).toMatchObject({ status: "error", ename: "TypeError" });
  expect(exchange.reply.evalue).toMatch(/has been read already/);
  expect(finalParts(exchange).map(({ type, state }) => [type, state])).toEqual([
    ["text", "done"],
    ["footer", "done"],
  ]);
});

test("an interrupt keeps what was shown, marks it and leaves the kernel usable", async () => {
  await kernel.execute("const before = 41;");
  const id = await kernel.send("execute_request", {
    code: `for await (const m of query({ prompt: "slow" })) display_claude_response(m);`,
    silent: false,
    store_history: true,
    allow_stdin: false,
    stop_on_error: true,
    user_expressions: {},
  });
  await kernel.message(
    (m) => m.parentId === id && isDisplay(m) && JSON.stringify(m.content).includes("drip"),
  );
  await kernel.request("interrupt_request", {}, "control");
  const exchange = await kernel.finished(id);
  expect(exchange.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  const shown = finalParts(exchange);
  expect(shown[0]).toMatchObject({ type: "text", state: "interrupted" });
  expect(shown[0]!.text).toContain("drip");
  expect((await kernel.execute("before + 1")).result).toBe("42");
});

test("without a CLI and without a recording the cell says how to get either", async () => {
  const bare = await startKernelClient({
    env: {
      PATH: "/usr/bin:/bin",
      HOME: kernel.cwd,
      CLAUDE_NOTEBOOK_MODE: "auto",
      npm_config_prefix: kernel.cwd,
    },
  });
  try {
    const exchange = await bare.execute(
      `for await (const m of query({ prompt: "hello" })) display_claude_response(m);`,
    );
    expect(exchange.reply).toMatchObject({ status: "error", ename: "CLINotFoundError" });
    const panel = exchange.messages.find(isDisplay)!;
    expect(partsOf(panel)).toMatchObject([{ type: "notice", level: "error" }]);
    for (const format of ["text/html", "text/markdown", "text/plain"]) {
      expect(panel.content.data[format]).toContain("npm i -g @anthropic-ai/claude-code");
      expect(panel.content.data[format]).toContain("CLAUDE_NOTEBOOK_MODE");
    }
  } finally {
    await bare.close();
  }
});
