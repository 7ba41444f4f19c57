import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSession } from "../../bench/export/make-session.js";
import { renderNotebookPage, renderSessionPage } from "../../renderers/index.js";
import { parseMessage } from "../../src/messages/parse-message.js";
import { seriousFindings } from "../support/axe.js";
import { launchChromium } from "../support/chromium.js";
import { everythingNotebook } from "../support/everything-notebook.js";
import { tempFolder } from "../support/temp-folder.js";

const source = { name: "all.ipynb", mediaType: "application/x-ipynb+json", text: '{"cells": []}\n' };
const messages = makeSession().slice(0, 40).map((record) => parseMessage(record)); // biome-ignore format: one line

/** A page of each kind, folded and not. */
const pages = {
  notebook: renderNotebookPage(everythingNotebook, { source }),
  "folded notebook": renderNotebookPage(everythingNotebook, { fold: true }),
  session: renderSessionPage(messages),
  "folded session": renderSessionPage(messages, { fold: true }),
};
type PageName = keyof typeof pages;
const names = Object.keys(pages) as PageName[];

const folder = tempFolder();
const fileOf = (name: string): string => join(folder, `${name}.html`);
let browser: Browser;

beforeAll(async () => {
  for (const name of names) writeFileSync(fileOf(name), pages[name]);
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Opens a page without a network; tells what the page asked for and complained about. */
async function openPage(name: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 900, height: 1000 },
    ...options,
  });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on("console", (message) => void noise.push(message.text()));
  page.on("pageerror", (error) => void noise.push(String(error)));
  page.on("request", (request) => {
    if (!/^(?:data|file):/.test(request.url())) noise.push(request.url());
  });
  await page.goto(pathToFileURL(fileOf(name)).href);
  return { page, noise, close: () => context.close() };
}

const withoutBlanks = (text: string): string => text.replace(/\s+/g, "");

describe.each(names)("the page of a %s", (name) => {
  test.each(["light", "dark"] as const)(
    "keeps nobody out, in %s, folded and unfolded",
    async (colorScheme) => {
      const { page, close } = await openPage(name, { colorScheme, bypassCSP: true });
      expect(await seriousFindings(page)).toEqual([]);
      await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
      expect(await seriousFindings(page)).toEqual([]);
      await close();
    },
  );

  test("says the same with JavaScript off as with it, without a request or a complaint", async () => {
    const plain = await openPage(name, { javaScriptEnabled: false });
    const without = await plain.page.locator("main").textContent();
    expect(plain.noise).toEqual([]);
    await plain.close();
    const scripted = await openPage(name);
    await scripted.page.evaluate("for (const own of document.querySelectorAll('main .copy')) own.remove()");
    expect(await scripted.page.locator("main").textContent()).toBe(without);
    expect(scripted.noise).toEqual([]);
    await scripted.close();
  });

  test.each([true, false])(
    "prints all its text, folds too; with JavaScript: %s",
    async (javaScriptEnabled) => {
      const { page, close } = await openPage(name, { javaScriptEnabled, colorScheme: "dark" });
      const pdf = await page.pdf({ format: "A4" });
      await close();
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
      const printed = withoutBlanks(text);
      const words = name.includes("notebook")
      ? [...Array.from({ length: 40 }, (_, i) => `line ${i}`), "Let me think.", "file.txt", "boom", "foldedInput()", "output of hide-input"]
      : [...Array.from({ length: 30 }, (_, i) => `// step ${i}`), "test 19 passed", "npm test -- file2", "Step 4"]; // biome-ignore format: one line each
      for (const word of words) expect(printed).toContain(withoutBlanks(word));
    },
  );
});

describe("the script of a page", () => {
  const visible = async (page: Page, text: string): Promise<boolean> =>
    await page.locator("main").getByText(text, { exact: false }).first().isVisible();

  test("filters a notebook: prompts, tools, errors, and all again", async () => {
    const { page, noise, close } = await openPage("notebook");
    const show = page.getByLabel("Show");
    const seen = async (kind: string) => {
      await show.selectOption(kind);
      return {
        words: await visible(page, "Text with"),
        prompt: await visible(page, "display_claude_response"),
        tool: await visible(page, "ls -la"),
        error: await visible(page, "at cell 1:1"),
        failed: await visible(page, "boom"),
        output: await visible(page, "line 3"),
      };
    };
    const none = { words: false, prompt: false, tool: false, error: false, failed: false, output: false };
    expect(await seen("prompts")).toEqual({ ...none, prompt: true });
    expect(await seen("tools")).toEqual({ ...none, tool: true, failed: true });
    expect(await seen("errors")).toMatchObject({ ...none, prompt: true, error: true, failed: true });
    expect(await seen("all")).toMatchObject({
      words: true,
      prompt: true,
      tool: true,
      error: true,
      output: true,
    });
    expect(noise).toEqual([]);
    await close();
  });

  test("filters a folded session, whose folds open for it", async () => {
    const { page, close } = await openPage("folded session");
    expect(await visible(page, "npm test -- file2")).toBe(false);
    await page.getByLabel("Show").selectOption("tools");
    expect(await visible(page, "npm test -- file2")).toBe(true);
    expect(await visible(page, "The join drops returns")).toBe(false);
    await close();
  });

  test("opens and folds all at once", async () => {
    const { page, close } = await openPage("session");
    const open = page.locator("main details[open]");
    const all = await page.locator("main details").count();
    await page.getByRole("button", { name: "Expand all" }).click();
    expect(await open.count()).toBe(all);
    await page.getByRole("button", { name: "Fold all" }).click();
    expect(await open.count()).toBe(0);
    await close();
  });

  test("offers only what the page has", async () => {
    writeFileSync(
      fileOf("plain"),
      renderNotebookPage({ cells: [{ cell_type: "markdown", source: "words" }] }),
    );
    const { page, close } = await openPage("plain");
    expect(await page.getByRole("button").allTextContents()).toEqual(["Dark"]);
    expect(await page.getByLabel("Show").count()).toBe(0);
    await close();
  });
});

test("a link to a panel leads to it and opens it", async () => {
  const { page, close } = await openPage("session");
  const panel = page.locator("main details.cn-panel:not([open])").first();
  const id = await panel.getAttribute("id");
  await page.goto(`${pathToFileURL(fileOf("session")).href}#${id}`);
  await page.locator(`#${id}[open]`).waitFor();
  expect(await page.evaluate("document.querySelector(':target').id")).toBe(id);
  await close();
});

test("the notebook in a page is saved as it is, without a network and without JavaScript", async () => {
  const { page, noise, close } = await openPage("notebook", {
    javaScriptEnabled: false,
    acceptDownloads: true,
  });
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#source").click()]);
  expect(download.suggestedFilename()).toBe("all.ipynb");
  expect(readFileSync((await download.path())!, "utf8")).toBe(source.text);
  expect(noise).toEqual([]);
  await close();
});

test("with trust, scripts of outputs run and reach no server", async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests++;
    response.end("reached");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const html = `<p id="out">waiting</p><img src="${address}a.png"><link rel="stylesheet" href="${address}b.css"><script src="${address}c.js"></script>
<script>fetch("${address}d").then(() => "reached", () => "refused").then((word) => { document.getElementById("out").textContent = "ran, " + word });</script>`;
  const cell = {
    cell_type: "code",
    source: "",
    outputs: [{ output_type: "display_data", data: { "text/html": html } }],
  };
  writeFileSync(fileOf("trusted"), renderNotebookPage({ cells: [cell] }, { trust: true }));
  const { page, close } = await openPage("trusted", { offline: false });
  await page.getByText("ran, refused").waitFor();
  await close();
  await new Promise((closed) => server.close(closed));
  expect(requests).toBe(0);
});
