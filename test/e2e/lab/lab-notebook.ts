import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { installKernel } from "../../../kernel/install/install-kernel.js";
import { type JupyterLab, startJupyterLab } from "../../support/jupyter-lab.js";
import { removeFolder } from "../../support/remove-folder.js";

/** JupyterLab with our kernel. */
export interface LabWithKernel extends JupyterLab {
  readonly folder: string;
  /** Opens a notebook of these cells in a new page; the kernel is ready when it is there. */
  open(browser: Browser, name: string, cells: readonly string[], options?: OpenOptions): Promise<LabNotebook>;
  /** Opens a notebook that is there, in a page of its own: a second tab. */
  openTab(browser: Browser, name: string, options?: OpenOptions): Promise<LabNotebook>;
  /** The notebook as it is saved. */
  saved(name: string): SavedNotebook;
}

export interface OpenOptions {
  /** Whether to wait for a kernel. @defaultValue true */
  readonly kernel?: boolean;
  /** Runs in the page before JupyterLab. */
  readonly initScript?: string;
  /** "JupyterLab Dark"; the default is light. */
  readonly theme?: string;
  /** Notebook 7 shows one notebook a page, with the same extensions. @defaultValue "lab" */
  readonly app?: "lab" | "notebook";
}

export interface SavedNotebook {
  readonly cells: {
    readonly outputs: { readonly data: Readonly<Record<string, unknown>> }[];
    readonly source: string;
  }[];
}

/** A notebook in a page. */
export interface LabNotebook {
  readonly page: Page;
  /** Errors of the page's console. */
  readonly errors: readonly string[];
  /** Starts a cell; it runs on. */
  run(index: number): Promise<void>;
  /** Waits until no cell of the kernel runs. */
  idle(): Promise<void>;
  save(): Promise<void>;
  command(name: string, args?: object): Promise<void>;
  /** Text of what a cell shows. */
  shown(index: number): Promise<string>;
  /** Waits until a cell shows a text: the page draws what the kernel has sent a frame or more later. */
  shows(index: number, text: string | RegExp): Promise<void>;
}

/** How long something may take to show, in milliseconds: the CLI alone takes seconds to start on a busy machine. */
const PATIENCE_MS = 90_000;

export const MIME = "application/vnd.claude-notebook.v1+json";

/** What JupyterLab has of ours, and where it runs. */
export interface LabOptions {
  /** Whether it has the extension too. @defaultValue true */
  readonly extension?: boolean;
  /** Puts kernel and extension under a prefix. @defaultValue those of this checkout */
  readonly install?: (prefix: string) => Promise<unknown>;
  /** The command that starts it. @defaultValue that of the tests' Python environment */
  readonly command?: readonly string[];
}

/** Starts JupyterLab on an empty folder. */
export async function startLab(
  env: Readonly<Record<string, string>>,
  { extension = true, install = (prefix) => installKernel({ prefix }), command }: LabOptions = {},
): Promise<LabWithKernel> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "lab-test-")));
  const [folder, prefix, settings] = ["work", "prefix", "settings"].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(folder);
  await install(prefix);
  if (!extension) rmSync(join(prefix, "share", "jupyter", "labextensions"), { recursive: true });
  const more = { JUPYTER_PATH: join(prefix, "share", "jupyter"), JUPYTERLAB_SETTINGS_DIR: settings };
  const lab = await startJupyterLab(folder, { ...env, ...more }, command);
  let pages = 0;
  const openTab = async (browser: Browser, name: string, options: OpenOptions = {}): Promise<LabNotebook> => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.setDefaultTimeout(PATIENCE_MS);
    const notebook = notebookIn(page);
    if (options.initScript) await page.addInitScript(options.initScript);
    // A workspace of its own: JupyterLab would open the notebooks of the page before too.
    const route = options.app === "notebook" ? "/notebooks/" : `/lab/workspaces/page-${++pages}/tree/`;
    await page.goto(lab.urlOf(name).replace("/lab/tree/", route));
    await page.waitForSelector(".jp-Notebook .jp-Cell", { timeout: PATIENCE_MS });
    if (options.theme) await notebook.command("apputils:change-theme", { theme: options.theme });
    if (options.kernel !== false) await notebook.idle();
    return notebook;
  };
  return {
    ...lab,
    async close() {
      await lab.close();
      await removeFolder(place);
    },
    folder,
    openTab,
    open(browser, name, cells, options) {
      writeFileSync(join(folder, name), notebookText(cells));
      return openTab(browser, name, options);
    },
    saved: (name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as SavedNotebook,
  };
}

/**
 * Sets extension and kernel eight versions apart: each hears 9 where the other says 1. A digit for a digit, so that lengths
 * stay what they are.
 */
export const otherVersion = `
  const renumber = (data) => {
    const pattern = /"version":1(?=}|,"isAccepted")/g;
    if (typeof data === "string") return data.replace(pattern, '"version":9');
    const bytes = new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength);
    for (const { index } of new TextDecoder("latin1").decode(bytes).matchAll(pattern)) bytes[index + 10] = 57;
    return data;
  };
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    return send.call(this, renumber(data));
  };
  const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    set(handler) {
      const hear = (event) => handler.call(this, new MessageEvent("message", { data: renumber(event.data) }));
      set.call(this, handler && hear);
    },
  });`;

/** The text of a notebook of code cells, with outputs if given. */
export function notebookText(
  sources: readonly string[],
  outputs: readonly (readonly object[])[] = [],
  kernel = "claude-notebook",
): string {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    execution_count: null,
    outputs: outputs[i] ?? [],
    source,
  }));
  const metadata = {
    kernelspec: { name: kernel, display_name: "TypeScript (Claude)", language: "typescript" },
  };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

/** What the tests use of `window.jupyterapp`, in the page. */
interface App {
  commands: { execute(name: string, args?: object): Promise<unknown> };
  shell: { currentWidget: Panel };
}
interface Panel {
  sessionContext: { session?: { kernel?: { status: string } } };
  content: { activeCellIndex: number; widgets: { node: HTMLElement }[]; deselectAll(): void };
}
declare const jupyterapp: App;
declare global {
  interface Window {
    /** What has been run by {@link LabNotebook.run}, each settled when its cell has ended. */
    cellRuns?: Promise<unknown>[];
  }
}

function notebookIn(page: Page): LabNotebook {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("dialog", (dialog) => void dialog.accept());
  const command = async (name: string, args: object = {}): Promise<void> => {
    await page.evaluate(([name, args]) => jupyterapp.commands.execute(name, args).then(() => {}), [
      name,
      args,
    ] as const);
  };
  const shown = (index: number): Promise<string> =>
    page.locator(`.jp-Cell >> nth=${index} >> .jp-OutputArea`).innerText();
  return {
    page,
    errors,
    command,
    async run(index) {
      await page.evaluate((index) => {
        const { content } = jupyterapp.shell.currentWidget;
        content.deselectAll();
        content.activeCellIndex = index;
        const run = jupyterapp.commands.execute("notebook:run-cell").catch(() => {});
        window.cellRuns = [...(window.cellRuns ?? []), run];
      }, index);
    },
    async idle() {
      // The prompt shows the star only once the cell has been sent: until then an idle kernel means nothing.
      await page.evaluate(() => Promise.all(window.cellRuns ?? []).then(() => {}));
      // A kernel says "idle" after each message of the extension too, while a cell runs.
      await page.waitForFunction(
        () =>
          jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === "idle" &&
          ![...document.querySelectorAll(".jp-InputPrompt")].some((prompt) => prompt.textContent === "[*]:"),
        undefined,
        { timeout: PATIENCE_MS },
      );
    },
    save: () => command("docmanager:save"),
    shown,
    async shows(index, text) {
      const isShown = async (): Promise<boolean> => {
        const now = await shown(index);
        return typeof text === "string" ? now.includes(text) : text.test(now);
      };
      for (const end = Date.now() + PATIENCE_MS; !(await isShown()); await sleep(50)) {
        if (Date.now() > end) expect.fail(`Cell ${index} does not show ${text}: ${await shown(index)}`);
      }
    },
  };
}
