import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { fileStates } from "../../../kernel/turn-changes/file-state.js";
import type { TurnRecord } from "../../../kernel/turn-changes/turn-record.js";
import { whyNotUndo } from "../../../kernel/turn-changes/why-not-undo.js";
import { resultMessage } from "../../../src/testing/index.js";
import { tempFolder } from "../../support/temp-folder.js";

let cwd: string;
const at = (name: string): string => join(cwd, name);
beforeEach(() => {
  cwd = tempFolder();
  writeFileSync(at("a.txt"), "after");
  writeFileSync(at("new.txt"), "new");
});

async function recordOf(...paths: readonly string[]): Promise<TurnRecord> {
  const files = paths.map((path) => ({
    path,
    created: path.includes("new"),
    added: 1,
    removed: 1,
    hunks: [],
  }));
  return { files, left: await fileStates(paths), result: resultMessage() };
}

test("nothing speaks against it while all is as the turn left it", async () => {
  const record = await recordOf(at("a.txt"), at("new.txt"));
  expect(await whyNotUndo(record, { cwd }, [at("a.txt"), at("new.txt")])).toEqual([]);
});

test("a new file that is gone already is no loss; any other change since is", async () => {
  const record = await recordOf(at("a.txt"), at("new.txt"));
  rmSync(at("new.txt"));
  expect(await whyNotUndo(record, { cwd }, [at("a.txt")])).toEqual([]);
  writeFileSync(at("a.txt"), "by hand");
  expect(await whyNotUndo(record, { cwd }, [at("a.txt")])).toEqual(["a.txt has been changed since"]);
  rmSync(at("a.txt"));
  mkdirSync(at("a.txt"));
  expect(await whyNotUndo(record, { cwd }, [at("a.txt")])).toEqual(["a.txt has been changed since"]);
  rmSync(at("a.txt"), { recursive: true });
  expect(await whyNotUndo(record, { cwd }, [at("a.txt")])).toEqual(["a.txt has been deleted since"]);
});

test("a file that the CLI would leave as it is, and one that is not the turn's, are named", async () => {
  const record = await recordOf(at("a.txt"));
  expect(await whyNotUndo(record, { cwd }, [at("b.txt")])).toEqual([
    "the CLI has not kept what a.txt was before",
    "b.txt, which this turn did not change, would be put back as well",
  ]);
});

test("a folder that was given to Claude is inside; a link that leads out is not", async () => {
  const other = tempFolder();
  const path = join(other, "a.txt");
  writeFileSync(path, "x");
  const record = await recordOf(path);
  expect(await whyNotUndo(record, { cwd, additionalDirectories: [other] }, [path])).toEqual([]);
  expect(await whyNotUndo(record, { cwd }, [path])).toEqual([
    `${path} lies outside of the folders that Claude was given`,
  ]);
  symlinkSync(other, at("link"));
  const linked = await recordOf(at("link/a.txt"));
  expect(await whyNotUndo(linked, { cwd }, [path])).toEqual([
    `${at("link/a.txt")} lies outside of the folders that Claude was given`,
  ]);
});

test("of a CLI elsewhere nothing can be told", async () => {
  const spawnClaudeCodeProcess = (() => {}) as never;
  expect(await whyNotUndo(await recordOf(at("a.txt")), { cwd, spawnClaudeCodeProcess }, [])).toEqual([
    expect.stringContaining("the CLI runs elsewhere"),
  ]);
});
