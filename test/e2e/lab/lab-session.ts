import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { ScriptedConversation } from "../../../src/testing/index.js";
import { launchChromium } from "../../support/chromium.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";
import { type LabNotebook, type LabWithKernel, type OpenOptions, startLab } from "./lab-notebook.js";

/** A JupyterLab with our kernel, and a browser. */
export interface LabAndBrowser {
  readonly lab: LabWithKernel;
  readonly browser: Browser;
}

/** What the tests of a file share: also the real `claude`, on a script. */
export interface LabSession extends LabAndBrowser {
  readonly claude: ScriptedClaude;
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

/**
 * Starts both before the tests of the file that calls this, and ends them after these.
 *
 * @param start without it, JupyterLab is as a stranger has it: no mode is set, and there is no `claude`.
 */
export function labAndBrowser(start = (): Promise<LabWithKernel> => startLab({})): LabAndBrowser {
  let lab: LabWithKernel;
  let browser: Browser;
  beforeAll(async () => {
    lab = await start();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await lab?.close();
  });
  return {
    get lab() {
      return lab;
    },
    get browser() {
      return browser;
    },
  };
}

/** As {@link labAndBrowser}, with `claude` on a script. */
export function labSession(
  script: readonly ScriptedConversation[],
  { delayMs, extension = true }: LabSessionOptions = {},
): LabSession {
  let claude: ScriptedClaude;
  // Ends last: vitest runs what ends things in the opposite order.
  afterAll(() => claude?.api.close());
  const own = labAndBrowser(async () => {
    claude = await scriptedClaude(script, delayMs === undefined ? {} : { delayMs });
    return startLab(claude.env, { extension });
  });
  return {
    get claude() {
      return claude;
    },
    get lab() {
      return own.lab;
    },
    get browser() {
      return own.browser;
    },
    open: (name, cells, options) => own.lab.open(own.browser, name, cells, options),
    openTab: (name, options) => own.lab.openTab(own.browser, name, options),
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
