import { setMaxListeners } from "node:events";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { InvalidOptionsError } from "../errors.js";
import { createLimiter } from "../limit/limiter.js";
import { normaliseOptions } from "../options/normalise-options.js";
import type { ClaudeOptions, QueryOptions } from "../options/types.js";
import { onAbort } from "../process/on-abort.js";
import { showAs } from "../shown-as.js";
import type { TemplateVariables } from "../templates/template.js";
import { createChainBudget } from "./chain-budget.js";
import { allNodes, type ChainNode } from "./chain-node.js";
import { createChainProgress } from "./chain-progress.js";
import { type ChainRun, createChainRun } from "./chain-run.js";
import { type ChainSnapshot, snapshotChain } from "./chain-snapshot.js";
import {
  type ChainState,
  loadChainState,
  newChainState,
  type StepStatus,
  saveChainState,
} from "./chain-state.js";
import { type ChainPlan, checkChain } from "./check-chain.js";
import { runChain } from "./run-chain.js";

/** What a chain is made of beside its steps. */
export interface ChainSpec<Inputs extends TemplateVariables = TemplateVariables> {
  readonly name: string;
  readonly description?: string | undefined;
  /** What it is given: name → zod schema; a default makes one optional. */
  readonly inputs?: Inputs | undefined;
  /** Most that all steps together may cost, in US dollars. */
  readonly budgetUsd?: number | undefined;
  /** Options of every step, below those of its template and its own. */
  readonly options?: QueryOptions | undefined;
  /** Steps that run at once at most. @defaultValue 4 */
  readonly concurrency?: number | undefined;
  /** Milliseconds. @defaultValue performance.now */
  readonly now?: (() => number) | undefined;
}

export interface ExecuteOptions<Overrides = Readonly<Record<string, unknown>>> {
  /** The inputs. The name of a step gives its output: that step is not run. */
  readonly contextOverrides?: Overrides | undefined;
  /** A state to go on from, or the file that holds one: what is done is not done again. */
  readonly resume?: ChainState | string | undefined;
  /** Where the state is written whenever a step has ended; e.g. what `resume` names. */
  readonly stateFile?: string | undefined;
  /** In place of the chain's own, in US dollars. What was spent before counts. */
  readonly budgetUsd?: number | undefined;
  /** Options of every step, above the chain's. */
  readonly options?: QueryOptions | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Steps that are known to fit together. */
export interface Chain<Outputs, Overrides> {
  readonly name: string;
  readonly description: string;
  /** Its steps, none of them begun. */
  readonly snapshot: ChainSnapshot;
  /**
   * Runs it. Nothing is started before the run is awaited or read.
   *
   * @throws InvalidOptionsError at once, for inputs that are missing, unknown or wrong.
   * @example
   *     for await (const event of chain.execute({ contextOverrides: { topic: "locks" } })) console.log(event.type);
   */
  execute(options?: ExecuteOptions<Overrides>): ChainRun<Outputs>;
}

const CONCURRENCY = 4;

/** @throws ChainInvalidError when the steps do not fit together; InvalidOptionsError. */
export function makeChain<Outputs, Overrides>(
  spec: ChainSpec,
  nodes: readonly ChainNode[],
): Chain<Outputs, Overrides> {
  const { name, description = "", inputs = {}, concurrency = CONCURRENCY } = spec;
  checkNumber("concurrency", concurrency);
  if (spec.budgetUsd !== undefined) checkNumber("budgetUsd", spec.budgetUsd);
  const plan = checkChain(name, nodes, Object.keys(inputs));
  const chainOptions = normaliseOptions(spec.options);
  const chain: Chain<Outputs, Overrides> = {
    name,
    description,
    snapshot: snapshotChain(plan, undefined, "waiting", spec.budgetUsd),
    execute: (given = {}) => execute(spec, plan, chainOptions, given as ExecuteOptions),
  };
  return showAs(chain, "chain");
}

function execute<Outputs>(
  spec: ChainSpec,
  plan: ChainPlan,
  chainOptions: ClaudeOptions,
  execution: ExecuteOptions,
): ChainRun<Outputs> {
  const { resume, stateFile, abortSignal } = execution;
  const budgetUsd = execution.budgetUsd ?? spec.budgetUsd;
  if (budgetUsd !== undefined) checkNumber("budgetUsd", budgetUsd);
  const options = { ...chainOptions, ...normaliseOptions(execution.options) };
  const inputs = spec.inputs ?? {};
  const { context, outputs: given } = splitOverrides(
    plan,
    inputs,
    execution.contextOverrides ?? {},
    resume !== undefined,
  );
  const stop = new AbortController();
  // Each step listens.
  setMaxListeners(0, stop.signal);
  let state: ChainState | undefined;
  let status: StepStatus = "waiting";
  const snapshot = (): ChainSnapshot => {
    const isStopped = stop.signal.aborted && status === "running";
    return snapshotChain(plan, state, isStopped ? "stopped" : status, budgetUsd);
  };

  return createChainRun<Outputs>({
    get state() {
      return state;
    },
    get snapshot() {
      return snapshot();
    },
    abort: (reason) => stop.abort(reason),
    async start(onEvent) {
      const ignore = abortSignal && onAbort(abortSignal, (reason) => stop.abort(reason));
      let saving = Promise.resolve();
      const save = (saved: ChainState): void => {
        if (stateFile !== undefined) saving = saving.then(() => saveChainState(stateFile, saved));
        // It is awaited at the end.
        saving.catch((error: unknown) => stop.abort(error));
      };
      try {
        if (stateFile !== undefined) await mkdir(dirname(stateFile), { recursive: true });
        const saved = resume === undefined ? undefined : await loadChainState(spec.name, resume);
        const from = newChainState(
          spec.name,
          parseInputs(spec.name, inputs, { ...saved?.context, ...context }),
        );
        status = "running";
        const progress = createChainProgress(
          { ...from, steps: knownSteps(plan, saved), spentUsd: saved?.spentUsd ?? 0 },
          (event, now) => {
            state = now;
            if (event.type === "chain_finished") status = "done";
            else if (event.type === "chain_failed") status = stop.signal.aborted ? "stopped" : "failed";
            if (event.type !== "message") save(now);
            onEvent(event);
          },
        );
        state = progress.state;
        const end = await runChain({
          plan,
          progress,
          limiter: createLimiter({ maxRunning: spec.concurrency ?? CONCURRENCY }),
          budget:
            budgetUsd === undefined ? undefined : createChainBudget(budgetUsd - progress.state.spentUsd),
          budgetUsd,
          given,
          signal: stop.signal,
          abort: (reason) => stop.abort(reason),
          inputs: Object.keys(inputs),
          options,
          now: spec.now ?? (() => performance.now()),
        });
        await saving;
        const { costUsd } = snapshot();
        const result = { outputs: progress.context as Outputs, state: end, snapshot: snapshot(), costUsd };
        return showAs(result, "chain");
      } finally {
        ignore?.();
        await saving;
      }
    },
  });
}

/** Steps that a state has and the chain no longer has are dropped with their outputs. */
function knownSteps(plan: ChainPlan, saved: ChainState | undefined): ChainState["steps"] {
  const ids = new Set(allNodes(plan.nodes).map(({ id }) => id));
  return Object.fromEntries(Object.entries(saved?.steps ?? {}).filter(([id]) => ids.has(id)));
}

interface SplitOverrides {
  readonly context: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

function splitOverrides(
  plan: ChainPlan,
  inputs: TemplateVariables,
  overrides: Readonly<Record<string, unknown>>,
  isResumed: boolean,
): SplitOverrides {
  const steps = allNodes(plan.nodes);
  const isStep = (name: string): boolean => steps.some(({ id }) => id === name);
  const entries = Object.entries(overrides).filter(([, value]) => value !== undefined);
  const context = Object.fromEntries(entries.filter(([name]) => !isStep(name)));
  const outputs = entries.filter(([name]) => isStep(name));
  for (const [name, value] of outputs) {
    const node = steps.find(({ id }) => id === name);
    const checked = node?.type === "ask" ? node.output?.safeParse(value) : undefined;
    if (checked?.success === false)
      throw wrongOverrides(plan.name, overrides, `\`${name}\`: ${z.prettifyError(checked.error)}`);
  }
  // The rest of the inputs may be in the state that is to be read.
  if (!isResumed) parseInputs(plan.name, inputs, context);
  return { context, outputs: Object.fromEntries(outputs) };
}

function parseInputs(
  chain: string,
  inputs: TemplateVariables,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const checked = z.strictObject(inputs).safeParse(values);
  if (checked.success) return checked.data;
  throw wrongOverrides(chain, values, z.prettifyError(checked.error), Object.keys(inputs));
}

function wrongOverrides(
  chain: string,
  value: unknown,
  why: string,
  names: readonly string[] = [],
): InvalidOptionsError {
  const message = `The chain \`${chain}\` cannot run with these \`contextOverrides\`: ${why}`;
  const hints = names.length > 0 ? [`Its inputs are ${names.map((name) => `\`${name}\``).join(", ")}.`] : [];
  return new InvalidOptionsError("contextOverrides", value, message, { hints });
}

function checkNumber(option: string, value: unknown): void {
  if (typeof value === "number" && value > 0) return;
  throw new InvalidOptionsError(
    option,
    value,
    `\`${option}\` must be a number above 0, not ${String(value)}.`,
  );
}
