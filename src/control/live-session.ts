import type { RawMessage } from "../messages/parse-message.js";
import { type ClaudeProcess, startClaudeProcess } from "../process/claude-process.js";
import { inlineFiles, writePrivateFiles } from "../process/private-files.js";
import { userIds } from "../process/user-ids.js";
import { type PromptItem, promptLine } from "../prompt.js";
import { createTranscriptMirror } from "../session-store/mirror-transcript.js";
import { projectsRootOf } from "../sessions/session-files.js";
import { createMcpBridge, type McpBridge } from "../tools/mcp-bridge.js";
import type { TurnEnd, TurnLine } from "../turn.js";
import {
  type ControlChannel,
  createControlChannel,
  type Fields,
  type RequestHandler,
} from "./control-channel.js";
import { createElicitationHandler } from "./elicitation.js";
import { createHookHandler } from "./hooks.js";
import type { LaunchPlan } from "./launch-plan.js";
import { createPermissionHandler } from "./permissions.js";
import { createRunTracker, STATE_VARIABLE } from "./run-tracker.js";
import type { SessionCallbacks } from "./session-callbacks.js";
import { createUserDialogHandler } from "./user-dialog.js";

/** A CLI that takes prompts and requests until its input ends. */
export interface LiveSession {
  /** undefined for a process that runs somewhere else. */
  readonly pid: number | undefined;
  /** Messages, without the lines of the control protocol; `atMs` is `performance.now()` at their arrival. */
  readonly lines: AsyncIterable<TurnLine>;
  readonly ended: Promise<TurnEnd>;
  /** Whether it can still be asked and read: its process lives, and all of its lines were messages. */
  readonly isUsable: boolean;
  /** Whether the CLI has told of its session, which then has a transcript. */
  readonly hasBegun: boolean;
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

/** How long a reader that has a result may take to send more prompts before it asks for what follows, in milliseconds. */
const READER_PATIENCE_MS = 5_000;

/** How long the CLI may take to stop a turn that is interrupted, in milliseconds; signals follow. */
const INTERRUPT_PATIENCE_MS = 1_000;

/** How long the store may take for the last lines of a session that was ended from here, in milliseconds; what takes longer goes on behind. */
const LAST_FLUSH_PATIENCE_MS = 3_000;

/**
 * Starts a CLI that reads prompts and requests from stdin.
 *
 * @param cleanUp removes what was made for the session; called when it has ended, with whether its store has all of it.
 * @throws CLIConnectionError when it cannot be started.
 */
export async function startLiveSession(
  plan: LaunchPlan,
  cleanUp?: (isStored: boolean) => Promise<void>,
): Promise<LiveSession> {
  const user = plan.user === undefined ? undefined : await userIds(plan.user);
  const files = plan.spawn ? inlineFiles(plan.args) : await writePrivateFiles(plan.args, user);
  let handlers: Readonly<Record<string, RequestHandler | undefined>> = {};
  let followUp: (raw: RawMessage) => string | undefined = () => undefined;
  let stderr: SessionCallbacks["stderr"];
  let running: ClaudeProcess | undefined;

  const write = (line: Fields): void => running?.write(`${JSON.stringify(line)}\n`);
  const channel = createControlChannel(write, (subtype) => handlers[subtype]);
  const bridge = createMcpBridge(
    (server_name, message) => {
      channel.request("mcp_message", { server_name, message }).catch(() => {});
    },
    async (request, incoming) => (await handlers.elicitation?.(request, incoming)) ?? { action: "decline" },
  );
  const env = { ...process.env, ...plan.env };
  const tracker = createRunTracker(() => running?.closeInput(), env);
  const release = tracker.hold();
  const resultListeners = new Set<() => void>();
  const mirror =
    plan.mirror &&
    createTranscriptMirror(plan.mirror.store, plan.mirror.flush, projectsRootOf(env), (message) =>
      running?.addLine(message),
    );

  const send = (item: PromptItem): void => {
    tracker.noteSent();
    write(promptLine(item));
  };
  /** A result may be the reason to ask more: the input stays open until its reader comes back for what follows it. */
  const holdForReader = (): (() => void) => {
    const letGo = tracker.hold();
    const patience = setTimeout(letGo, READER_PATIENCE_MS);
    return () => {
      clearTimeout(patience);
      letGo();
    };
  };
  const unreadResults: (() => void)[] = [];
  let hasBegun = false;
  let hasAnswered = false;
  const takeLine = (raw: RawMessage): boolean => {
    if (channel.take(raw) || mirror?.take(raw)) return true;
    if (raw.subtype === "init") {
      hasBegun = true;
      hasAnswered = false;
    }
    if (raw.type === "result") {
      hasAnswered = true;
      void mirror?.flush();
      const prompt = followUp(raw);
      if (prompt !== undefined) send(prompt);
      unreadResults.push(prompt === undefined ? holdForReader() : () => {});
      for (const listener of resultListeners) listener();
    }
    tracker.note(raw);
    // Asked for by the SDK, not by the reader.
    return raw.subtype === "session_state_changed" && env[STATE_VARIABLE] === undefined;
  };

  let lastFlush = Promise.resolve();
  let stopWaiting = (): void => {};
  const isEnough = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });
  const beforeEnd = async (): Promise<void> => {
    if (mirror) lastFlush = mirror.flush();
    await Promise.race([lastFlush, isEnough]);
  };

  try {
    running = await startClaudeProcess({
      file: plan.file,
      args: [...plan.leadingArgs, ...files.args],
      cwd: plan.cwd,
      spawn: plan.spawn,
      user,
      maxLineBytes: plan.maxLineBytes,
      env: { [STATE_VARIABLE]: "1", ...plan.env },
      takeLine,
      // An error result makes the CLI exit with 1, and is no crash.
      isCrash: ({ code = 0, signal }) => signal !== undefined || (code !== 0 && !hasAnswered),
      beforeEnd,
      onStderr: (text) => stderr?.(text),
    });
  } catch (error) {
    await files.remove();
    throw error;
  }
  const cli = running;
  const ended = cli.ended.finally(async () => {
    tracker.stop();
    for (const letGo of unreadResults.splice(0)) letGo();
    channel.close("the CLI has ended.");
    const cleaned = lastFlush.then(() => cleanUp?.(!mirror?.hasLost));
    cleaned.catch(() => {});
    await Promise.all([bridge.close(), files.remove(), Promise.race([cleaned, isEnough])]);
  });
  const initialized = channel.request("initialize", plan.initialize);
  // Nobody may ask for it; how the process ended says more.
  initialized.catch(() => {});

  let ending: Promise<void> | undefined;
  async function stop(): Promise<void> {
    if (!cli.exited && tracker.isTurnRunning) await interruptTurn();
    channel.close("the turn has been ended.");
    cli.closeInput();
    await cli.end();
    const patience = setTimeout(stopWaiting, LAST_FLUSH_PATIENCE_MS);
    await ended;
    clearTimeout(patience);
  }

  async function interruptTurn(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let listener = (): void => {};
    await new Promise<void>((resolve) => {
      listener = resolve;
      resultListeners.add(listener);
      timer = setTimeout(resolve, INTERRUPT_PATIENCE_MS);
      channel.request("interrupt").catch(() => resolve());
    });
    clearTimeout(timer);
    resultListeners.delete(listener);
  }

  return {
    pid: cli.pid,
    lines: cli.lines,
    ended,
    get hasBegun() {
      return hasBegun;
    },
    get isUsable() {
      return !cli.exited && !cli.failed;
    },
    initialized,
    initializeAgain: () => channel.request("initialize", plan.initialize),
    request: channel.request,
    adopt(callbacks) {
      const { canUseTool, hooks, onElicitation, onUserDialog, servers = {} } = callbacks;
      stderr = callbacks.stderr;
      handlers = {
        can_use_tool: canUseTool && createPermissionHandler(canUseTool),
        hook_callback: hooks && createHookHandler(hooks),
        elicitation: onElicitation && createElicitationHandler(onElicitation),
        request_user_dialog: onUserDialog && createUserDialogHandler(onUserDialog),
        mcp_message: bridge.answer,
      };
      for (const [name, server] of Object.entries(servers)) bridge.add(name, server);
    },
    servers: bridge,
    send,
    noteResultRead: () => unreadResults.shift()?.(),
    get takesPrompts() {
      return !tracker.isSettled && !cli.exited;
    },
    onResult(callback) {
      followUp = callback;
    },
    hold: tracker.hold,
    release,
    keepAlive: (keep) => cli.keepAlive(keep),
    fail: (error) => cli.fail(error),
    end() {
      ending ??= stop();
      return ending;
    },
  };
}
