import { requireLogin } from "../auth/launch-environment.js";
import { createTurnLog } from "../logging/turn-log.js";
import type { ClaudeOptions } from "../options/types.js";
import { planLaunch } from "./launch-plan.js";
import { type LiveSession, startLiveSession } from "./live-session.js";
import { withPermissionAsker } from "./permission-asker.js";
import { sessionCallbacks } from "./session-callbacks.js";
import { takeWarmSession } from "./warm-sessions.js";

/**
 * A CLI for these options: a spare one that was started like it, else a new one.
 *
 * @throws CLINotFoundError, CLIConnectionError, InvalidOptionsError, NotLoggedInError
 */
export async function openSession(
  given: ClaudeOptions,
  cwd: string,
  notFoundHint?: string,
): Promise<LiveSession> {
  const options = withPermissionAsker(given);
  const plan = planLaunch(options, cwd, notFoundHint);
  const log = createTurnLog(options);
  log.found(plan.file);
  await requireLogin(options, plan);
  const session = (await takeWarmSession(plan)) ?? (await startLiveSession(plan));
  log.started(session.pid, plan.args);
  session.adopt(sessionCallbacks(options));
  return session;
}
