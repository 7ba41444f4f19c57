import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createHistory, type History } from "../../../kernel/io/history.js";
import { historyPath, openHistoryFile } from "../../../kernel/io/history-file.js";
import { startKernelClient } from "../../support/kernel-client.js";
import { tempFolder } from "../../support/temp-folder.js";

const historyIn = (path: string): History => createHistory(() => openHistoryFile(path));
const tail = (history: History, n = 100): unknown => history.search({ hist_access_type: "tail", n }).history;

test("a later kernel finds the cells of an earlier one, which only the user can read", async () => {
  const CLAUDE_NOTEBOOK_HISTORY = join(tempFolder(), "state", "history.jsonl");
  for (const code of ["'first kernel'", "'second kernel'"]) {
    const kernel = await startKernelClient({ env: { CLAUDE_NOTEBOOK_HISTORY } });
    try {
      await kernel.execute(code);
      if (code === "'first kernel'") continue;
      const { reply } = await kernel.request("history_request", { hist_access_type: "tail", n: 10 });
      expect(reply.history).toEqual([
        [1, 1, "'first kernel'"],
        [2, 1, "'second kernel'"],
      ]);
      const earlier = { hist_access_type: "range", session: -1, start: 1, stop: 2 };
      expect((await kernel.request("history_request", earlier)).reply.history).toEqual([
        [1, 1, "'first kernel'"],
      ]);
    } finally {
      await kernel.close();
    }
  }
  expect(statSync(CLAUDE_NOTEBOOK_HISTORY).mode & 0o777).toBe(0o600);
  expect(statSync(join(CLAUDE_NOTEBOOK_HISTORY, "..")).mode & 0o777).toBe(0o700);
});

test("kernels that start together have session numbers of their own", async () => {
  const CLAUDE_NOTEBOOK_HISTORY = join(tempFolder(), "history.jsonl");
  const kernels = await Promise.all(
    Array.from({ length: 4 }, () => startKernelClient({ env: { CLAUDE_NOTEBOOK_HISTORY } })),
  );
  try {
    await Promise.all(kernels.map((kernel, i) => kernel.execute(`${i}`)));
    const { reply } = await kernels[0]!.request("history_request", { hist_access_type: "tail", n: 10 });
    expect(reply.history.length).toBeGreaterThan(0);
  } finally {
    await Promise.all(kernels.map((kernel) => kernel.close()));
  }
  const entries = openHistoryFile(CLAUDE_NOTEBOOK_HISTORY)!.entries;
  expect(entries.map(({ session }) => session).sort()).toEqual([1, 2, 3, 4]);
  expect(entries.map(({ code }) => code).sort()).toEqual(["0", "1", "2", "3"]);
});

test("a broken line is passed over", () => {
  const path = join(tempFolder(), "history.jsonl");
  historyIn(path).add(1, "kept");
  appendFileSync(path, '[2,1,"cut of\n{}\n');
  expect(tail(historyIn(path))).toEqual([[1, 1, "kept"]]);
});

test("the file is cut to the latest 10,000 cells once it holds twice as many", () => {
  const path = join(tempFolder(), "history.jsonl");
  const lines = Array.from({ length: 20_001 }, (_, i) => `${JSON.stringify([1, i, `cell ${i}`])}\n`);
  writeFileSync(path, lines.join(""));
  expect(tail(historyIn(path), 1)).toEqual([[1, 20_000, "cell 20000"]]);
  const kept = readFileSync(path, "utf8").trim().split("\n");
  // The last line is the number of the session that begins.
  expect(kept.slice(0, -1)).toHaveLength(10_000);
});

test("a file that others could read becomes the user's own, and one too large is set aside, not lost", () => {
  const path = join(tempFolder(), "history.jsonl");
  writeFileSync(path, '[1,1,"old"]\n', { mode: 0o644 });
  expect(openHistoryFile(path)?.entries).toHaveLength(1);
  expect(statSync(path).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
  const size = 65 * 1024 * 1024;
  truncateSync(path, size);
  expect(openHistoryFile(path)).toMatchObject({ entries: [], session: 1 });
  expect(statSync(`${path}.old`).size).toBe(size);
  expect(openHistoryFile(path)?.entries).toEqual([]);
});

test("without a writable place there is the history of this session", () => {
  const file = join(tempFolder(), "file");
  writeFileSync(file, "");
  const history = historyIn(join(file, "history.jsonl"));
  history.add(1, "here");
  expect(tail(history)).toEqual([[1, 1, "here"]]);
});

test.each([
  ["*two*", ["needle two"]],
  ["needle t??", ["needle two"]],
  ["[a-m]ay", ["hay"]],
  ["[^a-m]ay", ["nay"]],
  ["*[*]*", ["a * b"]],
  ["[z-a]", []],
  ["(", []],
])("the pattern %s finds %j", (pattern, found) => {
  const history = createHistory(() => undefined);
  ["needle one", "needle two", "hay", "nay", "a * b"].forEach((code, i) => void history.add(i + 1, code));
  const { history: rows } = history.search({ hist_access_type: "search", pattern });
  expect((rows as unknown[][]).map((row) => row[2])).toEqual(found);
});

test("an empty CLAUDE_NOTEBOOK_HISTORY keeps none, else it names the file", () => {
  expect(historyPath({ CLAUDE_NOTEBOOK_HISTORY: "" }, "linux")).toBeUndefined();
  expect(historyPath({ CLAUDE_NOTEBOOK_HISTORY: "/x/y" }, "linux")).toBe("/x/y");
  expect(historyPath({ XDG_STATE_HOME: "/state" }, "linux")).toBe("/state/claude-notebook/history.jsonl");
});
