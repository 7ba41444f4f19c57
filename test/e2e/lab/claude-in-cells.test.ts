import { expect, test } from "vitest";
import { text, toolUse } from "../../../src/testing/index.js";
import { clickAnswer, labSession } from "./lab-session.js";

const CODE = `const doubled: number = prices.map((price) => price * 2).reduce((a, b) => a + b, 0);
console.log("the sum", doubled);
// ${"a line that a panel would cut ".repeat(20)}the end`;

const runs = (when: string, code: string, then: string) => ({
  when,
  replies: [toolUse("mcp__notebook__run_cell", { code }), text(then)],
});

const session = labSession([
  runs("Double them", CODE, "Twice as much."),
  runs("Forget them", "prices.length = 0;", "Then not."),
  { when: /^Capital of Atlantis/, replies: [text("Nobody knows.")] },
  { when: /^Capital of/, replies: [text("A **city**.")] },
]);

test("code of Claude's is shown whole and coloured; a click runs it, its output shows and its variables stay", async () => {
  const notebook = await session.open("run-cell.ipynb", [
    "const prices = [10, 11];",
    "%%claude --new\nDouble them",
    "doubled + 1",
  ]);
  const { page } = notebook;
  await notebook.run(0);
  await notebook.idle();
  await notebook.run(1);
  const ask = page.locator(".cn-approval-open");
  await ask.waitFor();
  const code = ask.locator(".cn-approval-code");
  expect(await code.innerText()).toBe(CODE);
  expect(await code.locator("span[class]", { hasText: /^const$/ }).count()).toBe(1);
  const isInSight = await code.evaluate(
    ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
      scrollHeight <= clientHeight && scrollWidth <= clientWidth,
  );
  expect(isInSight).toBe(true);
  expect(await ask.innerText()).toContain("runs in this notebook's kernel");
  expect(await ask.locator(".cn-always").count()).toBe(0);
  expect(await notebook.shown(1)).not.toContain("the sum 42");
  await clickAnswer(page, ".cn-allow");
  await notebook.idle();
  for (const words of ["Allowed once", "the sum 42", "Twice as much."]) await notebook.shows(1, words);
  expect(session.told()).toContain("the sum 42");
  await notebook.run(2);
  await notebook.idle();
  await notebook.shows(2, /\b43$/);
  expect(notebook.errors).toEqual([]);
  await page.close();
});

test("denied code does not run: Claude reads why, and the variables are what they were", async () => {
  const notebook = await session.open("denied-cell.ipynb", [
    "const prices = [10, 11];",
    'await claude("Forget them", { new: true, permissionMode: "acceptAll" });',
    "prices.length",
  ]);
  const { page } = notebook;
  await notebook.run(0);
  await notebook.idle();
  await notebook.run(1);
  await page.locator(".cn-approval-open").waitFor();
  await page.fill(".cn-reason", "I need them");
  await clickAnswer(page, ".cn-deny");
  await notebook.idle();
  for (const words of ["Denied", "prices.length = 0;", "I need them", "Then not."])
    await notebook.shows(1, words);
  expect(session.told()).toContain("I need them");
  await notebook.run(2);
  await notebook.idle();
  await notebook.shows(2, /\b2$/);
  await page.close();
});

test("the grid of a map fills while its items are asked about, in one output", async () => {
  const notebook = await session.open("map.ipynb", [
    `const capitals = await claude.map(["Norway", "Atlantis", "Chad"], "Capital of {item}?", { concurrency: 1 });`,
  ]);
  const { page } = notebook;
  await notebook.run(0);
  const rows = page.locator(".jp-Cell .cn-table tbody tr, .jp-Cell table tbody tr");
  await page.waitForSelector("text=/1 running/");
  expect(await rows.count()).toBe(3);
  await page.waitForSelector("text=/[12] done/");
  await notebook.shows(0, /Norway\s+A \*\*city\*\*\./);
  await notebook.idle();
  await notebook.shows(0, "3 done");
  await notebook.shows(0, /Atlantis\s+Nobody knows\./);
  expect(await page.locator(".jp-OutputArea-child").count()).toBe(1);
  await notebook.save();
  const { outputs } = session.lab.saved("map.ipynb").cells[0]!;
  expect(outputs.length).toBe(1);
  expect(String(outputs[0]!.data["text/plain"])).toContain("Nobody knows.");
  expect(notebook.errors).toEqual([]);
  await page.close();
});
