import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeSession } from "../../../bench/session/make-session.js";
import { runCommand } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "cn-session-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, lines: readonly (object | string)[]): string => {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const answer = {
  type: "assistant",
  message: { id: "m", model: "claude-a", content: [{ type: "text", text: "It is **8080**." }] },
};

test("a transcript of Claude Code becomes one page beside it", async () => {
  const path = write("transcript.jsonl", [
    { type: "summary", summary: "A title", leafUuid: "x" },
    ...makeSession(),
    '{"type":"assistant","uuid":"cut o',
  ]);
  const page = join(folder, "transcript.html");
  expect(await runCommand(["export", path])).toEqual({ exitCode: 0, stdout: `${page}\n`, stderr: "" });
  const html = readFileSync(page, "utf8");
  expect(html).toContain("<h1>Fix the rate of returns.</h1>");
  expect(html.match(/<details class="cn-panel/g)).toHaveLength(250);
});

test("branches that were left by going back, the CLI's own words and subagents' messages are not in it", async () => {
  const user = (uuid: string, parentUuid: string | null, content: string, more: object = {}) => ({
    type: "user", uuid, parentUuid, message: { role: "user", content }, ...more,
  }); // biome-ignore format: one line
  const path = write("branches.jsonl", [
    user("1", null, "first"),
    user("2", "1", "left behind"),
    user("3", "1", "caveat", { isMeta: true }),
    user("4", "3", "taken instead"),
    user("5", null, "sidechain", { isSidechain: true }),
  ]);
  await runCommand(["export", path]);
  const html = readFileSync(join(folder, "branches.html"), "utf8");
  expect(html).toContain("taken instead");
  expect(html).not.toMatch(/left behind|caveat|sidechain/);
});

test.each([
  [
    "a recording",
    [
      { claude_notebook_recording: 1, turn: 1, prompt: "Which port?" },
      { at: 1, line: answer },
    ],
  ],
  ["the output of claude -p", [{ type: "user", message: { role: "user", content: "Which port?" } }, answer]],
])("%s becomes a page, with its title and where it is wanted", async (_what, lines) => {
  const path = write("stream.jsonl", lines);
  const output = join(folder, "wanted.html");
  const { exitCode } = await runCommand(["export", path, "-o", output, "--title", "Ports"]);
  expect(exitCode).toBe(0);
  const html = readFileSync(output, "utf8");
  expect(html).toContain("<title>Ports</title>");
  expect(html).toContain("Which port?");
  expect(html).toContain("It is <strong>8080</strong>.");
});

test.each<[string, string[], number, string]>([
  ["no session", ["/no/such.jsonl"], 1, "There is no session at /no/such.jsonl."],
  [
    "a file without messages",
    [write("other.jsonl", [{ a: 1 }, "x"])],
    1,
    "other.jsonl holds no conversation with Claude.",
  ],
  ["--execute", [write("run.jsonl", [answer]), "--execute"], 2, "--execute is for notebooks"],
  ["--timeout", [write("run.jsonl", [answer]), "--timeout", "5"], 2, "--timeout is for notebooks"],
])("%s is one clear line on stderr", async (_what, args, code, words) => {
  const { exitCode, stdout, stderr } = await runCommand(["export", ...args]);
  expect([exitCode, stdout]).toEqual([code, ""]);
  expect(stderr).toContain(words);
  expect(stderr).not.toMatch(/^\s+at /m);
});
