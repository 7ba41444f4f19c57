import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RESPONSE_MIME } from "../../../renderers/response/parts.js";
import { text } from "../../../src/testing/index.js";
import { type KernelClient, type KernelMessage, startKernelClient } from "../../support/kernel-client.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";
import { tempFolder } from "../../support/temp-folder.js";

let claude: ScriptedClaude;
beforeAll(async () => {
  const replies = ["One.", "Two.", "Three.", "Four.", "Five."].map((each) => text(each));
  claude = await scriptedClaude([{ when: () => true, replies }]);
});
afterAll(() => claude?.api.close());

interface StoredParts {
  readonly parts: readonly { readonly view?: string; readonly data?: { readonly text: string } }[];
}

const plain = ({ content }: KernelMessage): string => String(content.data?.["text/plain"] ?? "");

/** The contexts that reached the API with the last request, oldest first. */
function contexts(): string[] {
  const messages = claude.api.requests.findLast(({ body }) => body?.messages)?.body?.messages ?? [];
  const blocks = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  return blocks.flatMap((block) => (block.text?.startsWith("Context of the notebook") ? [block.text] : []));
}

/**
 * What the displays of a cell show in the end. An answer that was drawn while it streamed has its style sheet in a display of
 * its own, which shows nothing.
 */
function shownBy(messages: readonly KernelMessage[]): string {
  const lastOf = new Map(
    messages
      .filter(({ content }) => content.data)
      .map((message, i) => [message.content.transient?.display_id ?? i, plain(message)]),
  );
  return [...lastOf.values()].filter((each) => each !== "").join("\n");
}

describe("context", () => {
  let kernel: KernelClient;
  beforeAll(async () => {
    kernel = await startKernelClient({ cwd: tempFolder("context"), env: claude.env });
  });
  afterAll(() => kernel?.close());

  test("goes to Claude with the first turn, and the answer shows it exactly as it was sent", async () => {
    await kernel.execute('const rows = [{ city: "Bergen", people: 3 }, { city: "Oslo", people: 7 }];');
    const { reply, messages } = await kernel.execute('await claude("Look");');
    expect(reply.evalue).toBeUndefined();
    const [sent] = contexts();
    expect(sent).toContain("- rows: const rows: { city: string; people: number; }[] — 2 rows × 2 columns");
    expect(sent).toContain("untrusted");
    expect(sent).not.toContain("Bergen");
    const stored = messages.flatMap(
      ({ content }) => (content.data?.[RESPONSE_MIME] as StoredParts | undefined)?.parts ?? [],
    );
    expect(stored.find(({ view }) => view === "context")?.data?.text).toBe(sent);
    const html = messages.map(({ content }) => content.data?.["text/html"] ?? "").join("");
    expect(html).toMatch(/<details(?![^>]* open)[^>]*>\s*<summary[^>]*>(?:(?!<\/summary>)[\s\S])*Context/);
  });

  test("tells the next turn only what has changed, and the error of a cell that failed", async () => {
    await kernel.execute('await claude("Again");');
    expect(contexts().length).toBe(1);
    await kernel.execute('rows.push({ city: "Tromsø", people: 1 });');
    await kernel.execute("throw new RangeError('too far')");
    await kernel.execute('await claude("And now?");');
    const [, sent] = contexts();
    expect(sent).toContain("3 rows × 2 columns");
    expect(sent).toContain("RangeError: too far");
  });

  test("has samples only once they are wanted, and can be turned off", async () => {
    await kernel.execute("claude.context({ samples: true })");
    await kernel.execute('await claude("Look", { new: true });');
    expect(contexts().at(-1)).toContain("Bergen");
    await kernel.execute("claude.context(false)");
    await kernel.execute('await claude("Look", { new: true });');
    expect(contexts()).toEqual([]);
  });
});

describe("Restart and Run All", () => {
  const folder = tempFolder("run-all");
  const cells = (second = "Second", rows = "[1, 2]") => [
    `const rows = ${rows}; rows.length`,
    '(await claude("First")).text',
    `(await claude("${second}")).text`,
    "%%claude -o last\nThird of {rows.length}",
    "last.text",
  ];

  /** Runs all cells in a kernel of their own. @returns what they show, and how often the API was asked: all requests, and those for an answer. */
  async function runAll(code: readonly string[], mode: string) {
    const before = claude.api.requests.length;
    const env = { ...claude.env, CLAUDE_NOTEBOOK_MODE: "auto" };
    const kernel = await startKernelClient({ cwd: folder, env });
    try {
      const said = await kernel.execute(`%claude ${mode}`);
      const shown: string[] = [];
      for (const cell of code) {
        const { reply, messages } = await kernel.execute(cell);
        expect(reply.evalue).toBeUndefined();
        shown.push(shownBy(messages));
      }
      const status = (await kernel.execute("%claude status")).stdout;
      const requests = claude.api.requests.slice(before);
      const turns = requests.filter(({ body }) => body?.messages).length;
      return { shown, status, said: said.stdout, calls: requests.length, turns };
    } finally {
      await kernel.close();
    }
  }

  test("asks nothing twice: recorded once, the next runs make no call and show the same", async () => {
    const first = await runAll(cells(), "record");
    expect(first.said).toContain("mode is update");
    expect(first.turns).toBe(3);
    const second = await runAll(cells(), "record");
    const third = await runAll(cells(), "replay");
    expect([second.calls, third.calls]).toEqual([0, 0]);
    expect(third.shown).toEqual(second.shown);
    expect(third.shown.join("\n")).toMatch(/replayed from recording [0-9a-f]{8}/);
    const unmarked = (shown: string[]) => shown.map((each) => each.replace(/ · replayed from.*/g, ""));
    expect(unmarked(second.shown)).toEqual(unmarked(first.shown));
    expect(third.status).toContain("3, of which this kernel has used 3.");
  });

  test("a changed prompt is asked alone; what is recorded after it says that it may no longer fit", async () => {
    const changed = await runAll(cells("Changed"), "record");
    expect(changed.turns).toBe(1);
    const again = await runAll(cells("Changed"), "replay");
    expect(again.calls).toBe(0);
    expect(again.shown[3]).toContain("What was asked before it in this conversation is another now");
    expect(again.status).toMatch(/Not used by this kernel[^\n]*\n {2}[0-9a-f]{8} {2}Second\n$/);
  });

  test("variables that are others than when it was recorded do not hinder a replay; the answer says so", async () => {
    const { calls, shown } = await runAll(cells("Second", "[3, 4] as const"), "replay");
    expect(calls).toBe(0);
    expect(shown[1]).toMatch(
      /The notebook has changed since this was recorded[\s\S]*It was rows: const rows: number\[\]/,
    );
  });
});
