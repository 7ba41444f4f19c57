import { requireLogin } from "../auth/launch-environment.js";
import { createTurnLog } from "../logging/turn-log.js";
import type { ClaudeOptions } from "../options/types.js";
import { raceAbort } from "../process/race-abort.js";
import { type RestoredSession, restoreSession } from "../session-store/restore-session.js";
import { planLaunch } from "./launch-plan.js";
import type { LiveSession } from "./live-session.js";
import { withPermissionAsker } from "./permission-asker.js";
import { sessionCallbacks } from "./session-callbacks.js";
import { startLiveSession } from "./start-live-session.js";
import { takeWarmSession } from "./warm-sessions.js";

/**
 * A CLI for these options: a spare one that was started like it, else a new one.
 *
 * @param stop ends the waiting; its reason is thrown.
 * @throws CLINotFoundError, CLIConnectionError, InvalidOptionsError, NotLoggedInError, SessionStoreError
 */
export async function openSession(
  given: ClaudeOptions,
  cwd: string,
  stop: AbortSignal,
  notFoundHint?: string,
): Promise<LiveSession> {
  const options = withPermissionAsker(given);
  const restored = options.sessionStore && (await restoreUnlessStopped(options, cwd, stop));
  try {
    stop.throwIfAborted();
    return await open(restored?.options ?? options, cwd, stop, notFoundHint, restored?.remove);
  } catch (error) {
    await restored?.remove(true);
    throw stop.aborted ? stop.reason : error;
  }
}

async function restoreUnlessStopped(
  options: ClaudeOptions,
  cwd: string,
  stop: AbortSignal,
): Promise<RestoredSession | undefined> {
  const restoring = restoreSession(options, cwd, stop);
  return raceAbort(restoring, stop).catch((error: unknown) => {
    // What the store gives after all is not wanted any more.
    restoring.then((late) => late?.remove(true)).catch(() => {});
    throw error;
  });
}

async function open(
  options: ClaudeOptions,
  cwd: string,
  stop: AbortSignal,
  notFoundHint: string | undefined,
  cleanUp: ((isStored: boolean) => Promise<void>) | undefined,
): Promise<LiveSession> {
  const plan = planLaunch(options, cwd, notFoundHint);
  const log = createTurnLog(options);
  log.found(plan.file);
  await requireLogin({ ...options, abortSignal: stop }, plan);
  const session = (await takeWarmSession(plan)) ?? (await startLiveSession(plan, cleanUp));
  log.started(session.pid, plan.args);
  session.adopt(sessionCallbacks(options));
  return session;
}
