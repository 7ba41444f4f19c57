import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  collectResult,
  isAssistantMessage,
  isResultMessage,
  isStreamEvent,
  isSystemMessage,
  isTextBlock,
  isThinkingBlock,
  isToolResultBlock,
  isToolUseBlock,
  isUserMessage,
  type Message,
  originOf,
  ProcessError,
  query,
  queryText,
} from "../../../src/index.js";
import { descendantsOf, listProcesses } from "../../../src/process/assets/process-tree.mjs";
import { apiError, text, thinking, toolUse } from "../../../src/testing/index.js";
import { eventually, lives, readAll } from "../../src/fake-claude.js";
import { realClaude } from "./real-claude.js";

function blocksOf(messages: readonly Message[]) {
  return messages.filter(isAssistantMessage).flatMap(({ content }) => content);
}

/** Arguments, each ended by a zero byte; undefined for a process that has gone meanwhile. */
function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return undefined;
  }
}

describe("a turn on the real CLI", () => {
  test("answers: init, the answer while it streams and whole, the result with its cost", async () => {
    const { options } = await realClaude([
      { when: "hi", replies: [[thinking("Who is it?"), text("Hello **you**.")]] },
    ]);
    const { messages, error } = await readAll(query("hi", options));
    expect(error).toBeUndefined();
    expect(messages.filter(({ type }) => type === "malformed")).toEqual([]);
    expect(messages.find(isSystemMessage)).toMatchObject({ subtype: "init", cwd: options.cwd });
    expect(messages.filter(isStreamEvent).length).toBeGreaterThan(5);
    expect(blocksOf(messages).find(isThinkingBlock)?.thinking).toBe("Who is it?");
    expect(blocksOf(messages).find(isTextBlock)?.text).toBe("Hello **you**.");
    const result = messages.at(-1)!;
    expect(isResultMessage(result) && result).toMatchObject({
      is_error: false,
      result: "Hello **you**.",
      num_turns: 1,
    });
    expect((result as { total_cost_usd: number }).total_cost_usd).toBeGreaterThan(0);
  });

  test("really runs a tool in the working folder", async () => {
    const command = "echo $((6 * 7)) > made.txt; cat made.txt; echo oops >&2";
    const { options, cwd } = await realClaude(
      [{ when: "compute", replies: [[text("I compute."), toolUse("Bash", { command })], text("42 it is.")] }],
      { allowedTools: ["Bash"] },
    );
    const { messages } = await readAll(query("compute", options));
    const call = blocksOf(messages).find(isToolUseBlock)!;
    expect(call).toMatchObject({ name: "Bash", input: { command } });
    const returned = messages
      .filter(isUserMessage)
      .find(({ content }) => Array.isArray(content) && content.some(isToolResultBlock))!;
    expect(returned.content).toMatchObject([{ tool_use_id: call.id, is_error: false }]);
    expect(returned.tool_use_result).toMatchObject({ stdout: expect.stringContaining("42") });
    expect(readFileSync(join(cwd, "made.txt"), "utf8")).toBe("42\n");
    expect(messages.at(-1)).toMatchObject({ result: "42 it is.", num_turns: 2 });
  });

  test("gets a prompt that begins with a dash, and one of 200 KB, as they are", async () => {
    const long = `${"All work and no play. 💡 ".repeat(8_500)}- end`;
    expect(Buffer.byteLength(long)).toBeGreaterThan(200_000);
    const { options, api } = await realClaude([{ when: () => true, replies: [text("ok")] }]);
    for (const prompt of ["- buy milk\n- buy eggs", "--help", long]) {
      const before = api.requests.length;
      expect(await queryText(prompt, options)).toBe("ok");
      const bodies = api.requests.slice(before).map(({ body }) => JSON.stringify(body?.messages));
      expect(bodies.some((body) => body?.includes(JSON.stringify(prompt).slice(1, -1)))).toBe(true);
    }
  });

  test("gets system prompts, also one that begins with a dash", async () => {
    const { options, api } = await realClaude([{ when: "hi", replies: [text("ok")] }]);
    await queryText("hi", { ...options, systemPrompt: "- be a pirate", appendSystemPrompt: "--and polite" });
    const system = JSON.stringify(api.requests.map(({ body }) => body?.system));
    expect(system).toContain("- be a pirate");
    expect(system).toContain("--and polite");
  });

  test("goes on with a session", async () => {
    const { options } = await realClaude([
      { when: "first", replies: [text("one"), text("two"), text("three")] },
    ]);
    const first = await collectResult(query("first", options));
    const second = await collectResult(query("second", { ...options, resume: first.session_id }));
    expect(second).toMatchObject({ result: "two", session_id: first.session_id });
    const copy = await collectResult(
      query("third", { ...options, resume: first.session_id, forkSession: true }),
    );
    expect(copy.result).toBe("three");
    expect(copy.session_id).not.toBe(first.session_id);
  });

  test("takes every option that has a flag", async () => {
    const { options, cwd } = await realClaude([{ when: "hi", replies: [text("ok")] }]);
    const result = await collectResult(
      query("hi", {
        ...options,
        model: "sonnet",
        fallbackModel: "haiku",
        maxTurns: 3,
        allowedTools: ["Read", "Bash(git *)"],
        disallowedTools: ["WebFetch"],
        tools: ["Read", "Bash"],
        permissionMode: "ask",
        sessionId: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11",
        additionalDirectories: [cwd],
        maxBudgetUsd: 1,
        effort: "low",
        settings: { includeCoAuthoredBy: false },
        settingSources: [],
        mcpServers: {},
        strictMcpConfig: true,
        agents: { helper: { description: "helps", prompt: "Help." } },
        includePartialMessages: false,
        extraArgs: { "no-session-persistence": null },
      }),
    );
    expect(result).toMatchObject({ result: "ok", session_id: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11" });
  });

  test("stops after maxTurns with an error result", async () => {
    const { options } = await realClaude([
      { when: "go", replies: [toolUse("Bash", { command: "true" }), text("no")] },
    ]);
    const { messages, error } = await readAll(
      query("go", { ...options, maxTurns: 1, allowedTools: ["Bash"] }),
    );
    expect(error).toBeUndefined();
    expect(messages.at(-1)).toMatchObject({ type: "result", is_error: true, subtype: "error_max_turns" });
  });

  test("twenty at once do not mix", async () => {
    const prompts = Array.from({ length: 20 }, (_, n) => `number ${n}`);
    const { options } = await realClaude(
      prompts.map((when) => ({ when, replies: [text(`this is ${when}`)] })),
    );
    const answers = await Promise.all(prompts.map((prompt) => queryText(prompt, options)));
    expect(answers).toEqual(prompts.map((prompt) => `this is ${prompt}`));
  });
});

describe("failures of the real CLI", () => {
  test.each([
    [401, "invalid x-api-key"],
    [400, "that cannot be"],
  ])("the API says %i: an error result that tells why, and no exception", async (status, why) => {
    const { options } = await realClaude([{ when: "hi", replies: [apiError(status, why)] }], {
      env: { CLAUDE_CODE_MAX_RETRIES: "1" },
    });
    const { messages, error } = await readAll(query("hi", options));
    expect(error).toBeUndefined();
    expect(messages.at(-1)).toMatchObject({ type: "result", is_error: true });
  });

  test("the API says 500: retries are messages, then an error result", async () => {
    const { options } = await realClaude([{ when: "hi", replies: [apiError(500, "broken")] }], {
      env: { CLAUDE_CODE_MAX_RETRIES: "2" },
    });
    const { messages, error } = await readAll(query("hi", options));
    expect(error).toBeUndefined();
    expect(messages.filter(isSystemMessage).map(({ subtype }) => subtype)).toContain("api_retry");
    expect(messages.at(-1)).toMatchObject({ type: "result", is_error: true });
  });

  test("the API is overloaded once: the answer comes all the same", async () => {
    const { options } = await realClaude([
      { when: "hi", replies: [apiError(529, "Overloaded", 1), text("late")] },
    ]);
    expect(await queryText("hi", options)).toBe("late");
  });

  test("an unknown flag: a ProcessError with what the CLI said", async () => {
    const { options } = await realClaude([]);
    const { error } = await readAll(query("hi", { ...options, extraArgs: { "no-such-flag": null } }));
    expect(ProcessError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("no-such-flag") });
  });

  test("an unknown session: an error result", async () => {
    const { options } = await realClaude([]);
    const { messages } = await readAll(
      query("hi", { ...options, resume: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11" }),
    );
    expect(messages.at(-1)).toMatchObject({
      is_error: true,
      errors: [expect.stringContaining("No conversation found")],
    });
  });
});

describe("stopping the real CLI inside a Bash tool", () => {
  /** Runs until Bash sleeps; returns the turn and the pids of everything that belongs to it. */
  async function sleeping(seconds: number) {
    const { options } = await realClaude(
      [
        {
          when: "sleep",
          replies: [toolUse("Bash", { command: `sleep ${seconds} | sleep ${seconds}` }), text("no")],
        },
      ],
      { allowedTools: ["Bash"] },
    );
    const abort = new AbortController();
    const turn = query("sleep", { ...options, abortSignal: abort.signal });
    // Also when the test fails, and before its folder goes.
    onTestFinished(() => turn.close());
    for (;;) {
      const { value } = await turn.next();
      if (value && isAssistantMessage(value) && value.content.some(isToolUseBlock)) break;
    }
    const run = () =>
      descendantsOf({
        pid: turn.pid!,
        started: listProcesses().find((p) => p.pid === turn.pid)?.started,
        id: "-",
      });
    const sleepers = () => run().filter(({ pid }) => commandLine(pid) === `sleep\0${seconds}\0`);
    expect(await eventually(() => sleepers().length === 2)).toBe(true);
    return { turn, abort, pids: [turn.pid!, ...run().map(({ pid }) => pid)] };
  }

  test("an abort leaves no process of the run", async () => {
    const { turn, abort, pids } = await sleeping(601);
    expect(pids.length).toBeGreaterThanOrEqual(4);
    const reading = readAll(turn);
    abort.abort(new Error("enough"));
    expect((await reading).error).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
    expect(pids.filter(lives)).toEqual([]);
  });

  test("leaving the loop leaves no process of the run", async () => {
    const { turn, pids } = await sleeping(602);
    await turn.return();
    expect(pids.filter(lives)).toEqual([]);
  });
});

describe("recordings of the real CLI", () => {
  const secret = `sk-ant-${"api03-real-looking-key-0123"}`;

  test("replay gives the same messages at the same times, without CLI, API or working folder", async () => {
    const { options, api, cwd } = await realClaude(
      [
        {
          when: "work",
          replies: [[thinking("Hm."), toolUse("Bash", { command: "echo made > a.txt; ls" })], text("Done.")],
        },
      ],
      { allowedTools: ["Bash"], mode: "record" },
    );
    const recordingsDir = join(cwd, "..", "recordings");
    const recorded = await readAll(query("work", { ...options, recordingsDir }));
    expect(recorded.error).toBeUndefined();
    await api.close();
    rmSync(cwd, { recursive: true });

    const elsewhere = {
      ...options,
      recordingsDir,
      mode: "replay",
      pathToClaudeCodeExecutable: "/no/such/claude",
      env: {},
    } as const;
    const replayed = await readAll(query("work", elsewhere));
    expect(replayed.error).toBeUndefined();
    const withoutHome = (messages: readonly Message[]) =>
      JSON.parse(JSON.stringify(messages).replaceAll(join(cwd, "..", "home"), "~"));
    expect(withoutHome(replayed.messages)).toEqual(withoutHome(recorded.messages));
    const times = (messages: readonly Message[]) =>
      messages.map((message) => Math.round(originOf(message)!.atMs));
    expect(times(replayed.messages)).toEqual(times(recorded.messages));
    expect(replayed.messages.every((message) => originOf(message)?.query.replayed)).toBe(true);
    expect(existsSync(join(cwd, "a.txt"))).toBe(false);
  });

  test("hold no credential, no home and no working folder, however the answer was cut", async () => {
    const { options, cwd } = await realClaude(
      [
        {
          when: `leak ${secret}`,
          replies: [
            [
              text(`Your key is ${secret}.`),
              toolUse("Bash", { command: `echo ${secret}; pwd; echo $HOME; echo $ANTHROPIC_API_KEY` }),
            ],
            text(`I am in it: ${secret}`),
          ],
        },
      ],
      { allowedTools: ["Bash"], mode: "record", env: { ANTHROPIC_API_KEY: "plain-looking-key-of-the-test" } },
      { chunkLength: 5 },
    );
    const recordingsDir = join(cwd, "..", "recordings");
    const { error } = await readAll(query(`leak ${secret}`, { ...options, recordingsDir }));
    expect(error).toBeUndefined();
    const kept = readdirSync(recordingsDir)
      .map((file) => readFileSync(join(recordingsDir, file), "utf8"))
      .join("");
    expect(kept).toContain("[redacted]");
    for (const told of [secret, "plain-looking-key", cwd, join(cwd, "..", "home")])
      expect(kept).not.toContain(told);
    // Nor in pieces: all deltas joined.
    const joined = [...kept.matchAll(/"(?:text|partial_json)":"((?:[^"\\]|\\.)*)"/g)]
      .map(([, piece]) => piece)
      .join("");
    expect(joined).not.toContain(secret);
  });
});
