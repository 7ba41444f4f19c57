import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { text, toolUse } from "../../../src/testing/index.js";
import { colourQuestion } from "../../support/colour-question.js";
import type { LabNotebook } from "./lab-notebook.js";
import { clickAnswer, labSession, showAnswer } from "./lab-session.js";

const bash = (when: string, command: string) => ({
  when,
  replies: [toolUse("Bash", { command, description: "What I need" }), text(`After ${when}.`)],
});

const session = labSession([
  bash("make a file", "touch made.txt && echo made-it"),
  bash("remove", "rm -f precious.txt"),
  {
    when: "twice",
    replies: [
      toolUse("Bash", { command: "npm run greet" }),
      toolUse("Bash", { command: "npm run greet" }),
      text("After twice."),
    ],
  },
  bash("hide", "touch hid\u200bden.txt"),
  {
    when: "edit",
    replies: [
      toolUse("Read", { file_path: "greet.ts" }),
      toolUse("Edit", { file_path: "greet.ts", old_string: "hello", new_string: "good day" }),
      text("After edit."),
    ],
  },
  {
    when: "wait first",
    replies: [
      toolUse("Bash", { command: "sleep 4" }),
      toolUse("Bash", { command: "touch waited.txt" }),
      text("After wait first."),
    ],
  },
  {
    when: "long line",
    replies: [
      toolUse("Write", { file_path: "long.ts", content: `const a = 1; // ${"-".repeat(6_000)} the end\n` }),
      text("After long line."),
    ],
  },
  {
    when: "plan it",
    replies: [toolUse("ExitPlanMode", { plan: "# Count the orders\n\n1. Read the file" }), text("Planned.")],
  },
  {
    when: "ask me",
    replies: [colourQuestion, text("Thank you.")],
  },
]);

async function start(name: string, prompts: readonly string[]): Promise<LabNotebook> {
  const notebook = await session.open(
    name,
    prompts.map((prompt) => showAnswer(prompt)),
  );
  await notebook.run(0);
  await notebook.page.waitForSelector(".cn-approval-open");
  return notebook;
}

test("the real claude asks in the cell, a click allows it, the tool runs, the file is there", async () => {
  const notebook = await start("allow.ipynb", ["make a file"]);
  const { page } = notebook;
  const ask = page.locator(".cn-approval-open");
  expect(await ask.innerText()).toContain("touch made.txt && echo made-it");
  expect(await ask.innerText()).toContain("may run scripts, may use the network");
  expect(existsSync(join(session.lab.folder, "made.txt"))).toBe(false);
  await clickAnswer(page, ".cn-allow");
  await notebook.idle();
  expect(existsSync(join(session.lab.folder, "made.txt"))).toBe(true);
  for (const words of ["Allowed once", "made-it", "After make a file."]) await notebook.shows(0, words);
  expect(notebook.errors).toEqual([]);
  await page.close();
});

test("buttons are dead for half a second after they appear, and again when they move", async () => {
  const notebook = await start("dead.ipynb", ["make a file"]);
  const { page } = notebook;
  await page.locator(".cn-deny").scrollIntoViewIfNeeded();
  await page.waitForSelector(".cn-actions:not(.cn-dead)");
  // All in one turn of the page: it moves, and is pressed where it stands then.
  const place = await page.evaluate(() => {
    const parts = document.querySelector<HTMLElement>(".cn-parts")!;
    parts.style.paddingTop = "40px";
    const { x, y, width, height } = document.querySelector(".cn-deny")!.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.mouse.click(place.x, place.y);
  expect(await page.locator(".cn-approval-open").count()).toBe(1);
  // A click that a script makes is none.
  await page.waitForSelector(".cn-actions:not(.cn-dead)");
  await page.evaluate(() => document.querySelector<HTMLButtonElement>(".cn-allow")!.click());
  await page.waitForTimeout(300);
  expect(await page.locator(".cn-approval-open").count()).toBe(1);
  await clickAnswer(page, ".cn-deny");
  await notebook.idle();
  await notebook.shows(0, "Denied");
  await page.close();
});

test("a denial with a reason reaches Claude; what is destructive is marked and has no default button", async () => {
  writeFileSync(join(session.lab.folder, "precious.txt"), "");
  const notebook = await start("deny.ipynb", ["remove"]);
  const { page } = notebook;
  expect(await page.locator(".cn-approval-open").innerText()).toContain("⚠ removes files");
  expect(await page.locator(".cn-default").count()).toBe(0);
  await page.waitForSelector(".cn-actions:not(.cn-dead)");
  await page.locator(".cn-approval-open").focus();
  for (const key of ["Enter", "y", "a"]) await page.keyboard.press(key);
  expect(await page.locator(".cn-approval-open").count()).toBe(1);
  await page.fill(".cn-reason", "it is precious");
  await clickAnswer(page, ".cn-deny");
  await notebook.idle();
  expect(existsSync(join(session.lab.folder, "precious.txt"))).toBe(true);
  expect(session.told()).toContain("it is precious");
  await page.close();
});

test("keys act only while the panel has the focus, and JupyterLab's own keys do not act in it", async () => {
  const notebook = await start("keys.ipynb", ["make a file"]);
  const { page } = notebook;
  await page.waitForSelector(".cn-actions:not(.cn-dead)");
  await page.locator(".jp-Cell >> nth=0 >> .jp-InputPrompt").click();
  await page.keyboard.press("y");
  await page.keyboard.press("n");
  expect(await page.locator(".cn-approval-open").count()).toBe(1);
  const cells = await page.locator(".jp-Cell").count();
  await page.locator(".cn-reason").focus();
  await page.keyboard.type("nay, b a dd");
  expect(await page.locator(".cn-approval-open").count()).toBe(1);
  expect(await page.locator(".jp-Cell").count()).toBe(cells);
  await page.locator(".cn-approval-open").focus();
  await page.waitForSelector(".cn-actions:not(.cn-dead)");
  await page.keyboard.press("n");
  await notebook.idle();
  await notebook.shows(0, "Denied");
  await page.close();
});

test("always allow keeps the CLI's own rule, and the same call is not asked again", async () => {
  writeFileSync(
    join(session.lab.folder, "package.json"),
    JSON.stringify({ scripts: { greet: "echo hello-there" } }),
  );
  // The CLI heeds a project's rules where the user has trusted the folder.
  const settings = join(session.claude.env.CLAUDE_CONFIG_DIR!, ".claude.json");
  const known = existsSync(settings) ? JSON.parse(readFileSync(settings, "utf8")) : {};
  const projects = { ...known.projects, [session.lab.folder]: { hasTrustDialogAccepted: true } };
  mkdirSync(session.claude.env.CLAUDE_CONFIG_DIR!, { recursive: true });
  writeFileSync(settings, JSON.stringify({ ...known, projects }));
  const notebook = await start("always.ipynb", ["twice", "twice"]);
  const { page } = notebook;
  const rule = await page.locator(".cn-rule").innerText();
  expect(rule).toMatch(/^Bash\(npm run (\*|greet)/);
  await clickAnswer(page, ".cn-always");
  await notebook.idle();
  for (const words of ["Always allowed", "After twice."]) await notebook.shows(0, words);
  expect(await page.locator(".cn-approval-done").count()).toBe(1);
  await notebook.run(1);
  await notebook.idle();
  await notebook.shows(1, "After twice.");
  expect(await page.locator(".cn-approval-done").count()).toBe(1);
  expect(await page.locator(".cn-parts .cn-execute .cn-ok").count()).toBe(4);
  expect(readFileSync(join(session.lab.folder, ".claude", "settings.local.json"), "utf8")).toContain(
    "npm run ",
  );
  await page.close();
});

test("of two tabs the first answer counts and both show it; nothing of it is live in the saved notebook", async () => {
  const notebook = await start("tabs.ipynb", ["hide"]);
  const { page } = notebook;
  expect(await page.locator(".cn-approval-open").innerText()).toContain("hid⟨U+200B⟩den.txt");
  expect(await page.locator(".cn-approval-open").innerText()).toContain("zero-width");
  await notebook.save();
  const stored = readFileSync(join(session.lab.folder, "tabs.ipynb"), "utf8");
  expect(stored).not.toContain("cn-approval");
  const askId = await page.locator(".cn-approval-open").getAttribute("data-ask");
  expect(stored).not.toContain(askId!);
  const second = await session.openTab("tabs.ipynb", { kernel: false });
  await second.page.waitForSelector(".cn-approval-open");
  await clickAnswer(second.page, ".cn-deny");
  for (const each of [page, second.page]) {
    await each.waitForSelector(".cn-approval-done");
    expect(await each.locator(".cn-approval-done").innerText()).toContain("Denied");
    expect(await each.locator(".cn-approval-open").count()).toBe(0);
  }
  await second.page.close();
  await page.close();
});

test("an interrupt withdraws the question and denies it", async () => {
  const notebook = await start("interrupt.ipynb", ["make a file"]);
  await notebook.command("notebook:interrupt-kernel");
  await notebook.idle();
  await notebook.page.waitForSelector(".cn-approval-done");
  expect(await notebook.page.locator(".cn-approval-open").count()).toBe(0);
  // An interrupted cell does not wait for what it shows last.
  await notebook.page.waitForSelector("text=Interrupted");
  await notebook.page.close();
});

test("Claude's questions are a form; the answer reaches Claude", async () => {
  const notebook = await start("form.ipynb", ["ask me"]);
  const { page } = notebook;
  await clickAnswer(page, ".cn-allow");
  expect(await page.locator(".cn-approval-open").innerText()).toContain("Each question needs an answer");
  await page.click(".cn-approval-open >> text=Blue");
  await clickAnswer(page, ".cn-allow");
  await notebook.idle();
  await notebook.shows(0, "Thank you.");
  expect(session.told()).toMatch(/Which colour\?[^}]*Blue/);
  await page.close();
});

test("Claude's plan is drawn as it reads, and approved or sent back with a reason", async () => {
  const cell = showAnswer("plan it", '{ permissionMode: "plan" }');
  const notebook = await session.open("plan.ipynb", [cell, cell]);
  const { page } = notebook;
  await notebook.run(0);
  const ask = page.locator(".cn-approval-open");
  await ask.waitFor();
  expect(await ask.locator(".cn-text h1").innerText()).toBe("Count the orders");
  await page.locator(".cn-reason").fill("by month, please");
  await clickAnswer(page, ".cn-deny");
  await notebook.idle();
  expect(session.told()).toContain("by month, please");
  await notebook.run(1);
  await ask.waitFor();
  expect(await page.locator(".cn-allow").innerText()).toBe("Approve the plan");
  await clickAnswer(page, ".cn-allow");
  await notebook.idle();
  await notebook.shows(1, "Plan approved");
  await page.close();
});

test("an edit is shown as what it changes, and made when it is allowed", async () => {
  const file = join(session.lab.folder, "greet.ts");
  writeFileSync(file, 'export const words = "hello";\n');
  const notebook = await start("edit.ipynb", ["edit"]);
  const { page } = notebook;
  const diff = page.locator(".cn-approval-open .cn-diff");
  expect(await diff.innerText()).toMatch(/hello[\s\S]*good day/);
  expect(await page.locator(".cn-approval-open").innerText()).toContain("greet.ts");
  expect(readFileSync(file, "utf8")).toContain("hello");
  await clickAnswer(page, ".cn-allow");
  await notebook.idle();
  expect(readFileSync(file, "utf8")).toContain("good day");
  await page.close();
});

test("what a panel would cut stands below it whole", async () => {
  const notebook = await start("long.ipynb", ["long line"]);
  const { page } = notebook;
  const exact = page.locator(".cn-approval-open details:has(> summary:text-is('The exact input'))");
  expect(await exact.evaluate((fold: HTMLDetailsElement) => fold.open)).toBe(true);
  expect(await exact.innerText()).toContain("--- the end");
  await clickAnswer(page, ".cn-deny");
  await notebook.idle();
  await page.close();
});

test("where the output was cleared meanwhile, the question comes in an output of its own", async () => {
  const cell = showAnswer("wait first", '{ allowedTools: ["Bash(sleep:*)"] }');
  const notebook = await session.open("cleared.ipynb", [cell]);
  const { page } = notebook;
  await notebook.run(0);
  await page.waitForSelector(".cn-parts .cn-execute");
  await notebook.command("notebook:clear-cell-output");
  await page.waitForFunction(() => document.querySelectorAll(".cn-response").length === 0);
  await page.waitForSelector(".cn-approval-open");
  await clickAnswer(page, ".cn-allow");
  await notebook.idle();
  expect(existsSync(join(session.lab.folder, "waited.txt"))).toBe(true);
  await notebook.shows(0, "Allowed once");
  await page.close();
});
