import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { printPage } from "../../../../kernel/export/pdf/print-page.js";
import { tempFolder } from "../../../support/temp-folder.js";

/** A program that stands for a browser: what it does is a script of Node, which may answer on its pipes. */
function browserThat(script: string): { readonly path: string; readonly pidFile: string } {
  const folder = tempFolder();
  const [path, pidFile] = [join(folder, "browser"), join(folder, "pid")];
  const note = `require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;
  writeFileSync(path, `#!${process.execPath}\n${note}\n${script}\n`);
  chmodSync(path, 0o755);
  return { path, pidFile };
}

/** The browser's process id; 0 while it has not noted that whole, which it may never do when it is ended before. */
function pidIn(pidFile: string): number {
  return existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8")) : 0;
}

/** Whether the browser runs; one that was ended before it began never did. */
function isRunning(pidFile: string): boolean {
  const pid = pidIn(pidFile);
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// Each test leaves no profile behind. Profiles of other browsers on this machine are not ours to count.
const temporary = tempFolder();
beforeEach(() => void vi.stubEnv("TMPDIR", temporary));
afterEach(() => {
  vi.unstubAllEnvs();
  expect(readdirSync(temporary).filter((name) => name.includes("-browser-"))).toEqual([]);
});

test("a browser that fails is an error with its last words", async () => {
  const { path } = browserThat('process.stderr.write("first\\nno display\\n"); process.exitCode = 3;');
  await expect(printPage(path, "<p>")).rejects.toMatchObject({
    code: "page-not-printed",
    message: expect.stringContaining("no display"),
    hints: [expect.stringContaining("--to html")],
  });
});

test("last words that come after the connection has ended are in the error too", async () => {
  const { path } = browserThat(
    'require("node:fs").closeSync(4); setTimeout(() => process.stderr.write("no usable sandbox\\n"), 50);',
  );
  await expect(printPage(path, "<p>")).rejects.toThrow("no usable sandbox");
});

test("what the browser refuses is the reason", async () => {
  const { path } = browserThat(`
    const { createReadStream, createWriteStream } = require("node:fs");
    const output = createWriteStream("", { fd: 4 });
    createReadStream("", { fd: 3 }).on("data", (chunk) => {
      for (const text of String(chunk).split("\\0").filter(Boolean))
        output.write(JSON.stringify({ id: JSON.parse(text).id, error: { message: "not today" } }) + "\\0");
    });`);
  await expect(printPage(path, "<p>")).rejects.toThrow("not today");
});

test("a browser that hangs is ended after the time limit", async () => {
  const { path, pidFile } = browserThat("setInterval(() => {}, 1000);");
  await expect(printPage(path, "<p>", { timeoutMs: 1_500 })).rejects.toThrow("it took longer than 1.5 s");
  expect(isRunning(pidFile)).toBe(false);
});

test("an interrupt ends the browser", async () => {
  const { path, pidFile } = browserThat("setInterval(() => {}, 1000);");
  const controller = new AbortController();
  const printed = printPage(path, "<p>", { signal: controller.signal });
  await vi.waitFor(() => expect(pidIn(pidFile)).toBeGreaterThan(0), 20_000);
  controller.abort();
  await expect(printed).rejects.toThrow("interrupted");
  expect(isRunning(pidFile)).toBe(false);
});

test("a program that is none is an error, not a crash", async () => {
  await expect(printPage("/no/browser", "<p>")).rejects.toMatchObject({ code: "page-not-printed" });
});
