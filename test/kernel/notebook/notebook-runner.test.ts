import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import type { CodeCell, Notebook } from "../../../kernel/notebook/notebook.js";
import { createNotebookRunner, type RunnerOptions } from "../../../kernel/notebook/notebook-runner.js";
import type { RunEvent } from "../../../kernel/notebook/run-report.js";
import type { JupyterServer } from "../../../kernel/server/start-server.js";
import { answering, startAnswering } from "../remote/answering-server.js";
import { startFakeServer } from "../server/fake-server.js";

let server: JupyterServer;

beforeAll(async () => {
  server = await startFakeServer();
});
afterAll(() => server.close());

/** A notebook of cells for the fake kernel: what it publishes and answers. */
function notebookOf(...cells: (object | string)[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((cell) => {
      const { tags, ...script } =
        typeof cell === "string" ? { tags: undefined } : (cell as { tags?: string[] });
      return {
        cell_type: "code",
        source: typeof cell === "string" ? cell : JSON.stringify(script),
        metadata: tags === undefined ? {} : { tags },
        execution_count: 99,
        outputs: [{ output_type: "stream", name: "stdout", text: "of an earlier run" }],
      } satisfies CodeCell;
    }),
  };
}

const say = (text: string): object => ({ publish: [["stream", { name: "stdout", text }]] });
const fails = {
  reply: { status: "error", ename: "TypeError", evalue: "no", traceback: ["line 1", "line 2"] },
};

async function run(notebook: Notebook, options: RunnerOptions = {}) {
  const kernel = await server.startKernel();
  return createNotebookRunner({ ...server, kernel }, options).run(notebook);
}

const texts = (notebook: Notebook): string[] =>
  notebook.cells.map((cell) =>
    (cell as CodeCell).outputs.map((o) => (o.output_type === "stream" ? o.text : o.output_type)).join("|"),
  );

test("runs the cells in order and keeps their outputs and counts", async () => {
  const report = await run(notebookOf(say("one"), say("two")));
  expect(report).toMatchObject({ outcome: "ok", executed: 2, total: 2, failures: [] });
  expect(texts(report.notebook)).toEqual(["one", "two"]);
  expect(report.notebook.cells.map((cell) => cell.execution_count)).toEqual([1, 2]);
  expect(report.notebook.metadata.language_info).toMatchObject({ name: "typescript" });
});

test("an update of a display changes the output of an earlier cell", async () => {
  const show = (type: string, text: string): object => ({
    publish: [[type, { data: { "text/plain": text }, metadata: {}, transient: { display_id: "d" } }]],
  });
  const { notebook } = await run(notebookOf(show("display_data", "old"), show("update_display_data", "new")));
  expect(notebook.cells.map((cell) => cell.outputs)).toEqual([
    [{ output_type: "display_data", data: { "text/plain": "new" }, metadata: {} }],
    [],
  ]);
});

test("stops at the first error; later cells show nothing of an earlier run", async () => {
  const report = await run(notebookOf(say("one"), fails, say("three")));
  expect(report).toMatchObject({ outcome: "error", executed: 2, total: 3 });
  expect(report.failures).toEqual([
    {
      index: 1,
      number: 2,
      outcome: "error",
      message: "TypeError: no",
      traceback: ["line 1", "line 2"],
      isExpected: false,
    },
  ]);
  expect(texts(report.notebook)).toEqual(["one", "", ""]);
  expect(report.notebook.cells[2]!.execution_count).toBeNull();
});

test("goes on after errors when they are allowed, and reports them", async () => {
  const report = await run(notebookOf(fails, say("two")), { allowErrors: true });
  expect(report).toMatchObject({ outcome: "ok", executed: 2, failures: [{ number: 1 }] });
});

test("a cell tagged raises-exception may fail; one tagged skip-execution and empty ones are left as they are", async () => {
  const report = await run(
    notebookOf(
      { ...fails, tags: ["raises-exception"] },
      { ...say("no"), tags: ["skip-execution"] },
      " \n",
      say("end"),
    ),
  );
  expect(report).toMatchObject({ outcome: "ok", executed: 2, total: 2, failures: [{ isExpected: true }] });
  expect(texts(report.notebook)).toEqual(["", "of an earlier run", "of an earlier run", "end"]);
});

test("an interrupt ends an endless cell and keeps what it and the cells before showed", async () => {
  const controller = new AbortController();
  const report = await run(notebookOf(say("one"), { ...say("begun"), forever: true }, say("three")), {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === "cell-start" && event.number === 2) setTimeout(() => controller.abort(), 100);
    },
  });
  expect(report).toMatchObject({
    outcome: "interrupted",
    executed: 2,
    failures: [{ number: 2, outcome: "interrupted" }],
  });
  expect(texts(report.notebook)).toEqual(["one", "begun|error", ""]);
});

test("a run that is interrupted before it begins runs no cell", async () => {
  const report = await run(notebookOf(say("one")), { signal: AbortSignal.abort() });
  expect(report).toMatchObject({ outcome: "interrupted", executed: 0 });
});

test("a cell that takes longer than its time is interrupted, also when errors are allowed", async () => {
  const report = await run(notebookOf({ ...say("begun"), forever: true }, say("two")), {
    cellTimeoutMs: 200,
    allowErrors: true,
  });
  expect(report).toMatchObject({ outcome: "timeout", failures: [{ message: "It ran longer than 0.2 s." }] });
  expect(texts(report.notebook)).toEqual(["begun|error", ""]);
});

test("a kernel that dies ends the run: what was shown is kept, and the cell says why", async () => {
  const report = await run(
    notebookOf(say("one"), { ...say("last words"), shout: "stack", exit: 4 }, say("three")),
    {
      allowErrors: true,
    },
  );
  expect(report).toMatchObject({
    outcome: "kernel-died",
    executed: 2,
    failures: [{ number: 2, message: "The kernel died (exit code 4).", traceback: ["stack"] }],
  });
  expect(texts(report.notebook)).toEqual(["one", "last words|error", ""]);
});

test("saves before the first cell and after each, and tells what happens", async () => {
  const saved: string[][] = [];
  const events: RunEvent[] = [];
  await run(notebookOf(say("one"), fails), {
    onProgress: async (notebook) => {
      saved.push(texts(notebook));
    },
    onEvent: (event) => events.push(event),
  });
  expect(saved).toEqual([
    ["", ""],
    ["one", ""],
    ["one", ""],
  ]);
  expect(events.map((event) => [event.type, "number" in event ? event.number : 0])).toEqual([
    ["cell-start", 1],
    ["cell-end", 1],
    ["cell-start", 2],
    ["cell-end", 2],
  ]);
});

test("the time that a save takes is not the cell's", async () => {
  const now = performance.now.bind(performance);
  const saveMs = 1_000_000;
  let savedMs = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + savedMs);
  onTestFinished(() => clock.mockRestore());
  const onProgress = async (): Promise<void> => {
    savedMs += saveMs;
  };
  const { cells } = await run(notebookOf(say("one")), { onProgress });
  expect(savedMs).toBe(2 * saveMs);
  expect(cells[0]!.durationMs).toBeLessThan(saveMs);
});

test("a save that fails ends the run with its error", async () => {
  const onProgress = async (notebook: Notebook): Promise<void> => {
    if (texts(notebook)[0] === "one") throw new Error("disk full");
  };
  await expect(run(notebookOf(say("one"), say("two")), { onProgress })).rejects.toThrow("disk full");
});

test.each([
  ["stream", { name: "stdout", text: { a: 1 } }],
  ["stream", null],
  ["error", { ename: 5, evalue: null, traceback: 5 }],
  ["status", { execution_state: "on fire" }],
])(
  "a kernel that sends %s with %j does not end the run, and the cell says what was left out",
  async (type, content) => {
    const report = await run(notebookOf({ publish: [[type, content]] }, say("two")));
    expect(report).toMatchObject({ outcome: "ok", executed: 2 });
    expect(texts(report.notebook)).toEqual([expect.stringContaining("of the kernel was left out"), "two"]);
  },
);

test("a reply that is not of the protocol fails its cell", async () => {
  const reply = { status: "error", ename: "E", evalue: "v", traceback: 5 };
  const report = await run(notebookOf({ reply }));
  expect(report).toMatchObject({
    outcome: "error",
    failures: [
      { message: expect.stringContaining("execute_reply is not of Jupyter's protocol"), traceback: [] },
    ],
  });
});

test("times of execution are noted only on request", async () => {
  const [plain, timed] = [await run(notebookOf({})), await run(notebookOf({}), { recordTiming: true })];
  expect(plain.notebook.cells[0]!.metadata).toEqual({});
  expect(Object.keys(timed.notebook.cells[0]!.metadata.execution as object).sort()).toEqual([
    "iopub.execute_input",
    "iopub.status.busy",
    "iopub.status.idle",
  ]);
});

test("10,000 outputs of one cell all arrive", async () => {
  const publish = Array.from({ length: 10_000 }, (_, i) => ["stream", { name: "stdout", text: `${i}\n` }]);
  const { notebook } = await run(notebookOf({ publish }));
  expect(texts(notebook)[0]).toBe(Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join(""));
});

test("the console of the caller stays quiet, and is its own again afterwards", async () => {
  const { debug, warn } = console;
  const lines: unknown[] = [];
  console.debug = (...values) => lines.push(values);
  const mine = console.debug;
  try {
    await run(notebookOf(say("one"), { exit: 1 }));
    expect(console.debug).toBe(mine);
    expect(console.warn).toBe(warn);
    expect(lines).toEqual([]);
  } finally {
    console.debug = debug;
  }
});

test("a server that is not there is an error, not a hang, and the notebook keeps its outputs", async () => {
  const gone = await startFakeServer();
  const kernel = await gone.startKernel();
  await gone.close();
  const notebook = notebookOf(say("one"));
  const onProgress = async (): Promise<void> => expect.unreachable("Nothing was to be saved.");
  await expect(createNotebookRunner({ ...gone, kernel }, { onProgress }).run(notebook)).rejects.toMatchObject(
    {
      code: "server-unreachable",
    },
  );
  expect(texts(notebook)).toEqual(["of an earlier run"]);
});

test("an interrupt ends the wait for a server that does not accept the connection", async () => {
  const controller = new AbortController();
  const kernel = { id: "k", name: "claude-notebook" };
  const baseUrl = await startAnswering((incoming, response) => {
    if (incoming.headers.upgrade === undefined) answering(200, kernel)(incoming, response);
    else controller.abort();
  });
  const notebook = notebookOf(say("one"));
  const { signal } = controller;
  const report = await createNotebookRunner({ baseUrl, token: "", kernel }, { signal }).run(notebook);
  expect(report).toMatchObject({ outcome: "interrupted", executed: 0 });
  expect(texts(notebook)).toEqual(["of an earlier run"]);
});
