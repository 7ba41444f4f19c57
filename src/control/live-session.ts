import type { RawMessage } from "../messages/parse-message.js";
import type { PromptItem } from "../prompt.js";
import type { McpBridge } from "../tools/mcp-bridge.js";
import type { TurnEnd, TurnLine } from "../turn.js";
import type { ControlChannel, Fields } from "./control-channel.js";
import type { SessionCallbacks } from "./session-callbacks.js";

/** A CLI that takes prompts and requests until its input ends. */
export interface LiveSession {
  /** undefined for a process that runs somewhere else. */
  readonly pid: number | undefined;
  /** Messages, without the lines of the control protocol; `atMs` is `performance.now()` at their arrival. */
  readonly lines: AsyncIterable<TurnLine>;
  readonly ended: Promise<TurnEnd>;
  /** Whether it can still be asked and read: its process lives, and all of its lines were messages. */
  readonly isUsable: boolean;
  /** The session's id, once the CLI has told of it; then it has a transcript. */
  readonly sessionId: string | undefined;
  /** The answer to `initialize`: commands, models, agents, account. */
  readonly initialized: Promise<Fields>;
  /** Sends `initialize` once more. @throws ControlRequestError */
  initializeAgain(): Promise<Fields>;
  /** Asks the CLI something. @throws ControlRequestError */
  request: ControlChannel["request"];
  /** Sets what answers the CLI's requests; a spare process gets it from the query that takes it. */
  adopt(callbacks: SessionCallbacks): void;
  /** The MCP servers of this process. */
  readonly servers: Pick<McpBridge, "add" | "get" | "remove">;
  send(item: PromptItem): void;
  /** The reader of a result asks for what follows it. */
  noteResultRead(): void;
  /** Whether what is sent still reaches the CLI. */
  readonly takesPrompts: boolean;
  /** Calls back with each result as it arrives, before the session may count as finished; a prompt that is returned is sent. */
  onResult(callback: (raw: RawMessage) => string | undefined): void;
  /**
   * Keeps the session open for more prompts until what it returns is called; with nothing that holds it, the CLI ends once
   * every turn and background task is done. A session is held when it starts, until {@link LiveSession.release}.
   */
  hold(): () => void;
  release(): void;
  /** Whether the process keeps the program alive. */
  keepAlive(keep: boolean): void;
  /** Makes the reader of `lines` throw at once. */
  fail(error: unknown): void;
  /** Ends the process and all that its tools started: interrupts the turn first, so that its transcript holds what was said. */
  end(): Promise<void>;
}
