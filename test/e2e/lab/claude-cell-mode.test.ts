import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { type LabNotebook, notebookText } from "./lab-notebook.js";
import { labSession } from "./lab-session.js";

const session = labSession([]);
/** What JupyterLab takes the mode for that the kernel names. */
const CODE = "typescript";
const PROMPT = "%%claude --new\nWhich **city** is it?";

/** The language of a cell's editor, once it is this one. */
async function isIn(notebook: LabNotebook, index: number, language: string): Promise<void> {
  await editorOf(notebook, index)
    .and(notebook.page.locator(`[data-language=${language}]`))
    .waitFor();
}

function editorOf({ page }: LabNotebook, index: number): Locator {
  return page.locator(`.jp-Cell >> nth=${index} >> .cm-content`);
}

function sourceOf({ page }: LabNotebook, index: number): Promise<string> {
  return page.evaluate(
    (index) => jupyterapp.shell.currentWidget.content.widgets[index]!.model.sharedModel.getSource(),
    index,
  );
}

/** What the tests use of `window.jupyterapp`, in the page. */
declare const jupyterapp: {
  shell: {
    currentWidget: {
      content: { widgets: { model: { sharedModel: { getSource(): string } } }[] };
      context: { model: { dirty: boolean } };
      sessionContext: { changeKernel(options: { name: string }): Promise<unknown> };
    };
  };
};

test("a prompt is markdown when its notebook opens, and the other cells stay what they are", async () => {
  const notebook = await session.open("load.ipynb", [PROMPT, "const a = 1;", "// %%claude"]);
  await isIn(notebook, 0, "markdown");
  await isIn(notebook, 1, CODE);
  await isIn(notebook, 2, CODE);
  expect(await editorOf(notebook, 0).locator(".cm-line >> nth=1 >> span").count()).toBeGreaterThan(0);
  await notebook.save();
  const saved = session.lab.saved("load.ipynb").cells[0]!;
  expect([saved.source].flat().join("")).toBe(PROMPT);
  expect(JSON.stringify(saved)).not.toContain("markdown");
  expect(notebook.errors).toEqual([]);
  await notebook.page.close();
  // The first time JupyterLab itself writes the kernel's language into the notebook.
  const again = await session.openTab("load.ipynb");
  await isIn(again, 0, "markdown");
  const isDirty = await again.page.evaluate(() => jupyterapp.shell.currentWidget.context.model.dirty);
  expect(isDirty).toBe(false);
  await again.page.close();
});

test("typed, taken away, pasted, undone and redone: the language follows, and the text is what was typed", async () => {
  const notebook = await session.open("type.ipynb", ["", ""]);
  const { page } = notebook;
  await isIn(notebook, 0, CODE);
  await editorOf(notebook, 0).click();
  await page.keyboard.type("%%claude");
  await isIn(notebook, 0, "markdown");
  await page.keyboard.type("tte");
  await isIn(notebook, 0, CODE);
  for (const _ of "tte") await page.keyboard.press("Backspace");
  await isIn(notebook, 0, "markdown");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Is 7 **prime**?");
  expect(await sourceOf(notebook, 0)).toBe("%%claude\nIs 7 **prime**?");
  await isIn(notebook, 1, CODE);

  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await isIn(notebook, 0, CODE);

  await editorOf(notebook, 1).click();
  await editorOf(notebook, 1).evaluate((editor, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, PROMPT);
  await isIn(notebook, 1, "markdown");
  expect(await sourceOf(notebook, 1)).toBe(PROMPT);
  await page.keyboard.press("ControlOrMeta+z");
  await isIn(notebook, 1, CODE);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await isIn(notebook, 1, "markdown");
  expect(await sourceOf(notebook, 1)).toBe(PROMPT);
  await page.close();
});

test("a cell that is inserted, duplicated or made a code cell of a markdown one gets it too", async () => {
  const notebook = await session.open("insert.ipynb", [PROMPT]);
  await isIn(notebook, 0, "markdown");
  await notebook.command("notebook:duplicate-below");
  await isIn(notebook, 1, "markdown");
  await notebook.command("notebook:change-cell-to-markdown");
  await notebook.command("notebook:change-cell-to-code");
  await isIn(notebook, 1, "markdown");
  await notebook.page.close();
});

test("a notebook of another kernel is left alone, and so is ours once it is given another kernel", async () => {
  writeFileSync(join(session.lab.folder, "python.ipynb"), notebookText([PROMPT], [], "python3"));
  const python = await session.openTab("python.ipynb");
  await isIn(python, 0, "python");
  await python.page.close();

  const ours = await session.open("change.ipynb", [PROMPT]);
  await isIn(ours, 0, "markdown");
  const change = (name: string) =>
    ours.page.evaluate(
      (name) => jupyterapp.shell.currentWidget.sessionContext.changeKernel({ name }).then(() => {}),
      name,
    );
  await change("python3");
  await isIn(ours, 0, "python");
  await change("claude-notebook");
  await isIn(ours, 0, "markdown");
  await ours.page.close();
});
