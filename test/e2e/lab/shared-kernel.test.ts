import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { text, toolUse } from "../../../src/testing/index.js";
import { type LabNotebook, notebookText, otherVersion } from "./lab-notebook.js";
import { clickAnswer, labSession, showAnswer } from "./lab-session.js";

const paragraphs = (count: number): string =>
  Array.from({ length: count }, (_, i) => `Paragraph ${i + 1}. Divide by the orders first.`).join("\n\n");
const session = labSession(
  [
    { when: "slowly", replies: [text(`${paragraphs(60)}\n\nThe very end.`)] },
    { when: "at length", replies: [text(paragraphs(2_000))] },
    { when: "make a file", replies: [toolUse("Bash", { command: "touch made.txt" }), text("Made it.")] },
  ],
  { delayMs: 15 },
);

/** What the tests use of `window.jupyterapp`, in the page. */
interface Panel {
  readonly sessionContext: {
    readonly session: { readonly kernel: { readonly id: string; restart(): Promise<void> } };
  };
  readonly context: { readonly path: string };
  dispose(): void;
}
interface PageWithApp {
  readonly jupyterapp: {
    readonly commands: { execute(name: string, args: object): Promise<Panel> };
    readonly shell: { readonly currentWidget: Panel; widgets(area: string): Iterable<Panel> };
  };
}

/** The part of the page that shows the notebook on top. */
const ON_TOP = ".jp-NotebookPanel:not(.lm-mod-hidden)";

/** Opens another notebook beside the first, on the same kernel. */
async function openBeside({ page }: LabNotebook, name: string, cells: readonly string[]): Promise<void> {
  writeFileSync(join(session.lab.folder, name), notebookText(cells));
  await page.evaluate(async (path) => {
    const { commands, shell } = (window as unknown as PageWithApp).jupyterapp;
    const { id } = shell.currentWidget.sessionContext.session.kernel;
    await commands.execute("docmanager:open", { path, factory: "Notebook", kernel: { id } });
  }, name);
  await page.waitForFunction((path) => {
    const { currentWidget } = (window as unknown as PageWithApp).jupyterapp.shell;
    return currentWidget.context.path === path && Boolean(currentWidget.sessionContext.session?.kernel);
  }, name);
}

test("two notebooks on one kernel in one page are both live, and the second stays so when the first is closed", async () => {
  const first = await session.open("first.ipynb", [showAnswer("make a file")]);
  const { page } = first;
  await openBeside(first, "second.ipynb", [showAnswer("make a file"), showAnswer("slowly")]);
  await first.run(0);
  await page.waitForSelector(`${ON_TOP} .cn-approval-open`);
  await clickAnswer(page, `${ON_TOP} .cn-allow`);
  await page.waitForSelector(`${ON_TOP} >> text=Made it.`);
  await first.idle();

  await page.evaluate(() => {
    const { shell } = (window as unknown as PageWithApp).jupyterapp;
    [...shell.widgets("main")].find(({ context }) => context?.path === "first.ipynb")!.dispose();
  });
  await first.run(1);
  await page.waitForSelector(`${ON_TOP} .cn-run-bar:not([hidden])`);
  await page.waitForSelector(`${ON_TOP} >> text=The very end.`);
  await first.idle();
  await first.save();
  const { outputs } = session.lab.saved("second.ipynb").cells[1]!;
  expect(outputs).toHaveLength(1);
  expect(first.errors).toEqual([]);
  await page.close();
});

test("a tab whose extension is of another version leaves the tab before it live", async () => {
  const notebook = await session.open("versions.ipynb", [showAnswer("make a file")]);
  const { page } = notebook;
  const other = await session.openTab("versions.ipynb", { initScript: otherVersion });
  await other.page.waitForSelector(".cn-status:has-text('not live')");
  await notebook.run(0);
  await page.waitForSelector(".cn-approval-open");
  await clickAnswer(page, ".cn-allow");
  await notebook.idle();
  await notebook.shows(0, "Made it.");
  expect(await page.locator(".cn-status:has-text('not live')").count()).toBe(0);
  await other.page.close();
  await page.close();
});

test("a restart from another tab, and one that no tab asked for, are told to who follows the answer", async () => {
  const notebook = await session.open("restarted.ipynb", [showAnswer("at length"), showAnswer("at length")]);
  const { page } = notebook;
  await notebook.run(0);
  await page.waitForSelector("text=Paragraph 2.");
  await notebook.save();
  const other = await session.openTab("restarted.ipynb", { kernel: false });
  await other.page.waitForSelector("text=Paragraph 20.");
  const id = await other.page.evaluate(async () => {
    const { kernel } = (window as unknown as PageWithApp).jupyterapp.shell.currentWidget.sessionContext
      .session;
    await kernel.restart();
    return kernel.id;
  });
  // It says so itself where it still can, else the page does.
  for (const each of [other.page, page]) {
    await each.waitForSelector("text=Interrupted");
    await each.waitForSelector(".cn-run-bar", { state: "hidden" });
  }
  await other.page.close();

  await notebook.run(1);
  const second = page.locator(".jp-Cell >> nth=1");
  await second.locator("text=Paragraph 2.").waitFor();
  const url = `${session.lab.origin}/api/kernels/${id}/restart`;
  const reply = await fetch(url, {
    method: "POST",
    headers: { authorization: `token ${session.lab.token}` },
  });
  expect(reply.ok).toBe(true);
  await second.locator("text=Interrupted").waitFor();
  await second.locator(".cn-run-bar").waitFor({ state: "hidden" });
  await page.close();
});

test("a kernel of another language hears nothing of us", async () => {
  writeFileSync(join(session.lab.folder, "python.ipynb"), notebookText(["1 + 1"], [], "python3"));
  const notebook = await session.openTab("python.ipynb", {
    initScript: `
      window.sentToKernel = "";
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) {
        window.sentToKernel += typeof data === "string" ? data : new TextDecoder("latin1").decode(data);
        return send.call(this, data);
      };`,
  });
  await notebook.run(0);
  await notebook.idle();
  await notebook.shows(0, "2");
  const sent = await notebook.page.evaluate("window.sentToKernel");
  expect(sent).toContain("execute_request");
  expect(sent).not.toContain("claude-notebook.live");
  await notebook.page.close();
});
