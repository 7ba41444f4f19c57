import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { text, toolUse } from "../../../src/testing/index.js";
import { MIME } from "./lab-notebook.js";
import { clickAnswer, labSession, showAnswer } from "./lab-session.js";

const paragraphs = Array.from({ length: 90 }, (_, i) => `Paragraph ${i + 1}. Divide by the orders first.`);
const session = labSession(
  [
    { when: "slowly", replies: [text(`${paragraphs.join("\n\n")}\n\nThe very end.`)] },
    { when: "make a file", replies: [toolUse("Bash", { command: "touch made.txt" }), text("Made it.")] },
  ],
  { delayMs: 25 },
);

/** What Notebook 7.6 logs when a page is loaded, with and without extensions. */
const OF_NOTEBOOK = "TypeError: Cannot read properties of undefined (reading 'schema')";

test("in Notebook 7 an answer is live, a reload catches up, and a tool is allowed in the cell", async () => {
  const cells = [showAnswer("slowly"), showAnswer("make a file")];
  const notebook = await session.open("seven.ipynb", cells, { app: "notebook" });
  const { page } = notebook;
  await notebook.run(0);
  await page.waitForSelector(".cn-run-bar:not([hidden])");
  await page.waitForSelector("text=Paragraph 3.");
  await notebook.save();
  await page.reload();
  await page.waitForSelector("text=The very end.");
  await page.waitForSelector(".cn-foot");
  await notebook.idle();

  await notebook.run(1);
  await page.waitForSelector(".cn-approval-open");
  expect(await page.locator(".cn-approval-open").innerText()).toContain("touch made.txt");
  await clickAnswer(page, ".cn-allow");
  await notebook.idle();
  expect(existsSync(join(session.lab.folder, "made.txt"))).toBe(true);
  await notebook.shows(1, /Made it\.[\s\S]*Allowed once/);
  await notebook.save();
  for (const { outputs } of session.lab.saved("seven.ipynb").cells) {
    expect(outputs).toHaveLength(1);
    expect(outputs[0]!.data[MIME]).not.toHaveProperty("live");
  }
  expect(notebook.errors.filter((error) => error !== OF_NOTEBOOK)).toEqual([]);
  await page.close();
});
