import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  AbortError,
  abortQueries,
  CLIConnectionError,
  CLIJSONDecodeError,
  CLINotFoundError,
  collectResult,
  InvalidOptionsError,
  isQueryActive,
  type Message,
  originOf,
  ProcessError,
  query,
  queryText,
  ResultError,
  setQueryContext,
  TimeoutError,
} from "../../src/index.js";
import { assistantMessage, initMessage, resultMessage, text } from "../../src/testing/index.js";
import { eventually, fakeClaude, lives, readAll, type Step, temporaryFolder } from "./fake-claude.js";

const init: Step = ["say", initMessage()];
const answer: Step = ["say", assistantMessage([text("Hello")])];
const result: Step = ["say", resultMessage()];

interface Echo {
  readonly args: readonly string[];
  readonly prompt: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

function echoOf(messages: readonly Message[]): Echo {
  return messages.find(({ type }) => type === "echo") as unknown as Echo;
}

function types(messages: readonly Message[]): string[] {
  return messages.map(({ type }) => type);
}

/** The pid of the child that the fake CLI's `child` step started. */
async function childPid(stream: AsyncGenerator<Message>): Promise<number> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error("the fake CLI started no child");
    if (value.type === "child") return (value as unknown as { pid: number }).pid;
  }
}

describe("a turn", () => {
  test("yields the messages in order and ends after the result", async () => {
    const { messages, error } = await readAll(query("hi", fakeClaude([init, answer, result])));
    expect(error).toBeUndefined();
    expect(types(messages)).toEqual(["system", "assistant", "result"]);
    expect(messages[1]).toHaveProperty("content", [{ type: "text", text: "Hello" }]);
  });

  test("is asked for in both forms", async () => {
    const options = fakeClaude([["echo"], result]);
    expect(echoOf((await readAll(query("one", options))).messages).prompt).toBe("one");
    expect(echoOf((await readAll(query({ prompt: "two", options }))).messages).prompt).toBe("two");
  });

  test("starts nothing before the first message is asked for", async () => {
    const turn = query("hi", fakeClaude([init, result]));
    await sleep(50);
    expect(turn.pid).toBeUndefined();
    await turn.next();
    expect(turn.pid).toBeGreaterThan(0);
    await turn.close();
  });

  test("sends the prompt on stdin, whole, and never as an argument", async () => {
    const prompt = `- not a flag ${"é💡".repeat(50_000)}`;
    const echo = echoOf((await readAll(query(prompt, fakeClaude([["echo"], result])))).messages);
    expect(echo.prompt).toBe(prompt);
    expect(echo.args.join(" ")).not.toContain("not a flag");
  });

  test("keeps an error result as a message, although the CLI exits with 1", async () => {
    const failed = resultMessage({
      subtype: "error_max_turns",
      is_error: true,
      errors: ["Reached maximum number of turns (1)"],
    });
    const { messages, error } = await readAll(query("hi", fakeClaude([init, ["say", failed], ["exit", 1]])));
    expect(error).toBeUndefined();
    expect(messages.at(-1)).toMatchObject({ type: "result", is_error: true });
  });

  test("runs in the folder that cwd names, as a path or as a file URL", async () => {
    const folder = temporaryFolder();
    for (const cwd of [folder, pathToFileURL(folder), pathToFileURL(folder).href]) {
      const { messages } = await readAll(query("hi", fakeClaude([["echo"], result], { cwd })));
      expect(echoOf(messages).cwd).toBe(folder);
    }
  });

  test("hides system prompts and server credentials from the list of processes", async () => {
    const options = fakeClaude([["echo"], result], {
      systemPrompt: "- be brief",
      mcpServers: { db: { command: "db", env: { DB_TOKEN: "s3cret-value" } } },
    });
    const { args, files } = echoOf((await readAll(query("hi", options))).messages);
    expect(args.join(" ")).not.toMatch(/brief|s3cret/);
    expect(Object.values(files)).toContain("- be brief");
    expect(Object.values(files).some((text) => text.includes("s3cret-value"))).toBe(true);
    expect(Object.keys(files).filter((path) => existsSync(path))).toEqual([]);
  });

  test("adds env to the environment and removes what is undefined", async () => {
    const options = fakeClaude([["echo"], result], { env: { ADDED: "1", HOME: undefined } });
    const { env } = echoOf((await readAll(query("hi", options))).messages);
    expect(env).toMatchObject({ ADDED: "1", PATH: process.env.PATH });
    expect(env).not.toHaveProperty("HOME");
  });

  test("passes unknown kinds on as they are, and odd messages of known kinds as malformed", async () => {
    const odd: Step = ["say", { type: "assistant", message: "?" }];
    const { messages, error } = await readAll(
      query("hi", fakeClaude([["say", { type: "new_kind", a: 1 }], odd, result])),
    );
    expect(error).toBeUndefined();
    expect(messages[0]).toEqual({ type: "new_kind", a: 1 });
    expect(messages[1]).toMatchObject({ type: "malformed", original: { type: "assistant", message: "?" } });
  });

  test("loses nothing for a slow reader", async () => {
    let seen = 0;
    for await (const message of query("hi", fakeClaude([["many", 20_000], result]))) {
      if (message.type !== "numbered") continue;
      expect(message).toMatchObject({ n: seen++ });
      if (seen % 5_000 === 0) await sleep(100);
    }
    expect(seen).toBe(20_000);
  });

  test("takes a line of 50 MB", async () => {
    const { messages, error } = await readAll(query("hi", fakeClaude([["big", 50_000_000], result])));
    expect(error).toBeUndefined();
    expect((messages[0] as unknown as { text: string }).text).toHaveLength(50_000_000);
  });

  test("gives the same messages however the stream is split, also inside a character", async () => {
    const sent = [
      initMessage(),
      assistantMessage([text("Zwölf 💡 日本語")]),
      resultMessage({ result: "✓ é" }),
    ];
    const bytes = Buffer.from(sent.map((message) => `${JSON.stringify(message)}\n`).join(""));
    const cuts = [...bytes.keys()].filter((at) => bytes[at]! >= 0x80);
    const steps = [0, ...cuts].map(
      (at, i): Step => ["bytes", bytes.subarray(at, cuts[i] ?? bytes.length).toString("base64")],
    );
    const { messages } = await readAll(query("hi", fakeClaude(steps)));
    expect(JSON.parse(JSON.stringify(messages))).toEqual(JSON.parse(JSON.stringify(sent)));
  });

  test("keeps stderr apart from the messages", async () => {
    const { messages, error } = await readAll(
      query("hi", fakeClaude([init, ["stderr", '{"type":"result"}\n'], result])),
    );
    expect(error).toBeUndefined();
    expect(types(messages)).toEqual(["system", "result"]);
  });

  test("ends although a process that a tool left behind holds stdout open", async () => {
    const { messages, error } = await readAll(query("hi", fakeClaude([["holdStdout"], result, ["exit", 0]])));
    expect(error).toBeUndefined();
    const { pid } = messages[0] as unknown as { pid: number };
    expect(lives(pid)).toBe(true);
    process.kill(pid, "SIGKILL");
  });
});

describe("the origin", () => {
  test("marks every message with its query and the time of its arrival", async () => {
    const turn = query("hi", fakeClaude([init, ["wait", 200], result]));
    const { messages } = await readAll(turn);
    const [first, last] = messages.map((message) => originOf(message)!);
    expect(first?.query).toBe(turn.origin);
    expect(last!.atMs - first!.atMs).toBeGreaterThan(150);
    expect(turn.origin).toMatchObject({ prompt: "hi", replayed: false });
    expect(JSON.stringify(messages[0])).not.toContain(turn.origin.id);
  });

  test("remembers what was running when it was first read, not when it was made or read on", async () => {
    setQueryContext(() => "cell 1");
    const turn = query("hi", fakeClaude([init, result]));
    expect(turn.origin.context).toBeUndefined();
    setQueryContext(() => "cell 2");
    const { value: first } = await turn.next();
    setQueryContext(() => "cell 3");
    const { messages } = await readAll(turn);
    setQueryContext(undefined);
    expect([first, ...messages].map((message) => originOf(message)?.query.context)).toEqual([
      "cell 2",
      "cell 2",
    ]);
  });
});

describe("a CLI that fails", () => {
  test("dies midway: the messages before it, then a ProcessError with exit code and stderr", async () => {
    const steps: Step[] = [init, answer, ["stderr", "out of memory\n"], ["exit", 3]];
    const { messages, error } = await readAll(query("hi", fakeClaude(steps)));
    expect(types(messages)).toEqual(["system", "assistant"]);
    expect(ProcessError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ exitCode: 3, stderr: "out of memory\n" });
    expect(String(error)).toContain("out of memory");
  });

  test("is too old for an option: a ProcessError in its words, which says how to go on", async () => {
    const steps: Step[] = [
      ["stderr", "error: unknown option '--session-mirror'\n"],
      ["exit", 1],
    ];
    const { error } = await readAll(query("hi", fakeClaude(steps)));
    expect(error).toMatchObject({ code: "process_failed", exitCode: 1 });
    expect(String(error)).toContain("unknown option '--session-mirror'");
    expect((error as ProcessError).hints.join()).toContain("claude update");
  });

  test("is killed: a ProcessError that names the signal", async () => {
    const { error } = await readAll(query("hi", fakeClaude([init, ["die", "SIGKILL"]])));
    expect(error).toMatchObject({ name: "ProcessError", signal: "SIGKILL" });
  });

  test("writes garbage: the messages before it, then a CLIJSONDecodeError with the line, and the CLI is ended", async () => {
    const turn = query("hi", fakeClaude([init, answer, ["write", "Segmentation fault\n"], ["wait", 60_000]]));
    const { messages, error } = await readAll(turn);
    expect(types(messages)).toEqual(["system", "assistant"]);
    expect(CLIJSONDecodeError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ line: "Segmentation fault" });
    expect(lives(turn.pid!)).toBe(false);
  });

  test("cuts its last line off and exits with 0: a CLIJSONDecodeError", async () => {
    const { messages, error } = await readAll(query("hi", fakeClaude([init, ["write", '{"type":"assis']])));
    expect(types(messages)).toEqual(["system"]);
    expect(error).toMatchObject({ name: "CLIJSONDecodeError", line: '{"type":"assis' });
  });

  test("cuts its last line off and dies: a ProcessError caused by it", async () => {
    const { error } = await readAll(
      query("hi", fakeClaude([init, ["write", '{"type":"assis'], ["exit", 1]])),
    );
    expect(error).toMatchObject({ name: "ProcessError", cause: { name: "CLIJSONDecodeError" } });
  });

  test("takes a last line without a newline for whole when it is", async () => {
    const { messages, error } = await readAll(
      query("hi", fakeClaude([["write", JSON.stringify(resultMessage())]])),
    );
    expect(error).toBeUndefined();
    expect(types(messages)).toEqual(["result"]);
  });

  test.each([
    ["is killed", ["die", "SIGKILL"]],
    ["exits with 3 and no result", ["exit", 3]],
  ] as const)("%s: what its tools started is ended", async (_, step) => {
    const turn = query("hi", fakeClaude([init, ["child"], step]));
    const child = await childPid(turn);
    expect((await readAll(turn)).error).toBeDefined();
    expect(lives(child)).toBe(false);
  });

  test("ends with an error result and exit code 1: what its tools left in the background stays", async () => {
    const failed = resultMessage({ subtype: "error_max_turns", is_error: true });
    const turn = query("hi", fakeClaude([init, ["child"], ["say", failed], ["exit", 1]]));
    const child = await childPid(turn);
    await readAll(turn);
    expect(lives(child)).toBe(true);
    process.kill(child, "SIGKILL");
  });

  test("ends well without a result: a CLIConnectionError", async () => {
    const { error } = await readAll(query("hi", fakeClaude([init])));
    expect(CLIConnectionError.isInstance(error)).toBe(true);
  });

  test("shows the end of an endless stderr, without credentials", async () => {
    const secrets: Step = ["stderr", "key sk-ant-api03-abcdefghijkl and hunter2hunter2\n"];
    const options = fakeClaude([["noise", 100_000], secrets, ["exit", 1]], {
      env: { DB_PASSWORD: "hunter2hunter2" },
    });
    const { error } = await readAll(query("hi", options));
    const { stderr } = error as ProcessError;
    expect(stderr).toMatch(/key \[redacted\] and \[redacted\]\n$/);
    expect(stderr.length).toBeLessThanOrEqual(16 * 1024);
  });

  test("does not exist: a CLINotFoundError that says how to go on", async () => {
    const options = { mode: "auto", pathToClaudeCodeExecutable: "/no/such/claude" } as const;
    const { error } = await readAll(query("hi", options));
    expect(CLINotFoundError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ triedPaths: ["/no/such/claude"] });
    expect((error as CLINotFoundError).hints.join(" ")).toContain("CLAUDE_NOTEBOOK_MODE=record");
  });

  test("cannot be started: a CLIConnectionError that says why", async () => {
    const agents = { huge: { description: "too long for an argument", prompt: "x".repeat(200_000) } };
    const { error } = await readAll(query("hi", fakeClaude([result], { agents })));
    expect(CLIConnectionError.isInstance(error)).toBe(true);
    expect(String(error)).toContain("E2BIG");
  });

  test("is asked to run in a folder that does not exist: an InvalidOptionsError that names it", async () => {
    const { error } = await readAll(query("hi", fakeClaude([result], { cwd: "/no/such/folder" })));
    expect(error).toMatchObject({ name: "InvalidOptionsError", option: "cwd" });
    expect(String(error)).toContain("/no/such/folder");
  });
});

describe("bad input", () => {
  test.each([
    ["an empty prompt", () => query("  ")],
    ["no prompt", () => query({} as never)],
    ["a number", () => query(7 as never)],
    ["null", () => query(null as never)],
  ])("%s is refused at once", (_, ask) => {
    expect(ask).toThrow(InvalidOptionsError);
  });

  test("an option beside the prompt is told where it belongs", () => {
    expect(() => query({ prompt: "hi", model: "opus" } as never)).toThrow("options: { model }");
  });

  test("an unknown option is refused before anything is started", () => {
    expect(() => query("hi", { allowedTool: ["Bash"] } as never)).toThrow("Did you mean `allowedTools`?");
  });
});

describe("stopping", () => {
  const endless: Step[] = [init, ["child"], ["wait", 600_000]];

  /** Every way to stop a turn: what does it, and what the reader sees. */
  const ways: Record<
    string,
    { options?: () => object; stop?: (turn: ReturnType<typeof query>) => unknown; error?: string }
  > = {
    "close()": { stop: (turn) => turn.close() },
    "return(), as `break` does": { stop: (turn) => turn.return() },
    "abortQueries()": {
      stop: (turn) => abortQueries(({ id }) => id === turn.origin.id, "interrupted"),
      error: "AbortError",
    },
    "an abort signal": { options: () => ({ abortSignal: AbortSignal.timeout(6_000) }), error: "AbortError" },
    "the time limit": { options: () => ({ timeoutMs: 6_000 }), error: "TimeoutError" },
    "the time limit in seconds": { options: () => ({ timeout: 6 }), error: "TimeoutError" },
  };

  test.each(Object.entries(ways))(
    "%s ends the CLI and what its tools started",
    async (_, { options, stop, error }) => {
      const turn = query("hi", fakeClaude(endless, options?.()));
      const child = await childPid(turn);
      expect(lives(child)).toBe(true);
      const reading = readAll(turn);
      await stop?.(turn);
      const read = await reading;
      expect((read.error as Error | undefined)?.name).toBe(error);
      expect(lives(turn.pid!)).toBe(false);
      expect(lives(child)).toBe(false);
      expect(isQueryActive(turn.origin.id)).toBe(false);
    },
  );

  test("ends a CLI that ignores polite signals", async () => {
    const turn = query("hi", fakeClaude([["deaf"], ["child"], ["wait", 600_000]]));
    const child = await childPid(turn);
    await turn.close();
    expect([lives(turn.pid!), lives(child)]).toEqual([false, false]);
  });

  test("an abort ends the processes at once, although nobody asks for the next message", async () => {
    const turn = query("hi", fakeClaude(endless));
    const child = await childPid(turn);
    await abortQueries(() => true, new Error("the user pressed stop"));
    expect([lives(turn.pid!), lives(child)]).toEqual([false, false]);
    const { error } = await readAll(turn);
    expect(AbortError.isInstance(error)).toBe(true);
    expect((error as Error).cause).toMatchObject({ message: "the user pressed stop" });
  });

  test("a time limit ends the processes, although nobody asks for the next message", async () => {
    const turn = query("hi", fakeClaude(endless, { timeoutMs: 6_000 }));
    const child = await childPid(turn);
    expect(await eventually(() => !lives(turn.pid!) && !lives(child))).toBe(true);
    expect(TimeoutError.isInstance((await readAll(turn)).error)).toBe(true);
  });

  test("leaving the loop ends the CLI before the loop is over", async () => {
    const turn = query("hi", fakeClaude(endless));
    for await (const message of turn) if (message.type === "child") break;
    expect(lives(turn.pid!)).toBe(false);
  });

  test("a signal that was aborted before starts nothing", async () => {
    const turn = query("hi", fakeClaude(endless, { abortSignal: AbortSignal.abort("early") }));
    expect(await readAll(turn)).toMatchObject({
      messages: [],
      error: { name: "AbortError", cause: "early" },
    });
    expect(turn.pid).toBeUndefined();
  });

  test("a query that was closed before it began has no messages", async () => {
    const turn = query("hi", fakeClaude(endless));
    await turn.close();
    expect(await readAll(turn)).toEqual({ messages: [], error: undefined });
  });

  test("only the matching queries are aborted", async () => {
    const one = query("one", fakeClaude(endless));
    const two = query("two", fakeClaude([init, ["wait", 1_000], result]));
    setQueryContext(() => "cell 1");
    await one.next();
    setQueryContext(() => "cell 2");
    await two.next();
    setQueryContext(undefined);
    await abortQueries(({ context }) => context === "cell 1");
    expect((await readAll(one)).error).toMatchObject({ name: "AbortError" });
    expect((await readAll(two)).error).toBeUndefined();
  });
});

describe("helpers", () => {
  test("collectResult returns the result", async () => {
    expect(await collectResult(query("hi", fakeClaude([init, result])))).toMatchObject({ result: "Done." });
  });

  test("collectResult throws a ResultError that carries an error result", async () => {
    const failed = resultMessage({ is_error: true, result: "API Error: overloaded" });
    const error = await collectResult(
      query(
        "hi",
        fakeClaude([
          ["say", failed],
          ["exit", 1],
        ]),
      ),
    ).catch((e) => e);
    expect(ResultError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      result: { is_error: true },
      message: expect.stringContaining("overloaded"),
    });
  });

  test("queryText returns the answer's text", async () => {
    expect(await queryText("hi", fakeClaude([result]))).toBe("Done.");
  });
});
