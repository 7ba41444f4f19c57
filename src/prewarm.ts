import { planLaunch } from "./control/launch-plan.js";
import { withPermissionAsker } from "./control/permission-asker.js";
import { keepWarm } from "./control/warm-sessions.js";
import { normaliseOptions } from "./options/normalise-options.js";
import { resolveCwd } from "./options/resolve-cwd.js";
import type { QueryOptions } from "./options/types.js";

/** CLIs that have been started ahead of their queries. */
export interface WarmClaude extends AsyncDisposable {
  /** Resolves when the first spare CLI is ready. @throws CLIConnectionError when it cannot be started. */
  readonly ready: Promise<void>;
  /** Ends the spare CLI; a query that has taken it already goes on. */
  close(): Promise<void>;
}

/**
 * Keeps a spare CLI ready for the next `query()` with the same options (prompts, callbacks and limits of time may
 * differ), so that it answers without the time of a start. After each such query another one is started. A spare CLI
 * does not keep the program alive, and ends with it.
 *
 * @throws InvalidOptionsError, CLINotFoundError
 * @example
 *     const warm = prewarm({ model: "haiku" });
 *     await warm.ready;
 *     const answer = await queryText("Quick!", { model: "haiku" });
 *     await warm.close();
 */
export function prewarm(options?: QueryOptions): WarmClaude {
  const checked = withPermissionAsker(normaliseOptions(options));
  const keeper = keepWarm(planLaunch(checked, resolveCwd(checked.cwd)));
  // Whoever does not ask learns it from the query.
  keeper.ready.catch(() => {});
  return { ...keeper, [Symbol.asyncDispose]: keeper.close };
}
