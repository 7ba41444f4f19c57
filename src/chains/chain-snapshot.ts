import type { ChainNode } from "./chain-node.js";
import type { ChainState, StepState, StepStatus } from "./chain-state.js";

/** How a chain stands, for whoever shows it; plain JSON. */
export interface ChainSnapshot {
  readonly chain: string;
  readonly status: StepStatus;
  /** US dollars that were paid. */
  readonly costUsd: number;
  readonly budgetUsd?: number | undefined;
  readonly steps: readonly StepSnapshot[];
}

/** How a step stands. */
export interface StepSnapshot {
  readonly id: string;
  readonly title: string;
  readonly type: ChainNode["type"];
  readonly status: StepStatus;
  /** The steps beside it that it waits for. */
  readonly after: readonly string[];
  readonly attempts?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly costUsd?: number | undefined;
  readonly replayed?: boolean | undefined;
  /** The beginning of what came of it, as text. */
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  /** Of a loop: "2 of at most 3". */
  readonly round?: { readonly now: number | undefined; readonly max: number } | undefined;
  /** What is inside: the steps of a group or a loop, or the ways of a branch. */
  readonly lanes: readonly Lane[];
}

/** The steps of one way through a branch, or of one of several that run at once. */
export interface Lane {
  /** Of a branch: the name of the way. */
  readonly name?: string | undefined;
  readonly isChosen?: boolean | undefined;
  readonly steps: readonly StepSnapshot[];
}

/** Most of an output that is shown, in characters. */
const MAX_OUTPUT_LENGTH = 2_000;

export interface SnapshotSource {
  readonly name: string;
  readonly nodes: readonly ChainNode[];
  readonly waitsFor: ReadonlyMap<string, readonly string[]>;
}

/**
 * @param state undefined for a chain that has not begun.
 * @param status of the whole; in a chain that was stopped no step runs, also while it still comes to its end.
 */
export function snapshotChain(
  plan: SnapshotSource,
  state: ChainState | undefined,
  status: StepStatus,
  budgetUsd?: number,
): ChainSnapshot {
  const all = Object.entries(state?.steps ?? {});
  const shown = status === "stopped" ? all.map(stopStep) : all;
  const now = state && { ...state, steps: Object.fromEntries(shown) };
  const steps = plan.nodes.map((node) => snapshotStep(node, plan, now));
  const costUsd = Object.values(state?.steps ?? {}).reduce((sum, step) => sum + step.costUsd, 0);
  return {
    chain: plan.name,
    status,
    costUsd: Number(costUsd.toFixed(9)),
    ...(budgetUsd !== undefined && { budgetUsd }),
    steps,
  };
}

function stopStep([id, step]: readonly [string, StepState]): readonly [string, StepState] {
  return [id, step.status === "running" ? { ...step, status: "stopped" } : step];
}

function snapshotStep(node: ChainNode, plan: SnapshotSource, state: ChainState | undefined): StepSnapshot {
  const step = state && Object.hasOwn(state.steps, node.id) ? state.steps[node.id] : undefined;
  const isLeaf = node.type === "ask" || node.type === "run";
  return {
    id: node.id,
    title: node.title,
    type: node.type,
    status: step?.status ?? "waiting",
    after: plan.waitsFor.get(node.id) ?? [],
    ...(step && step.attempts > 1 && { attempts: step.attempts }),
    ...(step?.durationMs !== undefined && { durationMs: step.durationMs }),
    ...(step && step.costUsd > 0 && { costUsd: step.costUsd }),
    ...(step?.replayed && { replayed: true }),
    ...(isLeaf && step?.output !== undefined && { output: showOutput(step.output) }),
    ...(step?.error !== undefined && { error: step.error }),
    ...(node.type === "loop" && { round: { now: step?.round, max: node.maxRounds } }),
    lanes: lanesOf(node, step?.chosen).map(({ nodes, ...lane }) => ({
      ...lane,
      steps: nodes.map((each) => snapshotStep(each, plan, state)),
    })),
  };
}

function lanesOf(
  node: ChainNode,
  chosen: string | undefined,
): { name?: string; isChosen?: boolean; nodes: readonly ChainNode[] }[] {
  if (node.type === "branch")
    return Object.entries(node.branches).map(([name, nodes]) => ({ name, isChosen: name === chosen, nodes }));
  if (node.type === "loop") return [{ nodes: node.nodes }];
  return node.type === "parallel" ? node.nodes.map((each) => ({ nodes: [each] })) : [];
}

function showOutput(output: unknown): string {
  const text = typeof output === "string" ? output : (JSON.stringify(output, undefined, 2) ?? String(output));
  return text.length > MAX_OUTPUT_LENGTH ? `${text.slice(0, MAX_OUTPUT_LENGTH)}…` : text;
}
