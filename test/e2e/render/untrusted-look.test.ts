import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderParts } from "../../../renderers/index.js";
import { fixtureParts } from "../../gallery/fixtures.js";
import { launchChromium } from "../../support/chromium.js";
import { type JupyterLab, startJupyterLab } from "../../support/jupyter-lab.js";
import { tempFolder } from "../../support/temp-folder.js";

let browser: Browser;
let lab: JupyterLab | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

test("in an untrusted notebook in JupyterLab each formula is read once, as its source, and colours stay", async () => {
  const folder = tempFolder();
  const parts = ["text-markdown", "edit", "bash"].flatMap((name) => fixtureParts(name));
  const data = renderParts(parts, { includeStyle: true, response: "r" });
  const output = { output_type: "display_data", data, metadata: {} };
  const cell = {
    cell_type: "code",
    id: "c",
    execution_count: 1,
    metadata: {},
    source: "0",
    outputs: [output],
  };
  const metadata = { kernelspec: { name: "none", display_name: "None", language: "typescript" } };
  writeFileSync(
    join(folder, "look.ipynb"),
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [cell] }),
  );
  lab = await startJupyterLab(folder);
  const page = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
  await page.goto(lab.urlOf("look.ipynb"));
  await page.waitForSelector(".jp-OutputArea-output .cn", { timeout: 60_000 });
  const formulas = page.locator(".jp-OutputArea-output .cn-math");
  expect(await formulas.count()).toBe(3);
  const widths = await formulas.evaluateAll((found) =>
    found.map((math) => math.getBoundingClientRect().width),
  );
  expect(widths).toEqual([0, 0, 0]);
  const source = page.locator(".jp-OutputArea-output .cn-math-source").first();
  expect(await source.isVisible()).toBe(true);
  expect(await source.innerText()).toBe("$\\frac{46}{800} \\approx 0.06$");
  const removed = page.locator(".jp-OutputArea-output .cn-del").first();
  const color = await removed.evaluate((line) => getComputedStyle(line).backgroundColor);
  expect(color).toBe("rgba(229, 72, 77, 0.15)");
  await page.close();
}, 240_000);
