import type { RawMessage } from "../messages/parse-message.js";
import { type ClaudeProcess, startClaudeProcess } from "../process/claude-process.js";
import { inlineFiles, writePrivateFiles } from "../process/private-files.js";
import { userIds } from "../process/user-ids.js";
import { type PromptItem, promptLine } from "../prompt.js";
import { createTranscriptMirror } from "../session-store/mirror-transcript.js";
import { projectsRootOf } from "../sessions/session-files.js";
import { createMcpBridge } from "../tools/mcp-bridge.js";
import { createControlChannel, type Fields } from "./control-channel.js";
import { interruptTurn, type ResultListeners } from "./interrupt-turn.js";
import { createLastFlush } from "./last-flush.js";
import type { LaunchPlan } from "./launch-plan.js";
import type { LiveSession } from "./live-session.js";
import { type RequestHandlers, requestHandlers } from "./request-handlers.js";
import { createRunTracker, STATE_VARIABLE } from "./run-tracker.js";
import type { SessionCallbacks } from "./session-callbacks.js";
import { createUnreadResults } from "./unread-results.js";

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
  let handlers: RequestHandlers = {};
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
  const resultListeners: ResultListeners = new Set();
  // A result may be the reason to ask more: the input stays open until its reader comes back for what follows it.
  const unreadResults = createUnreadResults(tracker.hold);
  const mirror =
    plan.mirror &&
    createTranscriptMirror(plan.mirror.store, plan.mirror.flush, projectsRootOf(env), (message) =>
      running?.addLine(message),
    );
  const lastFlush = createLastFlush(mirror);

  const send = (item: PromptItem): void => {
    tracker.noteSent();
    write(promptLine(item));
  };
  let sessionId: string | undefined;
  let hasAnswered = false;
  const takeLine = (raw: RawMessage): boolean => {
    if (channel.take(raw) || mirror?.take(raw)) return true;
    if (raw.subtype === "init") {
      sessionId = String(raw.session_id);
      hasAnswered = false;
    }
    if (raw.type === "result") {
      hasAnswered = true;
      void mirror?.flush();
      const prompt = followUp(raw);
      if (prompt !== undefined) send(prompt);
      unreadResults.note(prompt === undefined);
      for (const listener of resultListeners) listener();
    }
    tracker.note(raw);
    // Asked for by the SDK, not by the reader.
    return raw.subtype === "session_state_changed" && env[STATE_VARIABLE] === undefined;
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
      beforeEnd: lastFlush.begin,
      onStderr: (text) => stderr?.(text),
    });
  } catch (error) {
    await files.remove();
    throw error;
  }
  const cli = running;
  const ended = cli.ended.finally(async () => {
    tracker.stop();
    unreadResults.letGo();
    channel.close("the CLI has ended.");
    const cleaned = lastFlush.after(() => cleanUp?.(!mirror?.hasLost));
    await Promise.all([bridge.close(), files.remove(), cleaned]);
  });
  const initialized = channel.request("initialize", plan.initialize);
  // Nobody may ask for it; how the process ended says more.
  initialized.catch(() => {});

  let ending: Promise<void> | undefined;
  async function stop(): Promise<void> {
    if (!cli.exited && tracker.isTurnRunning)
      await interruptTurn(() => channel.request("interrupt"), resultListeners);
    channel.close("the turn has been ended.");
    cli.closeInput();
    await cli.end();
    await lastFlush.hurry(ended);
  }

  return {
    pid: cli.pid,
    lines: cli.lines,
    ended,
    get sessionId() {
      return sessionId;
    },
    get isUsable() {
      return !cli.exited && !cli.failed;
    },
    initialized,
    initializeAgain: () => channel.request("initialize", plan.initialize),
    request: channel.request,
    adopt(callbacks) {
      stderr = callbacks.stderr;
      handlers = requestHandlers(callbacks, bridge.answer);
      for (const [name, server] of Object.entries(callbacks.servers ?? {})) bridge.add(name, server);
    },
    servers: bridge,
    send,
    noteResultRead: unreadResults.noteRead,
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
