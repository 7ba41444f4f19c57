import { ClaudeSDKError } from "../errors.js";
import { isResultMessage } from "../messages/guards.js";
import type { Message } from "../messages/types.js";
import type { ClaudeOptions } from "../options/types.js";
import { redactSecrets } from "../redact/redact-secrets.js";
import { environmentLogger } from "./environment-logger.js";
import type { Logger, LogLevel } from "./logger.js";

/** What is reported of one turn. */
export interface TurnLog {
  /** Where the CLI was found. */
  found(file: string): void;
  /** @param args of these only the names of flags are told: their values may hold prompts and credentials. */
  started(pid: number | undefined, args: readonly unknown[]): void;
  replayed(path: string): void;
  message(message: Message): void;
  failed(error: unknown): void;
}

/** The log of a turn: to its `logger`, else where CLAUDE_NOTEBOOK_LOG says, else nowhere. @throws InvalidOptionsError */
export function createTurnLog(options: ClaudeOptions): TurnLog {
  const logger = options.logger ?? environmentLogger(process.env);
  if (!logger) return silentLog;
  const write = safeWriter(logger, { ...process.env, ...options.env });
  const startedAt = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  return {
    found: (file) => write("debug", { file }, "found the claude CLI"),
    started: (pid, args) => write("info", { pid, flags: flagsOf(args) }, "started the claude CLI"),
    replayed: (path) => write("info", { path }, "replays a recording"),
    message(message) {
      if (message.type === "stream_event") return;
      if (isResultMessage(message)) {
        const { subtype, is_error, num_turns, total_cost_usd, duration_ms, session_id } = message;
        const facts = { subtype, is_error, num_turns, total_cost_usd, duration_ms, session_id };
        const said = message.errors?.join("\n") || message.result;
        if (is_error) write("warn", { ...facts, error: said }, "the turn ended with an error");
        else write("info", facts, "the turn is done");
      } else if (message.type === "malformed") {
        write("warn", { problem: message.problem }, "a message lacks what its kind must have");
      } else if (message.subtype === "api_retry") {
        const { attempt, max_retries, retry_delay_ms, error_status, error } = message;
        write(
          "warn",
          { attempt, max_retries, retry_delay_ms, error_status, error },
          "the API is tried again",
        );
      } else {
        write("debug", { type: message.type, subtype: message.subtype }, "a message came");
      }
    },
    failed(error) {
      const code = ClaudeSDKError.isInstance(error) ? error.code : undefined;
      const facts = { code, error: error instanceof Error ? error.message : String(error) };
      const level = code === "aborted" ? "info" : "error";
      write(level, { ...facts, duration_ms: durationMs() }, "the turn failed");
    },
  };
}

/** Passes messages on and reports them, and what ends them. */
export function logMessages(
  messages: AsyncGenerator<Message, void, void>,
  log: TurnLog,
): AsyncGenerator<Message, void, void> {
  return log === silentLog ? messages : readLogged(messages, log);
}

async function* readLogged(
  messages: AsyncGenerator<Message, void, void>,
  log: TurnLog,
): AsyncGenerator<Message, void, void> {
  try {
    for await (const message of messages) {
      log.message(message);
      yield message;
    }
  } catch (error) {
    // The reader's leaving is thrown as a symbol, and is no failure.
    if (typeof error !== "symbol") log.failed(error);
    throw error;
  }
}

const silentLog: TurnLog = {
  found: () => {},
  started: () => {},
  replayed: () => {},
  message: () => {},
  failed: () => {},
};

function flagsOf(args: readonly unknown[]): string[] {
  const texts = args.filter((arg) => typeof arg === "string");
  return texts.filter((arg) => /^--?[a-z]/i.test(arg)).map((arg) => arg.replace(/=.*/s, ""));
}

type Write = (level: LogLevel, facts: Readonly<Record<string, unknown>>, message: string) => void;

/** Without credentials, and so that a logger that throws ends no turn: the first time, Node warns of it. */
function safeWriter(logger: Logger, env: NodeJS.ProcessEnv): Write {
  let warned = false;
  return (level, facts, message) => {
    try {
      logger[level](redactFacts(facts, env), message);
    } catch (error) {
      if (!warned) process.emitWarning(`The logger of a query failed: ${redactSecrets(String(error), env)}`);
      warned = true;
    }
  };
}

/** How much of a text is logged, in characters. */
const LONGEST_TEXT = 2_000;

function redactFacts(facts: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv): object {
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      typeof value === "string" ? redactSecrets(value, env).slice(0, LONGEST_TEXT) : value,
    ]),
  );
}
