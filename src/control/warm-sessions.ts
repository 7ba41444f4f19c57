import { canonicalJson } from "../recording/canonical-json.js";
import type { LaunchPlan } from "./launch-plan.js";
import type { LiveSession } from "./live-session.js";
import { startLiveSession } from "./start-live-session.js";

/** A spare CLI that waits for its first prompt. */
interface Spare {
  readonly plan: LaunchPlan;
  readonly likeness: string;
  readonly session: Promise<LiveSession>;
  /** Called with the session that was taken. */
  onTaken(session: LiveSession): void;
}

const spares = new Set<Spare>();

/** Keeps one spare CLI for plans like this one until `close`. */
export interface WarmKeeper {
  /** When the first spare has started and answered. @throws CLIConnectionError when it cannot be started. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export function keepWarm(plan: LaunchPlan): WarmKeeper {
  let closed = false;
  let spare: Spare | undefined;

  const start = (): Promise<LiveSession> => {
    const session = startLiveSession(plan);
    const own: Spare = {
      plan,
      likeness: likenessOf(plan),
      session,
      onTaken(taken) {
        // Not while the other works: two CLIs that start at once start at half the speed.
        void taken.ended.finally(() => {
          if (!closed) start().catch(() => {});
        });
      },
    };
    spare = own;
    spares.add(own);
    session.then(
      (started) => {
        // Until it has answered, somebody may wait for `ready`, and with nothing else to do the program would end.
        const relax = (): void => {
          if (spares.has(own)) started.keepAlive(false);
        };
        void started.initialized.then(relax, relax);
        void started.ended.finally(() => spares.delete(own));
      },
      () => spares.delete(own),
    );
    return session;
  };

  const ready = start().then(async (session) => void (await session.initialized));
  return {
    ready,
    async close() {
      closed = true;
      if (!spare || !spares.delete(spare)) return;
      await spare.session.then((session) => session.end()).catch(() => {});
    },
  };
}

/** A spare CLI that was started by an equal plan. */
export async function takeWarmSession(plan: LaunchPlan): Promise<LiveSession | undefined> {
  if (spares.size === 0) return undefined;
  const likeness = likenessOf(plan);
  for (const spare of spares) {
    if (spare.likeness !== likeness || !hasSameParts(spare.plan, plan)) continue;
    if (!spares.delete(spare)) continue;
    const session = await spare.session.catch(() => undefined);
    if (!session?.isUsable) continue;
    session.keepAlive(true);
    spare.onTaken(session);
    return session;
  }
  return undefined;
}

/** Functions and objects of the caller, which are no JSON. */
function hasSameParts(a: LaunchPlan, b: LaunchPlan): boolean {
  return a.spawn === b.spawn && a.mirror?.store === b.mirror?.store;
}

/** This process's environment counts too: it may have changed since the spare was started. */
function likenessOf({ spawn: _, mirror, ...plan }: LaunchPlan): string {
  return canonicalJson({ ...plan, flush: mirror?.flush, env: { ...process.env, ...plan.env } });
}
