import { requireLogin } from "../auth/launch-environment.js";
import { createTurnLog } from "../logging/turn-log.js";
import type { ClaudeOptions } from "../options/types.js";
import { restoreSession } from "../session-store/restore-session.js";
import { planLaunch } from "./launch-plan.js";
import { type LiveSession, startLiveSession } from "./live-session.js";
import { withPermissionAsker } from "./permission-asker.js";
import { sessionCallbacks } from "./session-callbacks.js";
import { takeWarmSession } from "./warm-sessions.js";

/**
 * A CLI for these options: a spare one that was started like it, else a new one.
 *
 * @throws CLINotFoundError, CLIConnectionError, InvalidOptionsError, NotLoggedInError, SessionStoreError
 */
export async function openSession(
  given: ClaudeOptions,
  cwd: string,
  notFoundHint?: string,
): Promise<LiveSession> {
  const options = withPermissionAsker(given);
  const restored = await restoreSession(options, cwd);
  try {
    return await open(restored?.options ?? options, cwd, notFoundHint, restored?.remove);
  } catch (error) {
    await restored?.remove();
    throw error;
  }
}

async function open(
  options: ClaudeOptions,
  cwd: string,
  notFoundHint: string | undefined,
  cleanUp: (() => Promise<void>) | undefined,
): Promise<LiveSession> {
  const plan = planLaunch(options, cwd, notFoundHint);
  const log = createTurnLog(options);
  log.found(plan.file);
  await requireLogin(options, plan);
  const session = (await takeWarmSession(plan)) ?? (await startLiveSession(plan, cleanUp));
  log.started(session.pid, plan.args);
  session.adopt(sessionCallbacks(options));
  return session;
}
