import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { copyDemo, DEMO_NAME } from "../support/demo-notebook.js";
import { type HtmlPage, loadedUrls, parseHtml } from "../support/html-page.js";
import { type CliRun, runCli } from "../support/run-cli.js";
import { tempFolder } from "../support/temp-folder.js";

// `npm run demo` as a stranger runs it: no `claude`, no account, a fresh home folder.
let folder: string;
let run: CliRun;
let exported: CliRun;
let html: string;
let page: HtmlPage;

beforeAll(async () => {
  folder = tempFolder();
  const notebook = copyDemo(folder);
  run = await runCli(["run", notebook, "-o", join(folder, "executed.ipynb")], { home: folder });
  exported = await runCli(
    ["export", join(folder, "executed.ipynb"), "-o", join(folder, `${DEMO_NAME}.html`)],
    {
      home: folder,
    },
  );
  const path = join(folder, `${DEMO_NAME}.html`);
  html = existsSync(path) ? readFileSync(path, "utf8") : "";
  page = parseHtml(html);
});

test("runs from its recordings and names the file it wrote", () => {
  expect(run).toMatchObject({ exitCode: 0 });
  expect(run.stdout).toContain(join(folder, "executed.ipynb"));
});

test("exports to one page and names it", () => {
  expect(exported).toMatchObject({ exitCode: 0 });
  expect(exported.stdout).toContain(join(folder, `${DEMO_NAME}.html`));
});

test("the page would load nothing from anywhere", () => {
  expect(loadedUrls(page)).toEqual([]);
  expect(page.tags).toContain("pre");
});

test.each(["Thinking", "Read", "Bash", "Edit", "Write", "Todo"])("the page shows the %s panel", (name) => {
  const summaries = [...html.matchAll(/<summary[^>]*>([\s\S]*?)<\/summary>/g)].map(
    (m) => parseHtml(m[1]!).text,
  );
  expect(summaries.filter((summary) => summary.includes(name)).length).toBeGreaterThan(0);
});

test("code in each of the five languages is highlighted", () => {
  for (const token of ["interface", "import", "select", "sort", "fn"]) {
    expect(html).toMatch(new RegExp(`<span class="[^"]+"[^>]*>[^<]*\\b${token}\\b`));
  }
});

test("the page shows what the tools really printed", () => {
  expect(page.text).toContain("keeps returns without an order");
  expect(page.text).toMatch(/exit 1/);
  expect(page.text).toMatch(/pass 2/);
});

test("the page says that the answers were scripted and replayed", () => {
  expect(page.text).toContain("The answers below were scripted");
  expect(page.text).toContain("replayed from recording");
});

test("the page shows the compile error and the missing recording with what to do", () => {
  expect(page.text).toContain("CompileError");
  expect(page.text).toMatch(/not assignable to type/);
  expect(page.text).toMatch(/RecordingNotFoundError|No recording/);
});
