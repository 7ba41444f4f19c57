import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Part, RESPONSE_STYLE, renderNotebookPage, renderParts } from "../../../renderers/index.js";
import { partsWith } from "../../renderers/security/places.js";
import { ALL_VECTORS } from "../../renderers/security/vectors.js";
import { launchChromium } from "../../support/chromium.js";
import { type JupyterLab, startJupyterLab } from "../../support/jupyter-lab.js";
import { ensurePythonEnv } from "../../support/python-env.js";
import { tempFolder } from "../../support/temp-folder.js";

/** Vectors of one cell: JupyterLab shows 50 outputs of a cell. */
const OUTPUTS_A_CELL = 40;

/** Vectors of one notebook in JupyterLab: more of them make a page that takes it a minute to show. */
const VECTORS_A_PAGE = 32;

/** Every so many prefixes of a vector one is drawn in the browser. */
const PREFIX_STEP = 50;

const bundles = ALL_VECTORS.map((text) =>
  renderParts(partsWith(text), { includeStyle: false, response: text }),
);

/** Every 50th prefix of all vectors, counted over all of them. */
const prefixes = ALL_VECTORS.flatMap((text) => Array.from(text, (_, i) => text.slice(0, i))).filter(
  (_, i) => i % PREFIX_STEP === 0,
);

/** The prefixes wherever a model or a tool can put text. */
const prefixBundles = prefixes.map((text) =>
  renderParts(partsWith(text), { includeStyle: false, response: text }),
);

/** The prefixes as text that streams and as a tool's output: what JupyterLab can show of them in one page. */
const fewPrefixParts = prefixes.flatMap((text): Part[] => [
  { id: "p", type: "text", state: "streaming", text },
  { id: "q", type: "tool", state: "done", name: "Bash", input: { command: text }, result: { content: text, isError: false }, children: [] },
]); // biome-ignore format: a part a line

function notebook(shown: readonly Readonly<Record<string, unknown>>[]) {
  const cells = [];
  for (let at = 0; at < shown.length; at += OUTPUTS_A_CELL) {
    cells.push({
      cell_type: "code",
      id: `cell-${at}`,
      execution_count: 1,
      metadata: {},
      source: "0",
      outputs: shown
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
  const all = [...bundles, ...prefixBundles];
  const html = all.map((data) => data["text/html"] as string).join("\n");
  writeFileSync(path, `<!doctype html><meta charset="utf-8"><body>${html}`);
  const { page, dialogs, requests, ran } = await watch(browser);
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(TOUCH_ALL);
  const protocols = new Set((await page.evaluate(LINKS)) as string[]);
  expect(await page.locator(".cn").count()).toBe(all.length);
  expect({ ran: await ran(), dialogs }).toEqual({ ran: 0, dialogs: [] });
  expect(requests.filter((url) => !url.startsWith("data:image/")).slice(1)).toEqual([]);
  expect([...protocols].filter((name) => !["http:", "https:", "mailto:", "file:"].includes(name))).toEqual(
    [],
  );
  await page.close();
});

test("in the exported page nothing of them runs, asks or loads, and its policy has nothing to stop", async () => {
  const path = join(tempFolder(), "page.html");
  const all = [...bundles, ...prefixBundles];
  writeFileSync(path, renderNotebookPage(notebook(all) as never));
  const { page, dialogs, requests, ran } = await watch(browser);
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(TOUCH_ALL);
  expect(await page.locator(".outputs > .cn").count()).toBe(all.length);
  expect({ ran: await ran(), dialogs }).toEqual({ ran: 0, dialogs: [] });
  expect(requests.filter((url) => !url.startsWith("data:image/")).slice(1)).toEqual([]);
  await page.close();
});

/** The bundles as JupyterLab shows them: their HTML, the style sheet before the first. */
function htmlPages(): { "text/html": string }[][] {
  const pages: { "text/html": string }[][] = [];
  for (let at = 0; at < bundles.length; at += VECTORS_A_PAGE) {
    const style = `<style>${RESPONSE_STYLE}</style>`;
    const page = bundles.slice(at, at + VECTORS_A_PAGE).map((data) => data["text/html"] as string);
    pages.push(page.map((html, i) => ({ "text/html": i === 0 ? style + html : html })));
  }
  const prefixPage = renderParts(fewPrefixParts, { includeStyle: true, response: "p" })[
    "text/html"
  ] as string;
  return [...pages, [{ "text/html": prefixPage }]];
}

test.each(["trusted", "untrusted"])(
  "in JupyterLab, %s, nothing of them runs, asks or loads",
  async (trust) => {
    const folder = tempFolder();
    const pages = htmlPages();
    const files = pages.map((_, i) => `${trust}-${i}.ipynb`);
    files.forEach((file, i) => {
      writeFileSync(join(folder, file), JSON.stringify(notebook(pages[i]!)));
    });
    lab = await startJupyterLab(folder);
    try {
      const python = await ensurePythonEnv();
      if (trust === "trusted")
        await execa(python.bin("jupyter"), ["trust", ...files], { cwd: folder, env: lab.env });
      for (const [i, file] of files.entries()) {
        const { page, dialogs, requests, ran } = await watch(browser);
        await page.goto(lab.urlOf(file));
        await page.waitForFunction(`window.jupyterapp?.shell.currentWidget?.context?.isReady`, null, {
          timeout: 60_000,
        });
        const isTrusted = await page.evaluate(SHOW_ALL_CELLS);
        const count = `document.querySelectorAll(".jp-OutputArea-output .cn").length`;
        await page.waitForFunction(`${count} >= ${pages[i]!.length}`, null, { timeout: 120_000 });
        await page.evaluate(TOUCH_ALL);
        expect(isTrusted).toBe(trust === "trusted");
        expect((await page.locator(".jp-OutputArea-output style").count()) > 0).toBe(trust === "trusted");
        expect({ ran: await ran(), dialogs }).toEqual({ ran: 0, dialogs: [] });
        expect(requests.filter((url) => !isLabsOwn(url, lab!.origin))).toEqual([]);
        await page.close();
      }
    } finally {
      await lab.close();
      lab = undefined;
    }
  },
  600_000,
);

/** Draws cells that are out of sight too, and says whether the notebook is trusted. */
const SHOW_ALL_CELLS = `(() => {
  const { content } = jupyterapp.shell.currentWidget;
  content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
  return content.model.cells.get(0).trusted;
})()`;

/** Requests that JupyterLab makes for itself; an address from a vector would lead to another host or to a page of Lab's. */
function isLabsOwn(url: string, origin: string): boolean {
  if (/^(?:data:image\/|blob:)/.test(url)) return true;
  const { pathname } = new URL(url);
  if (!url.startsWith(origin)) return false;
  return /^\/(?:api\/(?!shutdown)|lab\/(?:api|extensions|tree\/(?:un)?trusted-\d+\.ipynb$)|static\/|lab$|files\/favicon|favicon|lsp\/status$)/.test(
    pathname,
  );
}
