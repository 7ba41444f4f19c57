import { text } from "../../../src/testing/index.js";
import { launchChromium } from "../../support/chromium.js";
import { scriptedClaude } from "../../support/scripted-claude.js";
import { type LabOptions, startLab } from "../lab/lab-notebook.js";
import { showAnswer } from "../lab/lab-session.js";

interface DrawLiveOptions extends LabOptions {
  /** A cell that runs first, and a text that it must show. */
  readonly cell: string;
  readonly shows: string;
  /** Variables for JupyterLab. @param path where `claude` is found */
  readonly env?: (path: string) => Readonly<Record<string, string>>;
}

/** Runs a cell in JupyterLab, then one that asks Claude, until the extension has drawn the answer. */
export async function drawLive({ cell, shows, env, ...options }: DrawLiveOptions): Promise<void> {
  const claude = await scriptedClaude([
    { when: () => true, replies: [text("# Drawn\n\nBy the extension.")] },
  ]);
  const lab = await startLab({ ...claude.env, ...env?.(String(claude.env.PATH)) }, options);
  const browser = await launchChromium();
  try {
    const notebook = await lab.open(browser, "installed.ipynb", [cell, showAnswer("draw")]);
    await notebook.run(0);
    await notebook.shows(0, shows);
    await notebook.run(1);
    await notebook.page.waitForSelector('.cn-parts h1:has-text("Drawn")');
    await notebook.idle();
  } finally {
    await browser.close();
    await lab.close();
    await claude.api.close();
  }
}
