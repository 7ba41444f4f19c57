import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeSession } from "../../../bench/export/make-session.js";
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

test("branches that were left by going back, the CLI's own words and what subagents did for others are not in it", async () => {
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

test("what subagents did stands under the calls that started them, also below each other", async () => {
  const entry = (uuid: string, parentUuid: string | null, type: string, content: unknown, more: object = {}) => ({
    type, uuid, parentUuid, message: { id: uuid, role: type, content }, ...more,
  }); // biome-ignore format: one line
  const call = (id: string, prompt: string) => [
    { type: "tool_use", id, name: "Task", input: { description: id, prompt } },
  ];
  const returned = (id: string) => [{ type: "tool_result", tool_use_id: id, content: "reported" }];
  const side = { isSidechain: true };
  const path = write("subagents.jsonl", [
    entry("1", null, "user", "begin"),
    entry("2", "1", "assistant", call("outer", "look around")),
    entry("3", null, "user", "look around", side),
    entry("4", "3", "assistant", call("inner", "look deeper"), side),
    entry("5", null, "user", [{ type: "text", text: "look deeper" }], { ...side, agentId: "a5" }),
    entry("6", "5", "assistant", [{ type: "text", text: "FOUND DEEP" }], { ...side, agentId: "a5" }),
    entry("7", "4", "user", returned("inner"), { ...side, toolUseResult: { agentId: "a5" } }),
    entry("8", "7", "assistant", [{ type: "text", text: "FOUND NEAR" }], side),
    entry("9", "2", "user", returned("outer")),
    entry("10", "9", "assistant", [{ type: "text", text: "FOUND ALL" }]),
  ]);
  await runCommand(["export", path]);
  const html = readFileSync(join(folder, "subagents.html"), "utf8");
  const depths = ["FOUND DEEP", "FOUND NEAR", "FOUND ALL"].map((text) => {
    const before = html.slice(0, html.indexOf(text));
    return before.split("<details").length - before.split("</details>").length;
  });
  expect(depths[0]! - depths[1]!).toBe(1);
  expect(depths[1]! - depths[2]!).toBe(1);
});

test("what subagents did is found in files of their own too", async () => {
  const path = write("apart.jsonl", [
    { type: "assistant", uuid: "1", parentUuid: null, message: { id: "1", content: [{ type: "tool_use", id: "t", name: "Agent", input: {} }] } },
    { type: "user", uuid: "2", parentUuid: "1", toolUseResult: { agentId: "a7" }, message: { content: [{ type: "tool_result", tool_use_id: "t", content: "ok" }] } },
  ]); // biome-ignore format: a line each
  mkdirSync(join(folder, "apart", "subagents"), { recursive: true });
  write("apart/subagents/agent-a7.jsonl", [
    { type: "user", uuid: "3", parentUuid: null, agentId: "a7", message: { content: "go" } },
    { type: "assistant", uuid: "4", parentUuid: "3", agentId: "a7", message: { id: "4", content: [{ type: "text", text: "DONE APART" }] } },
  ]); // biome-ignore format: a line each
  await runCommand(["export", path]);
  expect(readFileSync(join(folder, "apart.html"), "utf8")).toContain("DONE APART");
});

test("a file that begins with a byte order mark is read from its first line on", async () => {
  const first = { type: "user", message: { role: "user", content: "THE FIRST PROMPT" } };
  const path = write("bom.jsonl", [`\ufeff${JSON.stringify(first)}`, answer]);
  await runCommand(["export", path]);
  expect(readFileSync(join(folder, "bom.html"), "utf8")).toContain("THE FIRST PROMPT");
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

test("secrets and home folders are taken out of a session, also where they are secret by the name of a field", async () => {
  const call = {
    type: "tool_use",
    id: "t",
    name: "Connect",
    input: { password: "swordfish77", path: "/home/ann/db" },
  };
  const path = write("secret.jsonl", [
    { type: "user", message: { role: "user", content: `use sk-ant-${"api03-abcDEF_123-xyz"}` } },
    { type: "assistant", message: { id: "m", content: [call] } },
    { type: "user", message: { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "opened /home/ann/db" }] } },
  ]); // biome-ignore format: a line each
  const { stderr } = await runCommand(["export", path], { env: { HOME: "/home/ann" } });
  expect(stderr).toMatch(
    /^redacted 2 secrets \(turn 1: Anthropic API key; turn 1: value of "password"\) and \d+ home paths\n$/,
  );
  const html = readFileSync(join(folder, "secret.html"), "utf8");
  expect(html).not.toMatch(/api03|swordfish77|\/home\/ann/);
  await runCommand(["export", path, "--no-redact"]);
  expect(readFileSync(join(folder, "secret.html"), "utf8")).toContain("swordfish77");
});

test("a conversation of a ConversationManager becomes a page under its title, with turns that were cut off", async () => {
  const at = "2026-01-05T09:00:00.000Z";
  const path = write("conversation.jsonl", [
    {
      type: "conversation",
      version: 1,
      session_id: "0b5c0000-0000-4000-8000-000000000001",
      created_at: at,
      tags: [],
    },
    { type: "turn", turn: 1, at, prompt: "Which port?" },
    { type: "message", turn: 1, at, message: { ...answer, parent_tool_use_id: null, session_id: "s" } },
    { type: "end", turn: 1, at, outcome: "done", replayed: false },
    { type: "turn", turn: 2, at, prompt: "And why?" },
    { type: "change", at, title: "Ports & reasons" },
    '{"type":"message","turn":2,"cut o',
  ]);
  expect(await runCommand(["export", path])).toMatchObject({ exitCode: 0, stderr: "" });
  const html = readFileSync(join(folder, "conversation.html"), "utf8");
  expect(html).toContain("<h1>Ports &amp; reasons</h1>");
  expect(html).toContain("It is <strong>8080</strong>.");
  expect(html).toMatch(/And why\?[\s\S]*[Ii]nterrupted/);
});

test.each(["session.jsonl", "notebook.ipynb"])("%s is never written over by its own page", async (name) => {
  const path = write(name, [answer]);
  const before = readFileSync(path, "utf8");
  symlinkSync(path, `${path}.link`);
  for (const output of [path, join(folder, ".", name), `${path}.link`]) {
    const { exitCode, stderr } = await runCommand(["export", path, "-o", output]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("it is the file that is exported");
    expect(readFileSync(path, "utf8")).toBe(before);
  }
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
  ["--hide-code", [write("run.jsonl", [answer]), "--hide-code"], 2, "--hide-code is for notebooks"],
  ["--timeout", [write("run.jsonl", [answer]), "--timeout", "5"], 2, "--timeout is for notebooks"],
])("%s is one clear line on stderr", async (_what, args, code, words) => {
  const { exitCode, stdout, stderr } = await runCommand(["export", ...args]);
  expect([exitCode, stdout]).toEqual([code, ""]);
  expect(stderr).toContain(words);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a session that is larger than Node can read is an error that says so", async () => {
  const path = write("large.jsonl", []);
  // Of nothing but holes: it takes no room on the disk.
  truncateSync(path, 3 * 2 ** 30);
  const { exitCode, stderr } = await runCommand(["export", path]);
  expect([exitCode, stderr]).toEqual([
    1,
    `claude-notebook: The session ${path} is larger than Node can read at once (512 MB).\n`,
  ]);
});
