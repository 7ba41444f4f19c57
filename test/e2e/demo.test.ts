import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";
import { DEMO_NAME } from "../support/demo-notebook.js";
import { type HtmlPage, loadedUrls, parseHtml } from "../support/html-page.js";
import { strangerEnv } from "../support/run-cli.js";
import { tempFolder } from "../support/temp-folder.js";

// The script itself, as a stranger runs it: no `claude`, no account, a fresh home folder.
const root = resolve(import.meta.dirname, "../..");
const output = join(root, "examples", "output");
let demo: { exitCode: number; stdout: string; stderr: string };
let html: string;
let page: HtmlPage;

beforeAll(async () => {
  for (const ending of ["ipynb", "html"]) rmSync(join(output, `${DEMO_NAME}.${ending}`), { force: true });
  const run = await execa("npm", ["run", "demo"], {
    cwd: root,
    env: strangerEnv(tempFolder()),
    extendEnv: false,
    reject: false,
    timeout: 120_000,
  });
  demo = { exitCode: run.exitCode ?? -1, stdout: run.stdout, stderr: run.stderr };
  const path = join(output, `${DEMO_NAME}.html`);
  html = existsSync(path) ? readFileSync(path, "utf8") : "";
  page = parseHtml(html);
});

test("runs from its recordings, exports, and names both files", () => {
  expect(demo, demo.stderr).toMatchObject({ exitCode: 0 });
  expect(demo.stdout).toContain(join(output, `${DEMO_NAME}.ipynb`));
  expect(demo.stdout).toContain(join(output, `${DEMO_NAME}.html`));
});

test("writes to a folder that is there in a fresh clone", async () => {
  const { stdout } = await execa("git", ["ls-files", output], { cwd: root });
  expect(stdout).not.toBe("");
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
