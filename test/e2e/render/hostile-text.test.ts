import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Part, renderNotebookPage, renderParts } from "../../../renderers/index.js";
import { partsWith } from "../../renderers/security/places.js";
import { ALL_VECTORS } from "../../renderers/security/vectors.js";
import { launchChromium } from "../../support/chromium.js";
import { type JupyterLab, startJupyterLab } from "../../support/jupyter-lab.js";
import { ensurePythonEnv } from "../../support/python-env.js";
import { tempFolder } from "../../support/temp-folder.js";

/** Vectors of one cell: JupyterLab shows 50 outputs of a cell. */
const OUTPUTS_A_CELL = 40;

/** Every so many prefixes of a vector one is drawn in the browser. */
const PREFIX_STEP = 50;

const bundles = ALL_VECTORS.map((text) =>
  renderParts(partsWith(text), { includeStyle: true, response: text }),
);

/** Every 50th prefix of all vectors, counted over all of them, as text that streams and as a tool's output. */
function prefixParts(): Part[] {
  const prefixes = ALL_VECTORS.flatMap((text) => Array.from(text, (_, i) => text.slice(0, i)));
  return prefixes
    .filter((_, i) => i % PREFIX_STEP === 0)
    .flatMap((text): Part[] => [
      { id: "p", type: "text", state: "streaming", text },
      { id: "q", type: "tool", state: "done", name: "Bash", input: { command: text }, result: { content: text, isError: false }, children: [] },
    ]); // biome-ignore format: a part a line
}

function notebook() {
  const cells = [];
  for (let at = 0; at < bundles.length; at += OUTPUTS_A_CELL) {
    cells.push({
      cell_type: "code",
      id: `cell-${at}`,
      execution_count: 1,
      metadata: {},
      source: "0",
      outputs: bundles
        .slice(at, at + OUTPUTS_A_CELL)
        .map((data) => ({ output_type: "display_data", data, metadata: {} })),
    });
  }
  const metadata = { kernelspec: { name: "none", display_name: "None", language: "typescript" } };
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}

/** What happened in a page that must not happen. */
interface Watch {
  readonly page: Page;
  readonly dialogs: string[];
  readonly requests: string[];
  /** Scripts of vectors that ran: each of them calls `alert`. */
  ran(): Promise<number>;
}

/** Opens a page that notes dialogs, requests, scripts that ran and what the page's policy had to stop. */
async function watch(browser: Browser): Promise<Watch> {
  const page = await browser.newPage();
  const dialogs: string[] = [];
  const requests: string[] = [];
  await page.addInitScript(`
    window.__ran = 0;
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => { window.__ran++; };
    window.msgbox = window.alert;
    document.addEventListener("securitypolicyviolation", () => { window.__ran++; });
  `);
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => void requests.push(request.url()));
  return { page, dialogs, requests, ran: async () => Number(await page.evaluate("window.__ran")) };
}

/** Moves over, focuses and clicks what a reader may touch, as far as it does not leave the page. */
const TOUCH_ALL = `
  for (const element of document.querySelectorAll(".cn, .cn *")) {
    for (const type of ["mouseover", "pointerenter", "mouseenter", "focus", "wheel", "toggle", "animationstart"]) element.dispatchEvent(new Event(type));
    if (element.tagName === "SUMMARY") element.click();
  }
`;

/** Links of our own outputs, and where they lead as the browser reads them. */
const LINKS = `[...document.querySelectorAll(".cn a[href]")].map((a) => a.protocol)`;

let browser: Browser;
let lab: JupyterLab | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

test("there are at least 200 vectors", () => {
  expect(new Set(ALL_VECTORS).size).toBeGreaterThanOrEqual(200);
});

test("in a page without any protection nothing of them runs, asks or loads", async () => {
  const path = join(tempFolder(), "bare.html");
  const html = bundles.map((data) => data["text/html"] as string).join("\n");
  const prefixes = renderParts(prefixParts(), { includeStyle: false, response: "p" })["text/html"] as string;
  writeFileSync(path, `<!doctype html><meta charset="utf-8"><body>${html}${prefixes}`);
  const { page, dialogs, requests, ran } = await watch(browser);
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(TOUCH_ALL);
  const protocols = new Set((await page.evaluate(LINKS)) as string[]);
  expect(await page.locator(".cn").count()).toBe(bundles.length + 1);
  expect({ ran: await ran(), dialogs }).toEqual({ ran: 0, dialogs: [] });
  expect(requests.filter((url) => !url.startsWith("data:image/")).slice(1)).toEqual([]);
  expect([...protocols].filter((name) => !["http:", "https:", "mailto:", "file:"].includes(name))).toEqual(
    [],
  );
  await page.close();
});

test("in the exported page nothing of them runs, asks or loads, and its policy has nothing to stop", async () => {
  const path = join(tempFolder(), "page.html");
  writeFileSync(path, renderNotebookPage(notebook() as never));
  const { page, dialogs, requests, ran } = await watch(browser);
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(TOUCH_ALL);
  expect(await page.locator(".outputs > .cn").count()).toBe(bundles.length);
  expect({ ran: await ran(), dialogs }).toEqual({ ran: 0, dialogs: [] });
  expect(requests.filter((url) => !url.startsWith("data:image/")).slice(1)).toEqual([]);
  await page.close();
});

test.each(["trusted", "untrusted"])(
  "in JupyterLab, %s, nothing of them runs, asks or loads",
  async (trust) => {
    const folder = tempFolder();
    const file = join(folder, `${trust}.ipynb`);
    writeFileSync(file, JSON.stringify(notebook()));
    lab = await startJupyterLab(folder);
    try {
      const python = await ensurePythonEnv();
      if (trust === "trusted") await execa(python.bin("jupyter"), ["trust", file], { env: lab.env });
      const { page, dialogs, requests, ran } = await watch(browser);
      await page.goto(lab.urlOf(`${trust}.ipynb`));
      await page.waitForFunction(
        "window.jupyterapp?.shell.currentWidget?.content?.model?.cells?.length > 0",
        null,
        {
          timeout: 40_000,
        },
      );
      const isTrusted = await page.evaluate(`(async () => {
        const panel = jupyterapp.shell.currentWidget;
        await panel.context.ready;
        panel.content.notebookConfig = { ...panel.content.notebookConfig, windowingMode: "none" };
        return panel.content.model.cells.get(0).trusted;
      })()`);
      const cells = Math.ceil(bundles.length / OUTPUTS_A_CELL);
      await page.waitForFunction(
        `document.querySelectorAll(".jp-OutputArea-output .cn").length >= ${bundles.length}`,
        null,
        { timeout: 40_000 },
      );
      await page.evaluate(TOUCH_ALL);
      await page.waitForTimeout(500);
      expect(isTrusted).toBe(trust === "trusted");
      expect(await page.locator(".jp-CodeCell").count()).toBe(cells);
      expect((await page.locator(".jp-OutputArea-output style").count()) > 0).toBe(trust === "trusted");
      expect({ ran: await ran(), dialogs }).toEqual({ ran: 0, dialogs: [] });
      expect(requests.filter((url) => !isLabsOwn(url, lab!.origin))).toEqual([]);
      await page.close();
    } finally {
      await lab.close();
      lab = undefined;
    }
  },
  180_000,
);

/** Requests that JupyterLab makes for itself; an address from a vector would lead to another host or to a page of Lab's. */
function isLabsOwn(url: string, origin: string): boolean {
  if (/^(?:data:image\/|blob:)/.test(url)) return true;
  const { pathname } = new URL(url);
  if (!url.startsWith(origin)) return false;
  return /^\/(?:api\/(?!shutdown)|lab\/(?:api|extensions|tree\/(?:un)?trusted\.ipynb$)|static\/|lab$|files\/favicon|favicon)/.test(
    pathname,
  );
}
