import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, expect, test, vi } from "vitest";
import { type Logger, query } from "../../../src/index.js";
import { environmentLogger } from "../../../src/logging/environment-logger.js";
import { initMessage, resultMessage } from "../../../src/testing/index.js";
import { fakeClaude, readAll } from "../fake-claude.js";

afterEach(() => vi.unstubAllEnvs());

type Entry = Readonly<Record<string, unknown>> & { readonly msg: string; readonly level: number };

/** A real pino logger, and what it wrote. */
function collect(): { logger: Logger; entries: Entry[] } {
  const entries: Entry[] = [];
  const sink = new Writable({
    write(chunk, _, done) {
      entries.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { logger: pino({ level: "debug" }, sink), entries };
}

test("a pino logger is told of discovery, start, cost and duration", async () => {
  const { logger, entries } = collect();
  await readAll(
    query(
      "hi",
      fakeClaude(
        [
          ["say", initMessage()],
          ["say", resultMessage()],
        ],
        { logger },
      ),
    ),
  );
  const said = entries.map(({ msg }) => msg);
  expect(said).toEqual(
    expect.arrayContaining(["found the claude CLI", "started the claude CLI", "the turn is done"]),
  );
  expect(entries.find(({ msg }) => msg === "started the claude CLI")).toMatchObject({
    pid: expect.any(Number),
    flags: expect.arrayContaining(["--output-format"]),
  });
  expect(entries.at(-1)).toMatchObject({ total_cost_usd: 0.01, duration_ms: 1_000, num_turns: 1 });
});

test("errors, malformed messages and retries of the API are told", async () => {
  const { logger, entries } = collect();
  const retry = { type: "system", subtype: "api_retry", attempt: 1, error: "overloaded" };
  await readAll(
    query(
      "hi",
      fakeClaude(
        [
          ["say", { type: "assistant" }],
          ["say", retry],
          ["exit", 3],
        ],
        { logger },
      ),
    ),
  );
  expect(entries.filter(({ level }) => level >= 40)).toMatchObject([
    { level: 40, problem: expect.stringContaining("assistant message") },
    { level: 40, error: "overloaded", attempt: 1 },
    { level: 50, code: "process_failed" },
  ]);
});

test("neither the prompt, nor a variable's value, nor a credential is told", async () => {
  const { logger, entries } = collect();
  const secret = `sk-ant-${"api03-looks-like-a-real-key"}`;
  const options = fakeClaude(
    [
      ["stderr", `key ${secret} and plain-token-of-mine`],
      ["exit", 1],
    ],
    { logger, systemPrompt: "the system prompt", env: { MY_TOKEN: "plain-token-of-mine" } },
  );
  await readAll(query(`my secret prompt ${secret}`, options));
  const told = JSON.stringify(entries);
  expect(told).toContain("[redacted]");
  for (const word of [secret, "secret prompt", "plain-token-of-mine", "the system prompt"])
    expect(told).not.toContain(word);
});

test("a logger that throws ends no turn, and Node warns of it", async () => {
  const warnings: unknown[] = [];
  const listen = (warning: Error) => warnings.push(warning.message);
  process.on("warning", listen);
  const fail = () => {
    throw new Error("disk full");
  };
  const logger = { debug: fail, info: fail, warn: fail, error: fail };
  const { error, messages } = await readAll(query("hi", fakeClaude([["say", resultMessage()]], { logger })));
  await new Promise((done) => setImmediate(done));
  process.off("warning", listen);
  expect([error, messages.length]).toEqual([undefined, 1]);
  expect(warnings).toContainEqual(expect.stringContaining("disk full"));
});

test("CLAUDE_NOTEBOOK_LOG names the least level; lines are pino's", () => {
  const lines: string[] = [];
  const logger = environmentLogger({ CLAUDE_NOTEBOOK_LOG: "warn" }, (line) => lines.push(line))!;
  logger.debug("no");
  logger.info({ a: 1 }, "no");
  logger.warn({ a: 1 }, "yes");
  logger.error("also");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, a: 1, msg: "yes", name: "claude-notebook", time: expect.any(Number) },
    { level: 50, msg: "also" },
  ]);
  for (const off of [undefined, "", "off", "silent"]) {
    expect(environmentLogger({ CLAUDE_NOTEBOOK_LOG: off })).toBeUndefined();
  }
});

test("a level that does not exist is an error that names those that do", () => {
  vi.stubEnv("CLAUDE_NOTEBOOK_LOG", "loud");
  expect(() => query("hi")).toThrow(
    /CLAUDE_NOTEBOOK_LOG cannot be "loud": it is one of debug, info, warn, error/,
  );
});

test.each([[{}], [{ debug() {}, info() {}, warn() {} }], ["pino"]])("%j is no logger", (logger) => {
  expect(() => query("hi", { logger: logger as never })).toThrow(/debug, info, warn and error/);
});
