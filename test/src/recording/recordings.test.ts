import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import {
  abortQueries,
  type ClaudeSDKError,
  collectResult,
  type Message,
  originOf,
  type QueryOptions,
  query,
  RecordingError,
  RecordingNotFoundError,
} from "../../../src/index.js";
import { listRecordings } from "../../../src/recording/list-recordings.js";
import { usedRecordings } from "../../../src/recording/used-recordings.js";
import {
  assistantMessage,
  initMessage,
  resultMessage,
  streamEventMessages,
  text,
} from "../../../src/testing/index.js";
import { fakeClaude, readAll, type Step, temporaryFolder } from "../fake-claude.js";

let folder: string;
beforeEach(() => {
  folder = join(temporaryFolder(), "recordings");
});

const turn: Step[] = [
  ["say", initMessage()],
  ...streamEventMessages([text("Hello from afar")]).map((message): Step => ["say", message]),
  ["say", assistantMessage([text("Hello from afar")])],
  ["say", resultMessage()],
];

function record(prompt: string, steps: readonly Step[] = turn, options: QueryOptions = {}) {
  return readAll(query(prompt, fakeClaude(steps, { mode: "record", recordingsDir: folder, ...options })));
}

function replay(prompt: string, options: QueryOptions = {}) {
  const noCli = { pathToClaudeCodeExecutable: "/no/such/claude" };
  return readAll(query(prompt, { mode: "replay", recordingsDir: folder, ...noCli, ...options }));
}

function files(): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function content(): string {
  return files()
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("");
}

function times(messages: readonly Message[]): number[] {
  return messages.map((message) => Math.round(originOf(message)!.atMs));
}

test("in the mode update what is recorded is replayed, and only what is not is asked and recorded", async () => {
  await record("one");
  const first = files();
  const update = (prompt: string) =>
    readAll(query(prompt, fakeClaude(turn, { mode: "update", recordingsDir: folder }))).then(
      ({ messages }) => originOf(messages[0])?.query.replayed,
    );
  expect(await update("one")).toBe(true);
  expect(files()).toEqual(first);
  expect(await update("two")).toBe(false);
  expect(files().length).toBe(2);
  expect(await update("two")).toBe(true);
});

test("the recordings of a folder are listed with their prompts, and which of them turns have used", async () => {
  expect(await listRecordings(folder)).toEqual([]);
  await record("one");
  writeFileSync(join(folder, "0000.jsonl"), "no JSON");
  const [damaged, one] = (await listRecordings(folder)).sort((a, b) => a.path.length - b.path.length);
  expect(damaged).toEqual({ path: join(folder, "0000.jsonl"), prompt: undefined });
  expect(one?.prompt).toBe("one");
  expect([damaged, one].map((each) => usedRecordings().has(each!.path))).toEqual([false, true]);
});

describe("a recorded turn", () => {
  test("that failed says with its error that it was replayed; the one that ran does not", async () => {
    const failed: Step[] = [["say", resultMessage({ subtype: "error_during_execution", is_error: true })]];
    const unfit: Step[] = [["say", resultMessage({ structured_output: { n: "one" } })]];
    const outputSchema = z.object({ n: z.number() });
    const cases = [
      [failed, {}],
      [[...unfit, ...unfit, ...unfit], { outputSchema }],
    ] as const;
    for (const [steps, options] of cases) {
      const common = { recordingsDir: folder, ...options };
      const run = (mode: "record" | "replay") =>
        collectResult(query("hi", fakeClaude(steps, { ...common, mode }))).then(
          () => undefined,
          (error: ClaudeSDKError) => error,
        );
      expect((await run("record"))?.hints).toEqual([]);
      const error = await run("replay");
      expect(error?.code).toMatch(/result_error|invalid_output/);
      expect(error?.hints.join()).toContain(`replayed from recording \`${folder}`);
    }
  });

  test("replays with the same messages and times, without the CLI", async () => {
    const recorded = await record("hi");
    const replayed = await replay("hi");
    expect(replayed.error).toBeUndefined();
    expect(replayed.messages).toEqual(recorded.messages);
    expect(times(replayed.messages)).toEqual(times(recorded.messages));
    expect(originOf(recorded.messages[0])?.query.replayed).toBe(false);
    expect(originOf(replayed.messages[0])?.query.replayed).toBe(true);
  });

  test.each(["error_max_turns", "error_during_execution"])(
    "with the error result %s replays as it failed",
    async (subtype) => {
      const failed: Step[] = [
        ["say", initMessage()],
        ["say", resultMessage({ subtype, is_error: true, result: "API Error: 401" })],
        ["stderr", "boom"],
        ["exit", 1],
      ];
      const recorded = await record("hi", failed);
      expect(recorded.messages.at(-1)).toMatchObject({ type: "result", is_error: true });
      expect(await replay("hi")).toEqual(recorded);
    },
  );

  test("is one file with a header, the lines and an end, and no other file beside it", async () => {
    await record("hi");
    expect(files()).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.jsonl$/)]);
    const rows = content()
      .trimEnd()
      .split("\n")
      .map((row) => JSON.parse(row));
    expect(rows[0]).toEqual({ claude_notebook_recording: 1, turn: 1, prompt: "hi" });
    expect(rows[1]).toEqual({ at: expect.any(Number), line: initMessage() });
    expect(rows.at(-1)).toEqual({ exit_code: 0, stderr: "" });
  });

  test("is replaced when it is recorded again", async () => {
    await record("hi");
    await record("hi", [["say", resultMessage({ result: "second" })]]);
    expect((await replay("hi")).messages).toMatchObject([{ result: "second" }]);
    expect(files()).toHaveLength(1);
  });

  test("plays at the recorded pace when asked to", async () => {
    const recorded = await record("hi", [
      ["say", initMessage()],
      ["wait", 400],
      ["say", resultMessage()],
    ]);
    vi.stubEnv("CLAUDE_NOTEBOOK_REPLAY_SPEED", "1");
    const startedAt = performance.now();
    await replay("hi");
    vi.unstubAllEnvs();
    expect(performance.now() - startedAt).toBeGreaterThan(times(recorded.messages)[1]! - 50);
  });

  test("lets timers run between its messages", async () => {
    await record("hi", [
      ["many", 500],
      ["say", resultMessage()],
    ]);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    for await (const _ of query("hi", { mode: "replay", recordingsDir: folder })) if (ticks > 2) break;
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  test("can be aborted and left", async () => {
    await record("hi");
    const turn = query("hi", { mode: "replay", recordingsDir: folder });
    await turn.next();
    await abortQueries(({ id }) => id === turn.origin.id);
    expect((await readAll(turn)).error).toMatchObject({ name: "AbortError" });
  });

  test("leaves the stream events out when partial messages are not wanted", async () => {
    await record("hi");
    const { messages } = await replay("hi", { includePartialMessages: false });
    expect(messages.map(({ type }) => type)).toEqual(["system", "assistant", "result"]);
  });
});

describe("a turn that did not end by itself", () => {
  test("is not recorded when it is left", async () => {
    for await (const _ of query("hi", fakeClaude(turn, { mode: "record", recordingsDir: folder }))) break;
    expect(files()).toEqual([]);
  });

  test("is not recorded when it runs out of time", async () => {
    await record(
      "hi",
      [
        ["say", initMessage()],
        ["wait", 60_000],
      ],
      { timeoutMs: 500 },
    );
    expect(files()).toEqual([]);
  });

  test("is not recorded when the CLI wrote garbage", async () => {
    await record("hi", [
      ["say", initMessage()],
      ["write", "garbage\n"],
      ["wait", 60_000],
    ]);
    expect(files()).toEqual([]);
  });
});

describe("a turn that ended without a result", () => {
  const live: Step[] = [["say", resultMessage({ result: "live" })]];
  const auto = (options: QueryOptions = {}) =>
    readAll(query("hi", fakeClaude(live, { mode: "auto", recordingsDir: folder, ...options })));

  test.each<[string, Step[]]>([
    [
      "before its first line",
      [
        ["stderr", "no space left on device"],
        ["exit", 1],
      ],
    ],
    ["in its middle", [...turn.slice(0, 3), ["write", '{"cut'], ["exit", 4]]],
    ["without a word", [...turn.slice(0, 3)]],
  ])("%s is not recorded, and its error says so", async (_, steps) => {
    const { error } = await record("hi", steps);
    expect(files()).toEqual([]);
    expect((error as ClaudeSDKError).hints.join()).toContain("was not recorded");
    // Mended, the turn runs; the failure is not kept.
    expect((await auto()).messages).toMatchObject([{ result: "live" }]);
  });

  test("is not recorded when Claude was still to mend an answer of the wrong form", async () => {
    const outputSchema = z.object({ n: z.number() });
    const wrong = resultMessage({ structured_output: { n: "one" } });
    const { error } = await record(
      "hi",
      [
        ["say", initMessage()],
        ["say", wrong],
        ["exit", 3],
      ],
      { outputSchema },
    );
    expect(error).toMatchObject({ name: "ProcessError", exitCode: 3 });
    expect(files()).toEqual([]);
  });

  test("leaves what was recorded before in its place", async () => {
    await record("hi");
    await record("hi", [["exit", 1]]);
    expect((await replay("hi")).messages.at(-1)).toMatchObject({ result: "Done." });
  });

  test("that an earlier version recorded fails with where it comes from", async () => {
    await record("hi");
    const path = join(folder, files()[0]!);
    const [header] = content().split("\n");
    writeFileSync(path, `${header}\n${JSON.stringify({ exit_code: 1, stderr: "boom" })}\n`);
    const { error } = await auto();
    expect(error).toMatchObject({ name: "ProcessError", exitCode: 1, stderr: "boom" });
    const hints = (error as ClaudeSDKError).hints.join();
    expect(hints).toContain("replayed from recording");
    expect(hints).toContain(path);
    expect(hints).toContain("CLAUDE_NOTEBOOK_MODE=live");
  });
});

describe("the modes", () => {
  const live: Step[] = [["say", resultMessage({ result: "live" })]];
  const ask = (mode: QueryOptions["mode"]) =>
    readAll(query("hi", fakeClaude(live, { mode, recordingsDir: folder })));

  test("auto replays what is recorded, and runs the rest without recording it", async () => {
    expect((await ask("auto")).messages).toMatchObject([{ result: "live" }]);
    expect(files()).toEqual([]);
    await record("hi");
    expect((await ask("auto")).messages.at(-1)).toMatchObject({ result: "Done." });
  });

  test("live never replays", async () => {
    await record("hi");
    expect((await ask("live")).messages).toMatchObject([{ result: "live" }]);
  });

  test("replay never runs: a missing recording is an error that says how to make it", async () => {
    const { messages, error } = await ask("replay");
    expect(messages).toEqual([]);
    expect(RecordingNotFoundError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('"hi"');
    expect((error as RecordingNotFoundError).hints.join()).toContain("CLAUDE_NOTEBOOK_MODE=record");
    // Its panel would say the same twice.
    expect((error as RecordingNotFoundError).cause).toBeUndefined();
  });

  test("come from the environment, as does the folder", async () => {
    vi.stubEnv("CLAUDE_NOTEBOOK_MODE", "record");
    vi.stubEnv("CLAUDE_NOTEBOOK_RECORDINGS", folder);
    await readAll(query("hi", { ...fakeClaude(turn), mode: undefined }));
    expect(files()).toHaveLength(1);
    vi.stubEnv("CLAUDE_NOTEBOOK_MODE", "replay");
    expect((await readAll(query("hi"))).messages.at(-1)).toMatchObject({ result: "Done." });
    vi.stubEnv("CLAUDE_NOTEBOOK_MODE", "rewind");
    expect(() => query("hi")).toThrow(
      'CLAUDE_NOTEBOOK_MODE is "rewind"; it may be auto, live, record, update, replay.',
    );
    vi.unstubAllEnvs();
  });
});

describe("sessions", () => {
  const said = (result: string, session_id: string): Step[] => [
    ["say", initMessage({ session_id })],
    ["say", resultMessage({ result, session_id })],
  ];

  test("the same prompt in two turns of a session is two recordings, each replayed in its turn", async () => {
    await record("more", said("first", "s1"));
    await record("more", said("second", "s1"), { resume: "s1" });
    await record("more", said("third", "s1"), { resume: "s1" });
    expect(files()).toHaveLength(3);

    const first = await replay("more");
    const { session_id: resume } = first.messages.at(-1) as unknown as { session_id: string };
    const second = await replay("more", { resume });
    const third = await replay("more", { resume });
    expect([first, second, third].map(({ messages }) => messages.at(-1))).toMatchObject([
      { result: "first" },
      { result: "second" },
      { result: "third" },
    ]);
  });

  test("the same prompt after two different first turns is two recordings, each replayed after its own", async () => {
    await record("apples", said("red", "s3"));
    await record("more", said("redder", "s3"), { resume: "s3" });
    await record("pears", said("green", "s4"));
    await record("more", said("greener", "s4"), { resume: "s4" });
    expect(files()).toHaveLength(4);
    const answers: unknown[] = [];
    for (const prompt of ["pears", "apples"]) {
      const { messages } = await replay(prompt);
      const { session_id: resume } = messages.at(-1) as unknown as { session_id: string };
      answers.push((await replay("more", { resume })).messages.at(-1));
    }
    expect(answers).toMatchObject([{ result: "greener" }, { result: "redder" }]);
  });

  test("continue goes on with the last session of its folder", async () => {
    const cwd = temporaryFolder();
    await record("go", said("first", "s2"), { cwd });
    await record("go", said("second", "s2"), { cwd, continue: true });
    await replay("go", { cwd });
    expect((await replay("go", { cwd, continue: true })).messages.at(-1)).toMatchObject({ result: "second" });
  });
});

describe("what a recording does not tell", () => {
  const key = `sk-ant-${"api03-abcdefghijklmnop"}`;

  test("credentials: in the prompt, the messages, the deltas and stderr", async () => {
    const leak = `here is ${key} and open-sesame`;
    const steps: Step[] = [
      ...streamEventMessages([text(leak)], {}, { chunkLength: 4 }).map((message): Step => ["say", message]),
      ["say", assistantMessage([text(leak)])],
      ["say", resultMessage({ result: leak })],
      ["stderr", leak],
    ];
    await record(leak, steps, { env: { SESAME_PASSWORD: "open-sesame" } });
    expect(content()).not.toMatch(/abcdefgh|open-sesame/);
    const { messages } = await replay(leak);
    expect(messages.at(-1)).toMatchObject({ result: "here is [redacted] and [redacted]" });
  });

  test("the home folder and the working folder; a replay shows its own", async () => {
    const here = temporaryFolder();
    const there = temporaryFolder();
    const steps: Step[] = [["say", resultMessage({ result: `${here}/a.ts and /home/ann/.netrc` })]];
    await record("where", steps, { cwd: here, env: { HOME: "/home/ann" } });
    expect(content()).not.toContain(here);
    expect(content()).not.toContain("ann");
    const { messages } = await replay("where", { cwd: there });
    expect(messages).toMatchObject([{ result: `${there}/a.ts and ~/.netrc` }]);
  });

  test("the real home folder of a query that has a HOME of its own", async () => {
    vi.stubEnv("HOME", "/home/annabel");
    const said = "/home/annabel/.npmrc, /home/ann/x, file:///home/annabel/y";
    await record("where", [["say", resultMessage({ result: said })]], { env: { HOME: "/home/ann" } });
    vi.unstubAllEnvs();
    expect((await replay("where")).messages).toMatchObject([{ result: "~/.npmrc, ~/x, file://~/y" }]);
  });

  test("no more than that: a variable that holds a word of the protocol does not break the recording", async () => {
    const env = {
      PG_KEY: "result",
      APP_SECRET: "production",
      MY_TOKEN: "assistant",
      A_PASSWORD: "stream_event",
    };
    const recorded = await record("hi in production", turn, { env });
    const replayed = await replay("hi in production");
    expect(replayed.error).toBeUndefined();
    expect(replayed.messages).toEqual(recorded.messages);
    expect(content()).toContain("hi in production");
  });

  test("places and environment do not decide which recording is found", async () => {
    await record("hi", turn, { cwd: temporaryFolder(), env: { ANTHROPIC_API_KEY: key } });
    expect((await replay("hi", { cwd: temporaryFolder() })).error).toBeUndefined();
  });
});

describe("a recording that cannot be used", () => {
  async function damage(change: (rows: string[]) => string[]) {
    await record("hi");
    const path = join(folder, files()[0]!);
    writeFileSync(path, change(readFileSync(path, "utf8").split("\n")).join("\n"));
    return (await replay("hi")).error;
  }

  test.each<[string, (rows: string[]) => string[]]>([
    ["is empty", () => []],
    ["was cut off", (rows) => rows.slice(0, 3)],
    ["is no JSON", () => ["hello"]],
    ["has a bad line", ([first, , ...rest]) => [first!, '{"at":1}', ...rest]],
  ])("one that %s: a RecordingError that says which file and what to do", async (_, change) => {
    const error = await damage(change);
    expect(RecordingError.isInstance(error)).toBe(true);
    expect(String(error)).toContain(files()[0]);
    expect((error as RecordingError).hints.join()).toContain(`replayed from recording \`${folder}`);
  });

  test("one of a newer version says so", async () => {
    const error = await damage(([, ...rest]) => ['{"claude_notebook_recording":2}', ...rest]);
    expect(String(error)).toContain("has the form 2");
  });

  test("a folder that cannot be made is told before the CLI is started", async () => {
    mkdirSync(join(folder, ".."), { recursive: true });
    writeFileSync(folder, "a file");
    const { messages, error } = await record("hi");
    expect(messages).toEqual([]);
    expect(RecordingError.isInstance(error)).toBe(true);
    expect((error as RecordingError).hints.join()).toContain("CLAUDE_NOTEBOOK_RECORDINGS");
  });
});
