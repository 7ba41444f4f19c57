import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { ScriptedConversation } from "../../../src/testing/index.js";
import { launchChromium } from "../../support/chromium.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";
import { type LabNotebook, type LabWithKernel, type OpenOptions, startLab } from "./lab-notebook.js";

/** What the tests of a file share: a JupyterLab with our kernel, the real `claude` on a script, and a browser. */
export interface LabSession {
  readonly claude: ScriptedClaude;
  readonly lab: LabWithKernel;
  readonly browser: Browser;
  /** Opens a new notebook of these cells in a page of its own. */
  open(name: string, cells: readonly string[], options?: OpenOptions): Promise<LabNotebook>;
  openTab(name: string, options?: OpenOptions): Promise<LabNotebook>;
  /** The last request to Claude's API, as text. */
  told(): string;
}

export interface LabSessionOptions {
  /** Time between two pieces of an answer. */
  readonly delayMs?: number;
  /** Whether JupyterLab has the extension. @defaultValue true */
  readonly extension?: boolean;
}

/** Starts it before the tests of the file that calls this, and ends it after them. */
export function labSession(
  script: readonly ScriptedConversation[],
  { delayMs, extension = true }: LabSessionOptions = {},
): LabSession {
  let claude: ScriptedClaude;
  let lab: LabWithKernel;
  let browser: Browser;
  beforeAll(async () => {
    claude = await scriptedClaude(script, delayMs === undefined ? {} : { delayMs });
    lab = await startLab(claude.env, { extension });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await lab?.close();
    await claude?.api.close();
  });
  return {
    get claude() {
      return claude;
    },
    get lab() {
      return lab;
    },
    get browser() {
      return browser;
    },
    open: (name, cells, options) => lab.open(browser, name, cells, options),
    openTab: (name, options) => lab.openTab(browser, name, options),
    told: () => JSON.stringify(claude.api.requests.at(-1)),
  };
}

/** The cell that shows Claude's answer to a prompt. @param options of the query, as they are written */
export function showAnswer(prompt: string, options?: string): string {
  const more = options === undefined ? "" : `, options: ${options}`;
  return `await display_claude_response(query({ prompt: ${JSON.stringify(prompt)}${more} }));`;
}

/** Waits until the buttons of a question act, and clicks one. */
export async function clickAnswer(page: Page, selector: string): Promise<void> {
  await page.locator(selector).scrollIntoViewIfNeeded();
  await page.waitForSelector(".cn-actions:not(.cn-dead)");
  await page.click(selector);
}
