import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "cn-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

const key = `sk-ant-${"api03-abcDEF_123-xyz"}`;
const cell = (source: string, text: string, tags: string[] = []) => ({
  cell_type: "code", id: `c${source.length}`, metadata: { tags }, source, execution_count: 1, outputs: [{ output_type: "stream", name: "stdout", text }],
}); // biome-ignore format: one line
const write = (name: string, ...cells: object[]): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  return path;
};
const env = { HOME: "/home/ann" };

test("secrets and home folders are out of the page and out of the notebook in it; stderr says where, not what", async () => {
  const path = write("secret.ipynb", cell("first()", "/home/ann/a /home/ann/b"), cell("second()", key));
  const { exitCode, stdout, stderr } = await runCommand(["export", path, "--include-source"], { env });
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: `${join(folder, "secret.html")}\n`,
    stderr: "redacted 1 secret (cell 2: Anthropic API key) and 2 home paths\n",
  });
  const html = readFileSync(join(folder, "secret.html"), "utf8");
  const source = Buffer.from(
    /href="data:application\/x-ipynb\+json;base64,([^"]*)"/.exec(html)![1]!,
    "base64",
  ).toString();
  for (const text of [html, source]) {
    expect(text).toContain("[redacted]");
    expect(text).not.toMatch(/sk-ant|\/home\/ann/);
  }
  expect(JSON.parse(source).cells).toHaveLength(2);
});

test("--no-redact leaves them in and says nothing", async () => {
  const path = write("open.ipynb", cell("first()", `${key} /home/ann/a`));
  expect((await runCommand(["export", path, "--no-redact"], { env })).stderr).toBe("");
  expect(readFileSync(join(folder, "open.html"), "utf8")).toContain(key);
});

test("the same notebook gives the same bytes, with every option", async () => {
  const path = write("same.ipynb", cell("first()", key), cell("hidden()", "x", ["remove_cell"]));
  const options = ["--fold", "--hide-code", "--include-source", "--trust", "--title", "T"];
  const pages = [];
  for (const name of ["1.html", "2.html"]) {
    const output = join(folder, name);
    expect((await runCommand(["export", path, "-o", output, ...options], { env })).exitCode).toBe(0);
    pages.push(readFileSync(output, "utf8"));
  }
  expect(pages[0]).toBe(pages[1]);
  expect(pages[0]).toContain("<title>T</title>");
  expect(pages[0]).toContain('<details class="fold">');
  expect(pages[0]).not.toContain("first()");
  expect(pages[0]).toContain("script-src 'unsafe-inline'");
  expect(Buffer.from(/base64,([^"]*)"/.exec(pages[0]!)![1]!, "base64").toString()).not.toContain("hidden()");
});

test("a notebook with a damaged cell is a page all the same", async () => {
  const path = write("damaged.ipynb", cell("first()", "fine"), { cell_type: "code", source: "second()", metadata: {}, outputs: [{ output_type: "?" }] }); // biome-ignore format: one line
  expect((await runCommand(["export", path])).exitCode).toBe(0);
  expect(readFileSync(join(folder, "damaged.html"), "utf8")).toContain("This output cannot be read");
});
