import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";
import { loadedUrls, parseHtml } from "../../support/html-page.js";
import { ensureNotebookPackages } from "../../support/npm-packages.js";
import { ensurePythonEnv } from "../../support/python-env.js";
import { runCli, strangerEnv } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

const example = resolve(import.meta.dirname, "../../../examples/display.ipynb");

interface Cell {
  readonly cell_type: string;
  readonly outputs: readonly {
    readonly output_type: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
}

let home: string;
beforeAll(async () => {
  home = tempFolder();
  cpSync(example, join(home, "display.ipynb"));
  symlinkSync(join(await ensureNotebookPackages(), "node_modules"), join(home, "node_modules"));
  const run = await runCli(["run", "display.ipynb", "-o", "out.ipynb"], { home });
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
});

test("each cell of the notebook on displays shows its value as what it is", () => {
  const { cells } = JSON.parse(readFileSync(join(home, "out.ipynb"), "utf8")) as { cells: Cell[] };
  const shown = cells
    .filter((cell) => cell.cell_type === "code")
    .map(({ outputs }) => outputs.map(({ data }) => Object.keys(data).sort()));
  const table = ["text/html", "text/plain"];
  expect(shown).toEqual([
    [table],
    [table],
    [table],
    [["application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"]],
    [["image/png", "text/plain"]],
    [table],
    [["text/plain"]],
    [["text/markdown", "text/plain"], table],
  ]);
});

test("our export shows the tables with their shape and the chart as a picture, and loads nothing", async () => {
  const run = await runCli(["export", "out.ipynb", "-o", "page.html"], { home });
  expect(run.exitCode, run.stderr).toBe(0);
  const page = parseHtml(readFileSync(join(home, "page.html"), "utf8"));
  expect(loadedUrls(page)).toEqual([]);
  for (const shape of ["3 rows × 4 columns", "5,000 rows × 3 columns", "10,000,000 rows × 2 columns"]) {
    expect(page.text).toContain(shape);
  }
  const images = page.attributes.filter(({ tag, name }) => tag === "img" && name === "src");
  const types = images.map(({ value }) => /^data:([^;]+);/.exec(value)?.[1]);
  expect(types).toEqual(["image/svg+xml", "image/png"]);
});

test("nbconvert shows the chart as SVG and the tables", async () => {
  const python = await ensurePythonEnv();
  await execa(python.bin("jupyter-nbconvert"), ["--to", "html", "--output", "converted.html", "out.ipynb"], {
    cwd: home,
    env: strangerEnv(home),
    extendEnv: false,
  });
  const html = readFileSync(join(home, "converted.html"), "utf8");
  const chart =
    /data-mime-type="image\/svg\+xml"[^>]*>\s*<img [^>]*src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html);
  expect(Buffer.from(chart?.[1] ?? "", "base64").toString()).toContain('class="marks"');
  expect(html).toContain("5,000 rows × 3 columns");
});
