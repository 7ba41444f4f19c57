import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KernelSource } from "../../../kernel/notebook/kernel-source.js";
import { parseNotebook } from "../../../kernel/notebook/read-notebook.js";
import { runNotebooks } from "../../../kernel/notebook/run-notebooks.js";
import type { RunsEvent } from "../../../kernel/notebook/runs-report.js";
import type { JupyterServer } from "../../../kernel/server/start-server.js";
import { tempFolder } from "../../support/temp-folder.js";
import { startFakeServer } from "../server/fake-server.js";

let server: JupyterServer;

beforeAll(async () => {
  server = await startFakeServer();
});
afterAll(() => server.close());

/** Kernels of the fake server, and how many are open at once. */
function countingSource() {
  const seen = { open: 0, most: 0, opened: 0 };
  const source: KernelSource = {
    open: async () => {
      seen.opened++;
      seen.most = Math.max(seen.most, ++seen.open);
      const kernel = await server.startKernel();
      return {
        baseUrl: server.baseUrl,
        token: server.token,
        kernel,
        close: async () => {
          seen.open--;
        },
      };
    },
  };
  return { source, seen };
}

const say = (text: string): object => ({ publish: [["stream", { name: "stdout", text }]] });
const fails = { reply: { status: "error", ename: "TypeError", evalue: "no", traceback: [] } };

/** Writes a notebook of cells for the fake kernel. */
function write(folder: string, name: string, ...cells: object[]): string {
  const path = join(folder, `${name}.ipynb`);
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((cell) => ({
      cell_type: "code",
      source: JSON.stringify(cell),
      metadata: {},
      execution_count: null,
      outputs: [],
    })),
  };
  writeFileSync(path, JSON.stringify(notebook));
  return path;
}

const textOf = (path: string): string => {
  const { cells } = parseNotebook(readFileSync(path, "utf8"), path);
  return cells
    .flatMap((cell) => cell.outputs as { text?: string }[])
    .map(({ text }) => text)
    .join("|");
};

test("results come in the order given, and no more notebooks run at a time than asked for", async () => {
  const folder = tempFolder();
  const paths = ["c", "a", "d", "b"].map((name) => write(folder, name, say(name)));
  const { source, seen } = countingSource();
  const report = await runNotebooks(paths, { jobs: 2, kernelSource: source });
  expect(report.outcome).toBe("ok");
  expect(report.runs.map((run) => [run.type, textOf(run.output)])).toEqual([
    ["ran", "c"],
    ["ran", "a"],
    ["ran", "d"],
    ["ran", "b"],
  ]);
  expect(seen).toEqual({ open: 0, most: 2, opened: 4 });
});

test("a bad notebook, a failing cell and a missing file do not keep the others from running", async () => {
  const folder = tempFolder();
  const broken = join(folder, "broken.ipynb");
  writeFileSync(broken, "{");
  const paths = [
    broken,
    write(folder, "fails", fails, say("no")),
    join(folder, "missing.ipynb"),
    write(folder, "good", say("good")),
  ];
  const { source, seen } = countingSource();
  const report = await runNotebooks(paths, { jobs: 4, kernelSource: source });
  expect(report.outcome).toBe("error");
  expect(report.runs).toMatchObject([
    { type: "failed", error: { code: "notebook-not-json" } },
    { type: "ran", report: { outcome: "error", executed: 1 } },
    { type: "failed", error: { code: "notebook-not-found" } },
    { type: "ran", report: { outcome: "ok" } },
  ]);
  expect(seen.open).toBe(0);
});

test("an interrupt ends those that run, keeps what they showed, and starts no other", async () => {
  const folder = tempFolder();
  const paths = ["a", "b", "c"].map((name) =>
    write(folder, name, say(`${name} began`), { forever: true }, say("no")),
  );
  const controller = new AbortController();
  const waiting = new Set(paths.slice(0, 2));
  const { source, seen } = countingSource();
  const report = await runNotebooks(paths, {
    jobs: 2,
    kernelSource: source,
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type !== "notebook-event" || event.event.type !== "cell-start") return;
      if (event.event.number === 2) waiting.delete(event.path);
      if (waiting.size === 0) controller.abort();
    },
  });
  expect(report.outcome).toBe("interrupted");
  expect(report.runs.map((run) => (run.type === "ran" ? run.report.outcome : run.type))).toEqual([
    "interrupted",
    "interrupted",
    "not-run",
  ]);
  expect(report.runs.slice(0, 2).map((run) => textOf(run.output).split("|")[0])).toEqual([
    "a began",
    "b began",
  ]);
  expect(existsSync(report.runs[2]!.output)).toBe(false);
  expect(seen).toMatchObject({ open: 0, opened: 2 });
});

test("each event names its notebook, from its start to its end", async () => {
  const folder = tempFolder();
  const path = write(folder, "a", say("a"));
  const events: RunsEvent[] = [];
  await runNotebooks([path], {
    kernelSource: countingSource().source,
    onEvent: (event) => events.push(event),
  });
  expect(events.map((e) => [e.path, e.type === "notebook-event" ? e.event.type : e.type])).toEqual([
    [path, "notebook-start"],
    [path, "kernel-starting"],
    [path, "cell-start"],
    [path, "cell-end"],
    [path, "notebook-end"],
  ]);
});

test("a folder for the results is made, and they have the notebooks' names in it", async () => {
  const folder = tempFolder();
  const paths = [write(folder, "a", say("a")), write(folder, "b", say("b"))];
  const output = join(folder, "new", "results");
  const report = await runNotebooks(paths, { output, kernelSource: countingSource().source });
  expect(report.runs.map((run) => run.output)).toEqual([join(output, "a.ipynb"), join(output, "b.ipynb")]);
  expect(report.runs.map((run) => textOf(run.output))).toEqual(["a", "b"]);
});

test.each([
  ["two notebooks in one file", ["x/a.ipynb", "y/a.ipynb"], "out", "would both be saved as"],
  ["a notebook twice", ["x/a.ipynb", "x/../x/a.ipynb"], undefined, "would both be saved as"],
  ["over a notebook that is run", ["x/a.ipynb", "y/b.ipynb"], "x", "it is a notebook that is run"],
])("refuses to save %s before anything runs", async (_what, names, output, message) => {
  const folder = tempFolder();
  for (const name of ["x", "y"]) mkdirSync(join(folder, name));
  const { source, seen } = countingSource();
  const run = runNotebooks(
    names.map((name) => join(folder, name)),
    { output: output && join(folder, output), kernelSource: source },
  );
  await expect(run).rejects.toMatchObject({
    code: "output-unwritable",
    message: expect.stringContaining(message),
  });
  expect(seen.opened).toBe(0);
});

test.each([
  [{ from: "7" }, "cell-not-found"],
  [{ until: "x" }, "cell-not-found"],
  [{ parameters: { "no name": 1 } }, "parameter-invalid"],
])("%j is refused before a kernel starts", async (options, code) => {
  const path = write(tempFolder(), "a", say("a"));
  const { source, seen } = countingSource();
  const { runs } = await runNotebooks([path], { ...options, kernelSource: source });
  expect(runs).toMatchObject([{ type: "failed", error: { code } }]);
  expect([seen.opened, existsSync(runs[0]!.output)]).toEqual([0, false]);
});

test("many notebooks at a time that one signal can end make Node warn of nothing", async () => {
  const folder = tempFolder();
  const paths = Array.from({ length: 12 }, (_, index) => write(folder, `n${index}`, say("x")));
  const warnings: string[] = [];
  const onWarning = (warning: Error): void => {
    warnings.push(warning.message);
  };
  process.on("warning", onWarning);
  const { signal } = new AbortController();
  const { source, seen } = countingSource();
  const report = await runNotebooks(paths, { jobs: 12, signal, kernelSource: source });
  await new Promise((done) => setImmediate(done));
  process.off("warning", onWarning);
  expect([report.outcome, seen.most, warnings]).toEqual(["ok", 12, []]);
});
