import { isAborted, RecordingNotFoundError } from "../errors.js";
import type { Limiter } from "../limit/limiter.js";
import type { ClaudeOptions } from "../options/types.js";
import { onAbort } from "../process/on-abort.js";
import { classifyFailure } from "../retry/classify-failure.js";
import { resolveRetry } from "../retry/retry-options.js";
import { type AskOutcome, askClaude } from "./ask-claude.js";
import type { Allowance, ChainBudget } from "./chain-budget.js";
import type { AskNode, RunNode } from "./chain-node.js";
import { type ChainProgress, roundUsd } from "./chain-progress.js";

/** What the steps of a run share. */
export interface StepRun {
  readonly progress: ChainProgress;
  readonly limiter: Limiter;
  readonly budget: ChainBudget | undefined;
  readonly signal: AbortSignal;
  /** The names of the chain's inputs. */
  readonly inputs: readonly string[];
  readonly options: ClaudeOptions;
  /** Milliseconds. */
  now(): number;
}

/** What a step that came to an end without failing came to: its output, or nothing since the money is spent. */
export type StepEnding = { readonly output: unknown } | "broke";

/** Failures that another attempt cannot mend. */
const FINAL_KINDS: ReadonlySet<string> = new Set([
  "aborted",
  "auth",
  "bad_request",
  "limit",
  "not_installed",
]);

/** Why a step is not tried again: thrown through p-retry. */
class Broke extends Error {}

/**
 * Runs a step, and runs it again while it fails and may. Its costs are counted whatever becomes of it.
 *
 * @throws what the last attempt threw; the signal's reason when it fires.
 */
export async function runStep(node: AskNode | RunNode, run: StepRun): Promise<StepEnding> {
  const { progress, limiter, budget, signal, now } = run;
  const { id } = node;
  const leave = await limiter.enter(signal);
  const begunAt = now();
  const retry = resolveRetry(node.retries);
  const attempt = async (number: number): Promise<unknown> => {
    const allowance = node.type === "ask" ? await budget?.take() : undefined;
    if (node.type === "ask" && budget && !allowance) throw new Broke();
    progress.change(
      id,
      { status: "running", attempts: number },
      { type: "step_started", step: id, attempt: number },
    );
    return node.type === "ask"
      ? askOnce(node, allowance, run)
      : abortable(Promise.resolve(node.work(progress.context, { signal })), signal);
  };
  const { default: pRetry } = await import("p-retry");
  try {
    // p-retry takes errors only, and user code may throw anything.
    const output = await pRetry((number) => attempt(number).catch(throwError), {
      retries: retry?.retries ?? 0,
      ...(retry && {
        factor: retry.factor,
        minTimeout: retry.minDelayMs,
        maxTimeout: Math.max(retry.minDelayMs, retry.maxDelayMs),
        randomize: retry.jitter,
      }),
      signal,
      shouldRetry: ({ error }) => mayMend(unwrap(error), progress.stepOf(id).replayed === true),
      onFailedAttempt: ({ error, attemptNumber, retriesLeft }) => {
        const failure = unwrap(error);
        if (retriesLeft > 0 && mayMend(failure, progress.stepOf(id).replayed === true))
          progress.tell({ type: "step_retried", step: id, attempt: attemptNumber, error: failure });
      },
    });
    return { output };
  } catch (error) {
    if (error instanceof Broke) return "broke";
    throw unwrap(error);
  } finally {
    progress.note(id, { durationMs: now() - begunAt });
    leave();
  }
}

async function askOnce(node: AskNode, allowance: Allowance | undefined, run: StepRun): Promise<unknown> {
  const { progress, signal, inputs, options } = run;
  const outcome: AskOutcome = { costUsd: 0, replayed: false, session: undefined };
  try {
    return await askClaude({
      node,
      context: progress.context,
      inputs,
      options,
      maxBudgetUsd: allowance?.usd,
      signal,
      session: node.continues === undefined ? undefined : progress.stepOf(node.continues).session,
      outcome,
      onMessage: (message) => progress.tell({ type: "message", step: node.id, message }),
    });
  } finally {
    const { costUsd, replayed, session } = outcome;
    progress.spend(costUsd);
    allowance?.settle(costUsd);
    const before = progress.stepOf(node.id).costUsd;
    progress.note(node.id, {
      costUsd: roundUsd(before + (replayed ? 0 : costUsd)),
      replayed,
      ...(session && { session }),
    });
  }
}

/** Whether another attempt makes sense. A recording says the same each time. */
function mayMend(error: unknown, isReplay: boolean): boolean {
  if (error instanceof Broke || isAborted(error) || isReplay || RecordingNotFoundError.isInstance(error))
    return false;
  return !FINAL_KINDS.has(classifyFailure(error).kind);
}

/** A value that user code threw, as an error that p-retry takes; it weighs TypeErrors itself otherwise. */
class Thrown extends Error {
  readonly value: unknown;

  constructor(value: unknown) {
    super("A step failed.");
    this.value = value;
  }
}

function throwError(error: unknown): never {
  throw error instanceof Broke ? error : new Thrown(error);
}

function unwrap(error: unknown): unknown {
  return error instanceof Thrown ? error.value : error;
}

/** @throws the signal's reason when it fires first: user code may never return. */
export async function abortable<T>(work: Promise<T> | T, signal: AbortSignal): Promise<T> {
  if (!(work instanceof Promise)) return work;
  return new Promise<T>((resolve, reject) => {
    const ignore = onAbort(signal, reject);
    work.then(resolve, reject).finally(ignore);
  });
}
