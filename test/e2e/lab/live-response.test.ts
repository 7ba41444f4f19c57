import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { text, thinking, toolUse } from "../../../src/testing/index.js";
import { type LabNotebook, MIME, notebookText, otherVersion } from "./lab-notebook.js";
import { labSession, showAnswer } from "./lab-session.js";

const sentence = "Counting is the easy half; divide by the orders of the month before you compare. ";
const paragraphs = (count: number): string =>
  Array.from({ length: count }, (_, i) => `Paragraph ${i + 1}. ${sentence.repeat(2)}`).join("\n\n");

const session = labSession(
  [
    {
      when: "look and answer",
      replies: [
        [
          thinking("First look at the folder. Then answer."),
          toolUse("Bash", { command: "echo looked; echo here", description: "Look" }),
        ],
        [text(`# Answer\n\n${paragraphs(4)}\n\n\`\`\`ts\nconst a = 1;\nconst b = 2;\n\`\`\`\n\nThe end.`)],
      ],
    },
    { when: "slowly", replies: [text(`Begin.\n\n${paragraphs(60)}\n\nThe very end.`)] },
  ],
  { delayMs: 25 },
);

const show = (prompt: string): string => showAnswer(prompt, '{ allowedTools: ["Bash"] }');

describe("an answer in JupyterLab", () => {
  let notebook: LabNotebook;
  beforeAll(async () => {
    notebook = await session.open("answer.ipynb", [show("look and answer"), "1"]);
  });

  test("streams into nodes that stay: a fold, a selection and the focus survive it", async () => {
    const { page } = notebook;
    await notebook.run(0);
    await page.waitForSelector('.cn-parts h1:has-text("Answer")');
    await page.evaluate(() => {
      const fold = document.querySelector<HTMLDetailsElement>(".cn-parts .cn-think")!;
      Object.assign(window, { kept: { fold, heading: document.querySelector(".cn-parts h1") } });
    });
    const wasOpen = await page.evaluate(() => document.querySelector<HTMLDetailsElement>(".cn-think")!.open);
    await page.click(".cn-think > summary");
    await page.evaluate(() => {
      document.querySelector<HTMLElement>(".cn-think > summary")!.focus();
      getSelection()!.selectAllChildren(document.querySelector(".cn-parts h1")!);
    });
    await page.waitForSelector(".cn-parts .cn-code");
    await notebook.idle();
    const after = await page.evaluate(() => {
      const { fold, heading } = (
        window as unknown as { kept: { fold: HTMLDetailsElement; heading: Element } }
      ).kept;
      return {
        isOpen: fold.open,
        isSameFold: fold.isConnected && fold === document.querySelector(".cn-think"),
        isSameHeading: heading.isConnected && heading === document.querySelector(".cn-parts h1"),
        // The range, not the selection's own text: JupyterLab's contents put an empty span into the heading, for which Chromium
        // gives no text of a selection that still stands.
        selected: String(getSelection()!.getRangeAt(0)),
        focused: document.activeElement === fold.querySelector("summary"),
      };
    });
    expect(after).toEqual({
      isOpen: !wasOpen,
      isSameFold: true,
      isSameHeading: true,
      selected: "Answer",
      focused: true,
    });
    await notebook.shows(0, "The end.");
  });

  test("shows what the HTML without the extension shows", async () => {
    const { page } = notebook;
    await notebook.save();
    const html = session.lab.saved("answer.ipynb").cells[0]!.outputs[0]!.data["text/html"];
    const [live, plain] = await page.evaluate((html) => {
      const box = document.createElement("div");
      box.innerHTML = ([] as string[]).concat(html as string).join("");
      for (const each of box.querySelectorAll("style")) each.remove();
      const parts = document.querySelector(".cn-parts")!.cloneNode(true) as HTMLElement;
      for (const each of parts.querySelectorAll(".cn-code-tools")) each.remove();
      const words = (element: Element) => element.textContent!.replace(/\s+/g, "");
      return [words(parts), words(box)];
    }, html);
    expect(live).toBe(plain);
    expect(live).toContain("lookedhere");
  });

  test("is saved as one output with all its forms, complete", () => {
    const { outputs } = session.lab.saved("answer.ipynb").cells[0]!;
    expect(outputs).toHaveLength(1);
    const { data } = outputs[0]!;
    const stored = data[MIME] as { parts: { type: string; state: string }[]; live?: boolean };
    expect(stored.live).toBeUndefined();
    expect(stored.parts.map(({ type, state }) => [type, state])).toEqual([
      ["thinking", "done"],
      ["tool", "done"],
      ["text", "done"],
      ["footer", "done"],
    ]);
    for (const format of ["text/html", "text/markdown", "text/plain"])
      expect(([] as string[]).concat(data[format] as string).join("")).toContain("The end.");
  });

  test("gives code to copy and to insert as a cell below", async () => {
    const { page } = notebook;
    await page.hover(".cn-code");
    await page.click(".cn-code >> text=Insert below");
    await page.waitForFunction(() => document.querySelectorAll(".jp-Cell").length === 3);
    await notebook.save();
    const { source } = session.lab.saved("answer.ipynb").cells[1]!;
    expect([source].flat().join("")).toBe("const a = 1;\nconst b = 2;");
    await page.hover(".cn-parts h1");
    await page.click("text=Collapse all");
    expect(await page.evaluate(() => document.querySelectorAll(".cn-parts details[open]").length)).toBe(0);
    await page.click("text=Expand all");
    expect(await page.evaluate(() => document.querySelectorAll(".cn-parts details:not([open])").length)).toBe(
      0,
    );
  });

  test("tells in the status bar what it cost, and leaves no error in the console", async () => {
    expect(await notebook.page.locator(".cn-status").innerText()).toMatch(/^Claude: \$0\.\d+/);
    expect(notebook.errors).toEqual([]);
  });
});

describe("an answer that is interrupted, reloaded, followed twice", () => {
  test("a save while it is written stores what is shown, a reload catches up, a second tab follows", async () => {
    const notebook = await session.open("reload.ipynb", [show("slowly")]);
    const { page } = notebook;
    await notebook.run(0);
    await page.waitForSelector("text=Paragraph 3.");
    await notebook.save();
    const stored = session.lab.saved("reload.ipynb").cells[0]!.outputs[0]!.data;
    expect(stored[MIME]).toMatchObject({ live: true });
    for (const form of [stored["text/html"], stored["text/plain"], JSON.stringify(stored[MIME])])
      expect(([] as string[]).concat(form as string).join("")).toContain("Paragraph 3.");

    await page.reload();
    const second = await session.openTab("reload.ipynb", { kernel: false });
    for (const each of [page, second.page]) await each.waitForSelector("text=Paragraph 30.");
    for (const each of [page, second.page]) {
      await each.waitForSelector("text=The very end.");
      await each.waitForSelector(".cn-foot");
    }
    expect(second.errors).toEqual([]);
    await notebook.save();
    expect(JSON.stringify(session.lab.saved("reload.ipynb").cells[0]!.outputs)).toContain("The very end.");
    await second.page.close();
  });

  test("who reads the end goes on seeing it; who reads something else stays there", async () => {
    const notebook = await session.open("tail.ipynb", [show("slowly")]);
    const { page } = notebook;
    const place = () =>
      page.evaluate(() => {
        const scroller = document.querySelector<HTMLElement>(".jp-WindowedPanel-outer")!;
        const { bottom } = document.querySelector(".cn-live")!.getBoundingClientRect();
        return { below: bottom - scroller.getBoundingClientRect().bottom, top: scroller.scrollTop };
      });
    await notebook.run(0);
    await page.waitForSelector("text=Paragraph 25.");
    const following = await place();
    expect(following.top).toBeGreaterThan(0);
    expect(following.below).toBeLessThan(60);
    await page.evaluate(() => {
      document.querySelector<HTMLElement>(".jp-WindowedPanel-outer")!.scrollTop = 40;
    });
    await page.waitForSelector("text=Paragraph 40.");
    expect((await place()).top).toBe(40);
    await notebook.command("notebook:interrupt-kernel");
    await notebook.idle();
    await page.close();
  });

  test("an extension of another version says so, and the answer comes as HTML", async () => {
    writeFileSync(join(session.lab.folder, "version.ipynb"), notebookText([show("look and answer")]));
    const notebook = await session.openTab("version.ipynb", { initScript: otherVersion });
    const { page } = notebook;
    await page.waitForSelector(".cn-status:has-text('not live')");
    expect(await page.locator(".cn-status").getAttribute("title")).toMatch(/claude-notebook install/);
    await notebook.run(0);
    await notebook.idle();
    await notebook.shows(0, "The end.");
    expect(await page.locator(".cn-run-bar:visible").count()).toBe(0);
    await notebook.save();
    expect(session.lab.saved("version.ipynb").cells[0]!.outputs.length).toBeGreaterThan(1);
    await page.close();
  });

  test("the Stop button and an interrupt stop the turn, and the answer says so", async () => {
    const notebook = await session.open("stop.ipynb", [show("slowly"), show("slowly")]);
    const { page } = notebook;
    await notebook.run(0);
    await page.waitForSelector("text=Paragraph 2.");
    await page.click(".cn-run-bar >> text=Stop");
    await notebook.idle();
    await page.waitForSelector("text=Interrupted");
    await notebook.run(1);
    await page.waitForSelector(".jp-Cell >> nth=1 >> text=Paragraph 2.");
    await notebook.command("notebook:interrupt-kernel");
    await notebook.idle();
    await page.waitForSelector(".jp-Cell >> nth=1 >> text=Interrupted");
    await page.waitForFunction(() => document.querySelectorAll(".cn-run-bar:not([hidden])").length === 0);
  });

  test("a restart of the kernel in the middle says so, keeps what was shown, and the next answer is live again", async () => {
    const notebook = await session.open("restart.ipynb", [show("slowly"), show("look and answer")]);
    const { page } = notebook;
    await notebook.run(0);
    await page.waitForSelector("text=Paragraph 2.");
    await page.evaluate(() => {
      const app = (
        window as unknown as {
          jupyterapp: {
            shell: {
              currentWidget: { sessionContext: { session: { kernel: { restart(): Promise<void> } } } };
            };
          };
        }
      ).jupyterapp;
      return app.shell.currentWidget.sessionContext.session.kernel.restart();
    });
    await page.waitForSelector("text=/The kernel was restarted/");
    await notebook.shows(0, "Paragraph 2.");
    await notebook.idle();
    await notebook.run(1);
    await page.waitForSelector(".jp-Cell >> nth=1 >> .cn-run-bar");
    await notebook.idle();
    await notebook.shows(1, "The end.");
    await notebook.save();
    expect(JSON.stringify(session.lab.saved("restart.ipynb"))).not.toContain('"live":true');
  });

  test("a closed tab loses nothing: claude.reattach() shows the turn that went on without it", async () => {
    const notebook = await session.open("closed.ipynb", [
      `const turn = display_claude_response(query({ prompt: "slowly" })); 0`,
      "claude.reattach()",
      "await turn; 0",
    ]);
    await notebook.run(0);
    await notebook.page.waitForSelector("text=Paragraph 2.");
    await notebook.page.close();
    const again = await session.openTab("closed.ipynb");
    await again.run(1);
    await again.page.waitForSelector("text=Paragraph 10.");
    await again.run(2);
    await again.idle();
    await again.shows(1, "The very end.");
    await again.save();
    expect(readFileSync(join(session.lab.folder, "closed.ipynb"), "utf8")).toContain("The very end.");
  });

  test("a burst that the server throws away is recovered from", async () => {
    const flood = `const turn = display_claude_response(query({ prompt: "slowly" }));
await new Promise((resolve) => setTimeout(resolve, 1000));
for (let i = 0; i < 8000; i++) display({ "text/plain": String(i) }, { raw: true, display_id: "flood", update: i > 0 });
await turn; 0`;
    const notebook = await session.open("burst.ipynb", [flood]);
    await notebook.run(0);
    await notebook.page.waitForSelector("text=The very end.");
    await notebook.idle();
    const shown = await notebook.shown(0);
    for (let i = 1; i <= 60; i++) expect(shown).toContain(`Paragraph ${i}.`);
  });
});
