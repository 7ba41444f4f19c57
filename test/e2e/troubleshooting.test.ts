import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { ClaudeWebSocketServer } from "../../src/server/index.js";
import { connectClaude } from "../../src/socket-client/index.js";
import { apiError, text, toolUse } from "../../src/testing/index.js";
import { ensureClaudeBinary } from "../support/claude-binary.js";
import { type KernelClient, startKernelClient } from "../support/kernel-client.js";
import { ensurePythonEnv } from "../support/python-env.js";
import { runCli, strangerEnv } from "../support/run-cli.js";
import { type ScriptedClaude, scriptedClaude } from "../support/scripted-claude.js";
import { tempFolder } from "../support/temp-folder.js";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/troubleshooting.md"), "utf8");

/** Heading → what the page says that its reader sees: the section's first block of text. */
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.split("\n", 1)[0]!, /^```text\n([\s\S]*?)^```$/m.exec(section)?.[1] ?? ""]),
);

let claude: ScriptedClaude;
let kernel: KernelClient;

beforeAll(async () => {
  claude = await scriptedClaude([
    {
      when: "too many",
      replies: [apiError(429, "This request would exceed your organization's rate limit")],
    },
    { when: "too busy", replies: [apiError(529, "Overloaded")] },
    { when: "login is old", replies: [apiError(401, "OAuth token has expired.")] },
    { when: "slow", replies: [toolUse("Bash", { command: "sleep 600" }), text("late")] },
    { when: "Run the tests", replies: [toolUse("Bash", { command: "npm test" }), text("I may not.")] },
    { when: () => true, replies: [text("Scripted.")] },
  ]);
  // The least that the CLI tries again.
  kernel = await startKernelClient({ env: { ...claude.env, CLAUDE_CODE_MAX_RETRIES: "1" } });
});
afterAll(async () => {
  await kernel?.close();
  await claude?.api.close();
});

/** All that a cell shows, as text. */
async function cell(code: string, on = kernel): Promise<string> {
  const { messages } = await on.execute(code, { timeoutMs: 120_000 });
  return messages
    .flatMap(({ content }) => content.text ?? content.data?.["text/plain"] ?? content.traceback ?? [])
    .join("\n");
}

const show = (prompt: string, options = "{}"): Promise<string> =>
  cell(`await display_claude_response(query(${JSON.stringify(prompt)}, ${options}))`);

/** What a command of ours prints. */
async function command(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const home = tempFolder();
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(home, name), contents);
  const { exitCode, stdout, stderr } = await runCli(args, {
    home,
    env: { NODE_OPTIONS: "--max-old-space-size=300" },
  });
  expect(exitCode).not.toBe(0);
  return `${stderr}\n${stdout}`;
}

const notebook = (source: string): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "claude-notebook", display_name: "TypeScript (Claude)", language: "typescript" },
    },
    cells: [{ id: "a", cell_type: "code", metadata: {}, source, outputs: [], execution_count: null }],
  });
const run = (source: string, ...args: readonly string[]): Promise<string> =>
  command(["run", "analysis.ipynb", ...args], { "analysis.ipynb": notebook(source) });

/** Why a client of the server is turned away. */
async function refusal(url: string, token?: string): Promise<string> {
  const socket = connectClaude({
    url,
    WebSocket: WebSocket as never,
    retryDelayMs: 1,
    retries: 1,
    ...(token && { token }),
  });
  onTestFinished(() => socket.close());
  try {
    for await (const _ of socket.query("hi"));
    return "";
  } catch (error) {
    return String(error);
  }
}

async function server(options: { token?: string } = {}): Promise<string> {
  const started = new ClaudeWebSocketServer({ ...options, allowedFolders: [tempFolder()] });
  await started.run({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => started.close());
  return started.url!;
}

/** Heading → makes that failure really happen, and tells what its user sees. */
const provocations: Readonly<Record<string, () => Promise<string>>> = {
  "The claude CLI is not found": async () => {
    const stranger = await startKernelClient({
      env: { ...strangerEnv(tempFolder()), CLAUDE_NOTEBOOK_MODE: "live" },
    });
    onTestFinished(() => stranger.close());
    return cell('await display_claude_response(query("hi"))', stranger);
  },
  "The claude CLI ends with exit code 1": () =>
    cell(
      'for await (const message of query("hi", { extraArgs: { "no-such-flag": null } })) console.log(message.type)',
    ),
  "Claude cannot be reached": () => show("hi", '{ env: { ANTHROPIC_BASE_URL: "http://127.0.0.1:9" } }'),
  "A line is not a JSON message": async () => {
    const wrapper = join(tempFolder(), "claude");
    writeFileSync(
      wrapper,
      `#!/bin/sh\necho "Now using node v22"\nexec "${await ensureClaudeBinary()}" "$@"\n`,
    );
    chmodSync(wrapper, 0o755);
    return show("hi", JSON.stringify({ pathToClaudeCodeExecutable: wrapper }));
  },
  "A turn takes too long": () => show("slow", '{ timeoutMs: 3_000, allowedTools: ["Bash"] }'),
  "A cell runs too long": () => run("await new Promise(() => {})", "--timeout", "2"),
  "A tool is not allowed": () => show("Run the tests"),
  "Too many requests": () => show("too many"),
  "The service is overloaded": () => show("too busy"),
  "Not logged in": () => show("hi", "{ env: { ANTHROPIC_API_KEY: undefined } }"),
  "The login has expired": () => show("login is old"),
  "A session is not found": () => show("hi", '{ resume: "11111111-1111-4111-8111-111111111111" }'),
  "An option does not exist": () =>
    cell(
      'for await (const message of query("hi", { allowedTool: ["Bash"] } as never)) console.log(message.type)',
    ),
  "A recording is missing": () =>
    cell('for await (const message of query("What is new?", { mode: "replay" })) console.log(message.type)'),
  "A package is not installed": () => cell('import chart from "no-such-chart"'),
  "Jupyter does not offer the kernel": async () => {
    const python = await ensurePythonEnv();
    const home = tempFolder();
    writeFileSync(join(home, "analysis.ipynb"), notebook("1"));
    const args = ["nbconvert", "--execute", "--to", "notebook", "--output", "out.ipynb", "analysis.ipynb"];
    const { stderr } = await execa(python.bin("jupyter"), args, {
      cwd: home,
      env: strangerEnv(home),
      extendEnv: false,
      reject: false,
    });
    return stderr;
  },
  "The kernel dies": () => run('process.kill(process.pid, "SIGKILL");\nawait new Promise(() => {})'),
  "Out of memory": () =>
    // With pauses: the kernel measures its heap, and V8 must not be quicker.
    run(`const rows: unknown[] = []; const pause = new Int32Array(new SharedArrayBuffer(4));
      while (true) { rows.push(Array.from({ length: 50_000 }, (_, i) => ({ i }))); Atomics.wait(pause, 0, 0, 1); }`),
  "A notebook is not JSON": () =>
    command(["export", "analysis.ipynb"], { "analysis.ipynb": '{ "cells": [ ' }),
  "The WebSocket server cannot be reached": async () => {
    const closed = await listening();
    await closed.close();
    return refusal(`http://127.0.0.1:${closed.port}`);
  },
  "The WebSocket server wants a token": async () => {
    const url = await server({ token: "0123456789abcdef" });
    return `${await refusal(url)}\n${await refusal(url, "wrong-token-0000")}`;
  },
  "The WebSocket server turns a page away": async () => {
    const url = await server();
    const answer = await fetch(`${url}/health`, { headers: { origin: "https://elsewhere.example" } });
    return answer.text();
  },
  "The server's address is in use": async () => {
    const taken = await listening();
    onTestFinished(taken.close);
    return command(["serve", "--port", String(taken.port)]);
  },
  "The server wants a token for other machines": () => command(["serve", "--host", "0.0.0.0"]),
};

/** A port of 127.0.0.1 that somebody listens on. */
async function listening(): Promise<{ port: number; close: () => Promise<void> }> {
  const http = createServer();
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  const { port } = http.address() as { port: number };
  return { port, close: () => new Promise((done) => http.close(() => done())) };
}

/** A block of the page as a pattern: `…` stands for what differs from case to case, blanks for blanks of any kind. */
function patternOf(block: string): RegExp {
  const literal = (part: string): string =>
    part
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .trim()
      .replace(/\s+/g, "\\s+");
  return new RegExp(block.split("…").map(literal).join("[\\s\\S]*?"));
}

test("each section of the page has a message, and each message is provoked here", () => {
  expect([...sections.keys()].sort()).toEqual(Object.keys(provocations).sort());
  for (const [heading, block] of sections) expect(block.trim(), heading).not.toBe("");
});

test.each(Object.keys(provocations))("%s: what the page shows is what is seen", async (heading) => {
  const seen = (await provocations[heading]!()).replaceAll(/\u001b\[[\d;]*m/g, "");
  expect(seen).toMatch(patternOf(sections.get(heading) ?? "the page has no such section"));
});
