import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { copyDemo } from "../support/demo-notebook.js";
import { parseHtml } from "../support/html-page.js";
import { ensurePythonEnv, type PythonEnv } from "../support/python-env.js";
import { runCli, strangerEnv } from "../support/run-cli.js";
import { tempFolder } from "../support/temp-folder.js";

let python: PythonEnv;
let home: string;

beforeAll(async () => {
  python = await ensurePythonEnv();
  home = tempFolder();
  const installed = await runCli(["install", "--prefix", join(home, "prefix")], { home });
  expect(installed).toMatchObject({ exitCode: 0 });
});

/** Runs a program of the Python environment, which finds our kernelspec in the prefix that `install` wrote to. */
async function runPython(program: string, args: readonly string[], cwd: string): Promise<string> {
  const JUPYTER_PATH = join(home, "prefix", "share", "jupyter");
  const { stdout, stderr } = await execa(python.bin(program), args, {
    cwd,
    env: strangerEnv(home, { JUPYTER_PATH }),
    extendEnv: false,
    timeout: 150_000,
  });
  return `${stdout}\n${stderr}`;
}

interface Output {
  readonly output_type: string;
  readonly data?: Record<string, unknown>;
}

function outputsOf(path: string): Output[] {
  const notebook = JSON.parse(readFileSync(path, "utf8")) as { cells: { outputs?: Output[] }[] };
  return notebook.cells.flatMap((cell) => cell.outputs ?? []);
}

test("nbclient runs the demo notebook on the installed kernelspec", async () => {
  const folder = tempFolder();
  const notebook = copyDemo(folder);
  const executed = join(folder, "executed.ipynb");
  const program = [
    "import sys, nbformat",
    "from nbclient import NotebookClient",
    "nb = nbformat.read(sys.argv[1], as_version=4)",
    "NotebookClient(nb, resources={'metadata': {'path': sys.argv[3]}}).execute()",
    "nbformat.validate(nb)",
    "nbformat.write(nb, sys.argv[2])",
  ].join("\n");
  await runPython("python", ["-c", program, notebook, executed, folder], folder);
  const responses = outputsOf(executed).filter(
    (output) => output.data?.["application/vnd.claude-notebook.v1+json"],
  );
  expect(responses.length).toBeGreaterThan(10);
  for (const { data } of responses) {
    expect(Object.keys(data!)).toEqual(expect.arrayContaining(["text/html", "text/markdown", "text/plain"]));
  }
});

test("nbconvert executes the demo notebook to a page with the panels and coloured cells", async () => {
  const folder = tempFolder();
  const notebook = copyDemo(folder);
  await runPython(
    "jupyter-nbconvert",
    ["--execute", "--to", "html", "--output", "page.html", notebook],
    folder,
  );
  const html = readFileSync(join(folder, "page.html"), "utf8");
  const { text, tags } = parseHtml(html);
  expect(tags.filter((tag) => tag === "details").length).toBeGreaterThan(5);
  expect(text).toContain("keeps returns without an order");
  expect(text).toContain("replayed from recording");
  expect(html).toMatch(/highlight-typescript|class="highlight hl-typescript"/);
  expect(html).toMatch(/<span class="k[a-z]?">(const|import)<\/span>/);
});

describe("nbconvert of an executed notebook", () => {
  let folder: string;
  let executed: string;
  beforeAll(async () => {
    folder = tempFolder();
    executed = join(folder, "executed.ipynb");
    const run = await runCli(["run", copyDemo(folder), "-o", executed], { home: folder });
    expect(run).toMatchObject({ exitCode: 0 });
  });

  const convert = async (format: string, output: string, ...more: string[]): Promise<string> => {
    await runPython("jupyter-nbconvert", ["--to", format, "--output", output, executed, ...more], folder);
    return readFileSync(join(folder, output), "utf8");
  };

  test("to html: text, panels, and a chart as SVG", async () => {
    const notebook = JSON.parse(readFileSync(executed, "utf8"));
    const data = {
      "application/vnd.vegalite.v5+json": { mark: "bar" },
      "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" id="chart"></svg>',
      "text/plain": "a chart",
    };
    notebook.cells.push({
      cell_type: "code",
      id: "chart",
      metadata: {},
      source: "chart",
      execution_count: 99,
      outputs: [{ output_type: "display_data", data, metadata: {} }],
    });
    writeFileSync(executed, JSON.stringify(notebook));
    const html = await convert("html", "executed.html");
    const { text, tags, attributes } = parseHtml(html);
    expect(text).toContain("keeps returns without an order");
    expect(tags.filter((tag) => tag === "details").length).toBeGreaterThan(5);
    const pictures = attributes.filter(
      ({ name, value }) => name === "src" && value.startsWith("data:image/svg+xml"),
    );
    expect(pictures.length).toBeGreaterThan(0);
  });

  test("to markdown: code in fences of its language; answers as markdown when that is asked for before HTML", async () => {
    const priority = '--NbConvertBase.display_data_priority=["text/markdown", "image/png", "text/plain"]';
    const markdown = await convert("markdown", "executed.md", priority);
    expect(markdown).toContain("```typescript\n");
    expect(markdown).toContain("keeps returns without an order");
    expect(markdown).not.toMatch(/<details|<style/);
  });

  test("to script: a .ts file with the code of all cells", async () => {
    await runPython("jupyter-nbconvert", ["--to", "script", executed], folder);
    const script = readFileSync(join(folder, "executed.ts"), "utf8");
    expect(script).toContain("const turn = query({");
    expect(script).not.toContain("<details");
  });
});
