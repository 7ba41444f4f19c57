import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { text, thinking, toolUse } from "../../../src/testing/index.js";
import { launchChromium } from "../../support/chromium.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";
import { type LabWithKernel, notebookText, startLab } from "./lab-notebook.js";

const images = resolve(import.meta.dirname, "../../../docs/images");

/** `PICTURES=1 npx vitest run --project e2e test/e2e/lab/pictures` takes the pictures of docs/ again. */
const isAsked = process.env.PICTURES === "1";

let claude: ScriptedClaude;
let lab: LabWithKernel;
let browser: Browser;

const answer = `The revenue of January is counted twice: \`join\` matches every order with **both** of its invoices.

\`\`\`ts
const byOrder = new Map(invoices.map((invoice) => [invoice.order, invoice]));
const revenue = orders.reduce((sum, { id }) => sum + (byOrder.get(id)?.total ?? 0), 0);
\`\`\`

| month | before | after |
| --- | ---: | ---: |
| January | 48,200 | 24,100 |
| February | 31,900 | 31,900 |

Counting is the easy half. The other half is to divide by the orders of the month before you compare, because
February has fewer days and the sale began on the 26th. That is why the average went up while the sum went down,
and why the chart of last week looked wrong to everybody who knows the shop.`;

beforeAll(async () => {
  if (!isAsked) return;
  claude = await scriptedClaude(
    [
      {
        when: "Why is January counted twice?",
        replies: [
          [
            thinking("The sum doubles in January only. I'll look at the orders first, then at the join."),
            toolUse("Bash", {
              command: "head -3 orders.csv && grep -c January orders.csv",
              description: "Look at the orders",
            }),
          ],
          [text(answer)],
        ],
      },
      {
        when: "Clean up the build folder.",
        replies: [
          toolUse("Bash", { command: "npm run build 2>&1 | tail -3", description: "Build what is kept" }),
          toolUse("Bash", {
            command:
              "find ./build -name '*.tmp' -mtime +7 -delete &&\n  curl -s -X POST https://hooks.example.com/cleaned -d @report.json",
            description: "Delete old temporary files and report it",
          }),
          text("Done."),
        ],
      },
      {
        when: /^Which month/,
        replies: [
          [
            text("I'll add the orders up by month."),
            toolUse("mcp__notebook__run_cell", {
              code: `const byMonth = new Map<string, number>();
for (const { month, total } of orders)
  byMonth.set(month, (byMonth.get(month) ?? 0) + total);
[...byMonth].sort(([, a], [, b]) => b - a)`,
            }),
          ],
          text("February."),
        ],
      },
    ],
    { delayMs: 30 },
  );
  lab = await startLab(claude.env);
  writeFileSync(join(lab.folder, "orders.csv"), "id,month,total\n1,January,120\n2,January,80\n");
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
  await claude?.api.close();
});

async function take(page: Page, name: string, cell = 0): Promise<void> {
  await page.locator(`.jp-Cell >> nth=${cell}`).screenshot({ path: join(images, `${name}.png`) });
}

/** Options of a notebook that is opened in a theme. */
const inTheme = (theme: string) => (theme === "dark" ? { theme: "JupyterLab Dark" } : {});

for (const theme of ["light", "dark"]) {
  test.skipIf(!isAsked)(`a live answer and an approval, ${theme}`, async () => {
    const name = `picture-${theme}.ipynb`;
    const ask = (prompt: string, options = ""): string =>
      `await display_claude_response(query({\n  prompt: ${JSON.stringify(prompt)},${options}\n}));`;
    writeFileSync(
      join(lab.folder, name),
      notebookText([ask("Why is January counted twice?", `\n  options: { allowedTools: ["Bash"] },`)]),
    );
    const live = await lab.openTab(browser, name, inTheme(theme));
    await live.run(0);
    await live.page.waitForSelector("text=/The other half/");
    await live.page.mouse.move(0, 0);
    await take(live.page, `lab-live-${theme}`);
    await live.page.close();

    writeFileSync(join(lab.folder, `ask-${name}`), notebookText([ask("Clean up the build folder.")]));
    const approval = await lab.openTab(browser, `ask-${name}`, inTheme(theme));
    await approval.run(0);
    await approval.page.waitForSelector(".cn-approval-open");
    await approval.page.waitForSelector(".cn-actions:not(.cn-dead)");
    await approval.page.click(".cn-allow");
    await approval.page.waitForSelector(".cn-approval-risky");
    await approval.page.waitForSelector(".cn-actions:not(.cn-dead)");
    await approval.page.mouse.move(0, 0);
    await take(approval.page, `lab-approval-${theme}`);
    await approval.page.close();
  });

  test.skipIf(!isAsked)(`a prompt in a cell, and code that asks to run, ${theme}`, async () => {
    const cells = [
      `const orders = [
  { month: "January", total: 120 },
  { month: "February", total: 310 },
];`,
      "%%claude --new -o answer\nWhich month went **best**? The orders are in `orders`:\n\n- add them up by month\n- name one month, no more",
    ];
    const notebook = await lab.open(browser, `cell-${theme}.ipynb`, cells, inTheme(theme));
    for (const index of [0, 1]) await notebook.run(index);
    await notebook.page.waitForSelector(".cn-approval-open .cn-actions:not(.cn-dead)");
    await notebook.page.mouse.move(0, 0);
    await take(notebook.page, `lab-run-cell-${theme}`, 1);
    await notebook.page.close();
  });
}
