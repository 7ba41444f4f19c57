import { join, resolve } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ANALYSIS, layOutAnalysis } from "../../support/analysis-folder.js";
import { launchChromium } from "../../support/chromium.js";
import { type LabWithKernel, startLab } from "./lab-notebook.js";

/** `PICTURES=1 npx vitest run --project e2e test/e2e/lab/analysis` takes the pictures of docs/claude-in-cells.md again. */
const images =
  process.env.PICTURES === "1" ? resolve(import.meta.dirname, "../../../docs/images") : undefined;

const themes = { light: "JupyterLab Light", dark: "JupyterLab Dark" } as const;

/** Code that names a cell, and what stands in its output once it has run. */
const cells = {
  look: ["What should I know", "One row is one order"],
  answers: ["lock_configuration", "Is it the carrier, or being late?"],
  findings: ["percentReturned(group", "55.9% and 16%: more"],
  memo: ["%%claude", "To the head of shipping."],
} as const;

let lab: LabWithKernel;
let browser: Browser;
beforeAll(async () => {
  lab = await startLab({ CLAUDE_NOTEBOOK_MODE: "replay" });
  await layOutAnalysis(lab.folder);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

test("the analysis runs whole in JupyterLab: Claude's turns, checked findings and a live chart", async () => {
  const notebook = await lab.openTab(browser, ANALYSIS);
  const { page } = notebook;
  // High enough for all cells: JupyterLab draws those on screen.
  await page.setViewportSize({ width: 1_100, height: 9_000 });
  await notebook.command("notebook:run-all-cells");
  await page.waitForSelector('.jp-InputPrompt:has-text("[11]:")');
  await notebook.idle();

  const cellWith = (code: string): Locator => page.locator(".jp-CodeCell").filter({ hasText: code }).first();
  for (const [code, shown] of Object.values(cells)) {
    await cellWith(code).locator(".jp-OutputArea").getByText(shown).first().waitFor();
  }
  const verdicts = cellWith(cells.findings[0]).locator("tbody td:last-child");
  expect(await verdicts.allInnerTexts()).toEqual(Array(5).fill("true"));
  await cellWith("$schema").locator(".vega-embed :is(canvas, svg.marks)").first().waitFor();
  expect(await page.locator('.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]').count()).toBe(
    0,
  );

  if (images === undefined) return;
  for (const [look, theme] of Object.entries(themes)) {
    await notebook.command("apputils:change-theme", { theme });
    await page.waitForSelector(`body[data-jp-theme-name="${theme}"]`, { state: "attached" });
    await cellWith(cells.findings[0]).evaluate((node) => node.scrollIntoView());
    const [top, bottom] = await Promise.all(
      [cells.findings[0], "$schema"].map((code) => cellWith(code).locator(".jp-OutputArea").boundingBox()),
    );
    const { x, y } = top!;
    const clip = { x, y, width: top!.width, height: bottom!.y + bottom!.height - y };
    await page.screenshot({ path: join(images, `analysis-${look}.png`), clip });
  }
});
