import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFindings } from "../support/axe.js";
import { cacheRoot } from "../support/cached-folder.js";
import { launchChromium } from "../support/chromium.js";
import { copyDemo } from "../support/demo-notebook.js";
import { runCli } from "../support/run-cli.js";
import { tempFolder } from "../support/temp-folder.js";

/** Pictures for the README; `UPDATE_SCREENSHOTS=1` takes them again. */
const imageFolder = process.env.UPDATE_SCREENSHOTS
  ? resolve(import.meta.dirname, "../../docs/images")
  : cacheRoot;

let browser: Browser;
let pagePath: string;

beforeAll(async () => {
  const folder = tempFolder();
  pagePath = join(folder, "page.html");
  const exported = await runCli(["export", copyDemo(folder), "--execute", "-o", pagePath], { home: folder });
  expect(exported).toMatchObject({ exitCode: 0 });
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Opens the exported page and notes everything a browser would complain about or fetch. */
async function openPage(options: { colorScheme: "light" | "dark"; javaScriptEnabled?: boolean }) {
  const context = await browser.newContext({ viewport: { width: 900, height: 1100 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => void (message.type() !== "log" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && url !== pathToFileURL(pagePath).href) requests.push(url);
  });
  await page.goto(pathToFileURL(pagePath).href);
  return { page, complaints, requests, close: () => context.close() };
}

test.each(["light", "dark"] as const)(
  "the exported page opens %s with no request and no console error",
  async (colorScheme) => {
    const { page, complaints, requests, close } = await openPage({ colorScheme });
    await page.screenshot({ path: join(cacheRoot, `demo-${colorScheme}.png`), fullPage: true });
    const cell = page.locator("section").filter({ hasText: "const turn = query" }).last();
    const picture = await cell.screenshot({ path: join(imageFolder, `response-${colorScheme}.png`) });
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    await close();
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    expect(picture.byteLength).toBeGreaterThan(20_000);
    const [red] = String(background).match(/\d+/g)!.map(Number);
    expect(red! > 128).toBe(colorScheme === "light");
  },
);

test.each(["light", "dark"] as const)("the exported page keeps nobody out, in %s", async (colorScheme) => {
  const context = await browser.newContext({ colorScheme, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(pathToFileURL(pagePath).href);
  await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
  expect(await seriousFindings(page)).toEqual([]);
  await context.close();
});

test("the page reads and folds without JavaScript", async () => {
  const { page, complaints, requests, close } = await openPage({
    colorScheme: "light",
    javaScriptEnabled: false,
  });
  const folded = page.locator("details:not([open]) > summary", { hasText: "Thinking" }).first();
  await folded.click();
  const opened = await page.locator("details[open] > summary", { hasText: "Thinking" }).count();
  await close();
  expect(opened).toBe(1);
  expect(complaints).toEqual([]);
  expect(requests).toEqual([]);
});

test("a page that was altered to load something is caught by its own policy", async () => {
  const altered = join(tempFolder(), "altered.html");
  const html = readFileSync(pagePath, "utf8");
  writeFileSync(
    altered,
    html.replace(
      "</body>",
      '<img src="http://127.0.0.1:9/x.png"><script>document.title="hacked"</script></body>',
    ),
  );
  const page = await browser.newPage();
  const blocked: string[] = [];
  page.on(
    "console",
    (message) => void (/Content Security Policy/.test(message.text()) && blocked.push(message.text())),
  );
  await page.goto(pathToFileURL(altered).href);
  const title = await page.title();
  await page.close();
  expect(title).not.toBe("hacked");
  expect(blocked.length).toBeGreaterThanOrEqual(2);
});
