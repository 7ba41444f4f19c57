import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appendLine } from "../../../src/storage/append-line.js";
import { lockFile, STALE_LOCK_MS } from "../../../src/storage/file-lock.js";
import { temporaryFolder } from "../fake-claude.js";

const parse = (path: string): unknown[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);

test("lines that are added at once all come whole", async () => {
  const path = join(temporaryFolder(), "lines.jsonl");
  writeFileSync(path, "");
  // Node writes a file in pieces of 512 kB where it is let.
  const texts = Array.from({ length: 50 }, (_, i) => "x".repeat(i % 2 === 0 ? 2_000_000 : 10));
  await Promise.all(texts.map((text, i) => appendLine(path, { i, text })));
  const seen = parse(path) as { i: number; text: string }[];
  expect(seen.map(({ i }) => i).sort((a, b) => a - b)).toEqual(texts.map((_, i) => i));
  expect(seen.every(({ i, text }) => text === texts[i])).toBe(true);
});

test("a line after one that was cut off begins anew", async () => {
  const path = join(temporaryFolder(), "lines.jsonl");
  writeFileSync(path, '{"a":1}\n{"b":');
  await appendLine(path, { c: 3 });
  expect(readFileSync(path, "utf8")).toBe('{"a":1}\n{"b":\n{"c":3}\n');
});

test("no line makes a file that is not there", async () => {
  await expect(appendLine(join(temporaryFolder(), "none.jsonl"), {})).rejects.toMatchObject({
    code: "ENOENT",
  });
});

test("a lock is held by one at a time, also in one process, and is free after its release", async () => {
  const path = join(temporaryFolder(), "new", "file");
  const first = await lockFile(path, 0);
  expect(first).toBeDefined();
  expect(await lockFile(path, 100)).toBeUndefined();
  const waiting = lockFile(path, 10_000);
  await first!.release();
  await first!.release();
  const second = await waiting;
  expect(second).toBeDefined();
  await second!.release();
});

test("a lock that a killed process has left behind is taken over once it is stale", async () => {
  const path = join(temporaryFolder(), "file");
  mkdirSync(`${path}.lock`);
  expect(await lockFile(path, 50)).toBeUndefined();
  const then = (Date.now() - STALE_LOCK_MS - 1000) / 1000;
  utimesSync(`${path}.lock`, then, then);
  const lock = await lockFile(path, 1000);
  expect(lock).toBeDefined();
  await lock!.release();
});

test("waiting for a lock can be stopped", async () => {
  const path = join(temporaryFolder(), "file");
  const held = await lockFile(path, 0);
  const stop = new AbortController();
  const waiting = lockFile(path, 60_000, stop.signal);
  stop.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await held!.release();
});
