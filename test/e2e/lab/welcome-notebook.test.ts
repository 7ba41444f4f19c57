import { expect, test } from "vitest";
import { runCli } from "../../support/run-cli.js";
import { labAndBrowser } from "./lab-session.js";

const session = labAndBrowser();

test("the first-run notebook runs whole in JupyterLab, past the cell that is meant to fail, without claude", async () => {
  const { lab, browser } = session;
  expect((await runCli(["new"], { home: lab.folder })).exitCode).toBe(0);
  const notebook = await lab.openTab(browser, "welcome.ipynb");
  const { page } = notebook;
  // High enough for all cells: JupyterLab draws those on screen.
  await page.setViewportSize({ width: 1_100, height: 6_000 });
  await notebook.command("notebook:run-all-cells");
  await page.waitForSelector('.jp-InputPrompt:has-text("[8]:")');
  await notebook.idle();

  const shown = page.locator(".jp-OutputArea");
  for (const text of [
    "Property 'rainDays' does not exist",
    "Let me work.",
    "2 rows × 3 columns",
    "The fish soup",
  ])
    await shown.getByText(text).first().waitFor();
  // JupyterLab draws the error of that cell as it draws stderr; nothing else is there.
  expect(await page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count()).toBe(1);
});
