import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPythonSnippet } from "../../../kernel/io/python-snippets.js";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

/** How VS Code's Jupyter extension runs code of its own. */
const OWN = { silent: false, store_history: false, stop_on_error: false, allow_stdin: true };

/** What the extension and its settings send; shortened. */
const PYTHON = {
  "the notebook's file": '__vsc_ipynb_file__ = "/home/ann/a.ipynb"',
  "the version of ipywidgets":
    'try:\n    import ipywidgets as _VSCODE_ipywidgets\n    print("e976ee50" + _VSCODE_ipywidgets.__version__)\nexcept:\n    pass',
  "the completer": "%config Completer.use_jedi = False",
  plots: "try:\n    import matplotlib\n    %matplotlib inline\nexcept:\n    print('Failed')",
  variables: "import builtins\n_rwho_ls = %who_ls\nbuiltins.print(_rwho_ls)",
  "a user's setting": "%load_ext autoreload\n%autoreload 2",
  "a user's imports": "import os\nimport sys\nsys.path.append('.')",
  "a helper": "def _helper(a, b):\n    return a",
  "imports under a name": "import numpy as np\nfrom pathlib import Path",
};

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel?.close());

describe("the start", () => {
  test.each(Object.entries(PYTHON))("refuses Python quietly: %s", async (_what, code) => {
    const { reply, messages } = await kernel.execute(code, { content: OWN });
    expect(reply).toMatchObject({
      status: "error",
      ename: "PythonRefused",
      execution_count: 0,
      traceback: [],
    });
    expect(messages).toEqual([]);
    const silent = await kernel.execute(code, { content: { silent: true, store_history: false } });
    expect(silent.messages).toEqual([]);
  });

  test("leaves no count, history or variable behind", async () => {
    const { reply, result } = await kernel.execute("typeof _rwho_ls + typeof np");
    expect(reply.execution_count).toBe(1);
    expect(result).toBeUndefined();
    const first = await kernel.execute("1 + 1");
    expect(first).toMatchObject({ reply: { execution_count: 2 }, result: "2" });
    const { reply: history } = await kernel.request("history_request", {
      hist_access_type: "tail",
      n: 10,
      output: false,
      raw: true,
    });
    expect(JSON.stringify(history.history)).not.toMatch(/_rwho_ls = |autoreload/);
  });

  test("runs TypeScript of the user's startup setting, which is not counted", async () => {
    const before = (await kernel.execute("0")).reply.execution_count;
    const { reply } = await kernel.execute("const fromSetting: number = 7;", { content: OWN });
    expect(reply.status).toBe("ok");
    expect(await kernel.execute("fromSetting")).toMatchObject({
      result: "7",
      reply: { execution_count: before + 1 },
    });
  });

  test("is answered while a cell runs, and aborts no cell that waits", async () => {
    const running = await kernel.send("execute_request", {
      code: "await new Promise((r) => setTimeout(r, 500)); 'ran'",
    });
    const waiting = await kernel.send("execute_request", { code: "'waited'" });
    // With stop_on_error too, as a front end that forgets to say so sends it.
    await kernel.execute(PYTHON.variables, { content: { ...OWN, stop_on_error: true } });
    expect((await kernel.finished(running)).result).toBe("'ran'");
    expect((await kernel.finished(waiting)).result).toBe("'waited'");
  });
});

test("the same Python in a user's cell is an error as ever", async () => {
  const { reply, messages } = await kernel.execute(PYTHON["a user's imports"]);
  expect(reply.status).toBe("error");
  expect(messages.map(({ type }) => type)).toContain("error");
});

test.each([
  "import React\nfrom 'react'",
  'import { query } from "claude-notebook";',
  'import "./side-effects.js"',
  'import fs from "node:fs"\nfs.readFileSync',
  "const a = 7 %config.size",
  "%who",
  "label: for (;;) break label;",
  "try {\n} catch {\n}",
  "const py = `\nimport numpy as np\n`;\nawait run(py)",
  "const doc = `\ntry:\n  x\n`",
  "render_markdown(`\nfrom here import it\n`)",
  "const names = `\n_rwho_ls = %who_ls\n%config a\n`",
  "// try:\nconst x = 1",
  "/*\ndef f(x):\n*/ let a = 1",
  'const helper = "_VSCODE_x"',
  "%%writefile a.py\ndef f(x):\n    return x",
  "import type\n{ A } from './a'",
  "import a\n, { b } from './a'",
  "import a = require('a')",
  "class A {\n  b: number\n}",
])("TypeScript is never taken for Python: %j", (code) => {
  expect(isPythonSnippet({ code, store_history: false })).toBe(false);
  expect(isPythonSnippet({ code: PYTHON.variables, store_history: true })).toBe(false);
});

test.each([
  "# Of the user's settings\n\nimport os",
  "\r\n  # x\r\nimport numpy as np\r\n",
  "import os.path, sys\nsys.path",
  "import builtins as _VSCODE_builtins",
  "_rwho_ls = %who_ls",
  "class A(B):  # more\n    pass",
])("Python is known by its first line, comments left out: %j", (code) => {
  expect(isPythonSnippet({ code, silent: true })).toBe(true);
});

test("the time for comments and blanks grows with their length alone", () => {
  for (const code of [
    "/*".repeat(200_000),
    " \n#".repeat(200_000),
    "/**/ ".repeat(200_000),
    "\n".repeat(400_000),
  ])
    expect(isPythonSnippet({ code: `${code}x`, silent: true })).toBe(false);
});

test.each(["while (true) {}", "await new Promise(() => {})"])(
  "an interrupt message on shell, where VS Code sends it, ends a cell: %s",
  async (code) => {
    const id = await kernel.send("execute_request", { code: `console.log("go"); ${code}` });
    await kernel.message((each) => each.parentId === id && each.type === "stream");
    const interrupted = await kernel.request("interrupt_request", {}, "shell");
    expect(interrupted.reply.status).toBe("ok");
    expect((await kernel.finished(id)).reply).toMatchObject({ status: "error" });
    expect((await kernel.execute("'alive'")).result).toBe("'alive'");
  },
);

describe("while one types", () => {
  test("names and members are completed, and explained with their types", async () => {
    await kernel.execute("const orders = [{ id: 1, month: 'May' }];");
    const code = "orders[0].mo";
    const { reply } = await kernel.request("complete_request", { code, cursor_pos: code.length });
    expect(reply).toMatchObject({ status: "ok", cursor_start: 10, cursor_end: 12 });
    expect(reply.matches).toContain("month");
    const inspected = await kernel.request("inspect_request", {
      code: "orders",
      cursor_pos: 3,
      detail_level: 0,
    });
    expect(inspected.reply).toMatchObject({ found: true });
    expect(inspected.reply.data["text/plain"]).toMatch(/orders.*id: number/s);
  });

  test("a widget's comm is closed again: there are no widgets", async () => {
    const comm_id = "vscode-widget";
    await kernel.send("comm_open", { comm_id, target_name: "jupyter.widget", data: {} });
    const closed = await kernel.message(
      (each) => each.type === "comm_close" && each.content.comm_id === comm_id,
    );
    expect(closed.content.comm_id).toBe(comm_id);
  });
});

test("what is shown comes as text/html for the editor, and as text/plain for a workspace that is not trusted", async () => {
  const table = await kernel.execute("[{ month: 'May', orders: 3 }, { month: 'June', orders: 5 }]");
  const markdown = await kernel.execute('render_markdown("# Title\\n\\n<script>alert(1)</script>")');
  for (const { messages } of [table, markdown]) {
    const [shown] = messages.filter(({ type }) => /execute_result|display_data/.test(type));
    expect(shown!.content.data["text/plain"]).toMatch(/\w/);
    expect(shown!.content.data["text/html"]).toMatch(/</);
    expect(shown!.content.data["text/html"]).not.toContain("<script>alert");
  }
});
