import { cpSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../../support/chromium.js";
import { ensureNotebookPackages } from "../../support/npm-packages.js";
import { type LabNotebook, type LabWithKernel, startLab } from "./lab-notebook.js";

const root = resolve(import.meta.dirname, "../../..");

/** `PICTURES=1 npx vitest run --project e2e test/e2e/lab/shown-values` takes the pictures of docs/display.md again. */
const images = process.env.PICTURES === "1" ? join(root, "docs", "images") : undefined;

/** Cells of examples/display.ipynb, counted with those of markdown. */
const cell = { records: 1, duckdb: 3, chart: 6, picture: 8, error: 9 } as const;

const themes = { light: "JupyterLab Light", dark: "JupyterLab Dark" } as const;

let lab: LabWithKernel;
let browser: Browser;
beforeAll(async () => {
  lab = await startLab({});
  const packages = await ensureNotebookPackages();
  symlinkSync(join(packages, "node_modules"), join(lab.folder, "node_modules"));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

/** What stands in the output of a cell. */
function outputOf({ page }: LabNotebook, index: number): Locator {
  return page.locator(`.jp-Cell >> nth=${index} >> .jp-OutputArea`);
}

test("tables, a live chart and a picture stand in JupyterLab", async () => {
  cpSync(join(root, "examples", "display.ipynb"), join(lab.folder, "values.ipynb"));
  const notebook = await lab.openTab(browser, "values.ipynb");
  const { page } = notebook;
  // High enough for all cells: JupyterLab draws those on screen.
  await page.setViewportSize({ width: 1_200, height: 3_000 });
  await notebook.command("notebook:run-all-cells");
  await page.waitForSelector('.jp-InputPrompt:has-text("[8]:")');
  await notebook.idle();

  const records = outputOf(notebook, cell.records);
  expect(await records.locator("table tbody tr").count()).toBe(3);
  expect(await records.innerText()).toContain("3 rows × 4 columns");
  const numbers = records.locator("tbody tr:first-child td:nth-child(3)");
  expect(await numbers.evaluate((each) => getComputedStyle(each).textAlign)).toBe("right");
  expect(await outputOf(notebook, cell.duckdb).innerText()).toContain("DECIMAL(6,2)");

  await outputOf(notebook, cell.chart).locator(".vega-embed :is(canvas, svg.marks)").first().waitFor();
  const picture = outputOf(notebook, cell.picture).locator("img");
  expect(await picture.evaluate((each) => (each as HTMLImageElement).naturalWidth)).toBe(16);
  expect(await outputOf(notebook, cell.error).innerText()).toContain("RangeError: The month is not over");

  if (images === undefined) return;
  for (const [look, theme] of Object.entries(themes)) {
    await notebook.command("apputils:change-theme", { theme });
    await page.waitForSelector(`body[data-jp-theme-name="${theme}"]`, { state: "attached" });
    for (const name of ["duckdb", "chart"] as const) {
      const path = join(images, `display-${name}-${look}.png`);
      await page.locator(`.jp-Cell >> nth=${cell[name]}`).screenshot({ path });
    }
  }
});
