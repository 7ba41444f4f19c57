import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { text, toolUse } from "../../../src/testing/index.js";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { labSession, showAnswer } from "./lab-session.js";

const session = labSession(
  [
    {
      when: "make a file",
      replies: [toolUse("Bash", { command: "touch plain.txt" }), text("It is **made**.")],
    },
    {
      when: "hidden",
      replies: [toolUse("Bash", { command: "touch a\u202etxt.b\u200b" }), text("Done with it.")],
    },
  ],
  { extension: false },
);

test("without the extension a question comes as a line of input, y allows it, and the answer is HTML", async () => {
  const notebook = await session.open("plain.ipynb", [showAnswer("make a file"), showAnswer("hidden")]);
  const { page } = notebook;
  await notebook.run(0);
  await page.waitForSelector(".jp-Stdin-input");
  const question = await page.locator(".jp-Stdin-prompt").innerText();
  expect(question).toContain("touch plain.txt");
  expect(question).toContain("may run scripts, may use the network");
  await page.fill(".jp-Stdin-input", "y");
  await page.press(".jp-Stdin-input", "Enter");
  await notebook.idle();
  expect(existsSync(join(session.lab.folder, "plain.txt"))).toBe(true);
  expect(await page.locator(".jp-RenderedHTMLCommon .cn-text strong").innerText()).toBe("made");

  await notebook.run(1);
  const second = page.locator(".jp-Cell >> nth=1");
  await second.locator(".jp-Stdin-input").waitFor();
  expect(await second.locator(".jp-Stdin-prompt").innerText()).toContain("touch a⟨U+202E⟩txt.b⟨U+200B⟩");
  await second.locator(".jp-Stdin-input").fill("n not this one");
  await second.locator(".jp-Stdin-input").press("Enter");
  await notebook.idle();
  await notebook.shows(1, /not allowed|not this one/);
  expect(session.told()).toContain("not this one");
  await page.close();
});

test("where input is not allowed a tool is denied, and the message says how to allow it", async () => {
  const kernel: KernelClient = await startKernelClient({ env: session.claude.env });
  try {
    const exchange = await kernel.execute(showAnswer("make a file"), {
      timeoutMs: 90_000,
      content: { allow_stdin: false },
    });
    expect(exchange.reply).toMatchObject({ status: "ok" });
    expect(kernel.questions).toEqual([]);
    const told = session.told();
    expect(told).toContain("nobody can be asked here");
    expect(told).toContain("allowedTools");
    expect(existsSync(join(kernel.cwd, "plain.txt"))).toBe(false);
  } finally {
    await kernel.close();
  }
});
