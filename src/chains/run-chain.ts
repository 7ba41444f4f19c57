import { AbortError, isAborted } from "../errors.js";
import { ChainBudgetError, ChainStepError, type StepFailure } from "./chain-errors.js";
import { allNodes, type BranchNode, type ChainNode, type LoopNode } from "./chain-node.js";
import type { ChainState } from "./chain-state.js";
import type { ChainPlan } from "./check-chain.js";
import { abortable, runStep, type StepRun } from "./run-step.js";

export interface ChainRunRequest extends StepRun {
  readonly plan: ChainPlan;
  /** US dollars; undefined for no limit. */
  readonly budgetUsd: number | undefined;
  /** Outputs that are given: these steps are not run. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Fires `signal`. */
  abort(reason: unknown): void;
}

/** How a node ended, for those that wait for it. */
type Ending = "over" | "failed" | "stopped";

/**
 * Runs a chain to its end. When a step fails, what needs it is left out, and everything else goes on.
 *
 * @throws ChainStepError; ChainBudgetError; AbortError when the signal fires.
 */
export async function runChain(run: ChainRunRequest): Promise<ChainState> {
  const { plan, progress, signal, budgetUsd, given } = run;
  const failures: StepFailure[] = [];
  let isBroke = false;

  async function runNodes(nodes: readonly ChainNode[]): Promise<Ending> {
    const endings = new Map<string, Promise<Ending>>();
    const endingOf = (node: ChainNode): Promise<Ending> => {
      const known = endings.get(node.id);
      if (known) return known;
      const before = nodes.filter(({ id }) => plan.waitsFor.get(node.id)!.includes(id));
      const ending = Promise.all(before.map(endingOf)).then((all) => runAfter(node, all));
      endings.set(node.id, ending);
      return ending;
    };
    const all = await Promise.all(nodes.map(endingOf));
    return all.find((ending) => ending === "failed") ?? all.find((ending) => ending === "stopped") ?? "over";
  }

  async function runAfter(node: ChainNode, before: readonly Ending[]): Promise<Ending> {
    const { id } = node;
    const { status } = progress.stepOf(id);
    if (status === "done" || status === "skipped") return "over";
    if (before.includes("failed")) {
      for (const each of allNodes([node])) progress.note(each.id, { status: "blocked" });
      progress.tell({ type: "step_blocked", step: id });
      return "failed";
    }
    if (before.includes("stopped") || signal.aborted || isBroke) return "stopped";
    if (Object.hasOwn(given, id)) return finish(id, given[id]);
    try {
      if (node.when && !(await abortable(node.when(progress.context), signal))) {
        skip(node);
        return "over";
      }
      return await RUNNERS[node.type](node as never);
    } catch (error) {
      // Somebody stopped a step alone, as a notebook does when its cell is interrupted: that means all of it.
      if (isAborted(error)) run.abort(error);
      if (signal.aborted) {
        progress.change(id, { status: "stopped" }, { type: "step_stopped", step: id });
        return "stopped";
      }
      failures.push({ step: id, error });
      const why = error instanceof Error ? error.message : String(error);
      progress.change(id, { status: "failed", error: why }, { type: "step_failed", step: id, error });
      return "failed";
    }
  }

  const RUNNERS: { readonly [Type in ChainNode["type"]]: (node: never) => Promise<Ending> } = {
    ask: runOne,
    run: runOne,
    async parallel(node: Extract<ChainNode, { type: "parallel" }>) {
      begin(node.id);
      return endGroup(node.id, await runNodes(node.nodes), undefined);
    },
    async branch(node: BranchNode) {
      begin(node.id);
      const chosen =
        progress.stepOf(node.id).chosen ?? (await abortable(node.choose(progress.context), signal));
      if (!Object.hasOwn(node.branches, chosen)) throw noBranch(node, chosen);
      progress.change(node.id, { chosen }, { type: "branch_chosen", step: node.id, branch: chosen });
      for (const [name, nodes] of Object.entries(node.branches)) if (name !== chosen) nodes.forEach(skip);
      return endGroup(node.id, await runNodes(node.branches[chosen]!), chosen);
    },
    loop: runLoop,
  };

  async function runOne(node: Extract<ChainNode, { type: "ask" | "run" }>): Promise<Ending> {
    const ending = await runStep(node, run);
    if (ending !== "broke") return finish(node.id, ending.output);
    isBroke = true;
    progress.change(node.id, { status: "stopped" }, { type: "step_stopped", step: node.id });
    return "stopped";
  }

  async function runLoop(node: LoopNode): Promise<Ending> {
    begin(node.id);
    const { round: before } = progress.stepOf(node.id);
    for (let round = before ?? 1; ; round++) {
      // A round that was begun before goes on where it was.
      if (round !== before) for (const each of allNodes(node.nodes)) progress.note(each.id, FRESH);
      progress.change(node.id, { round }, { type: "round_started", step: node.id, round });
      const ending = await runNodes(node.nodes);
      if (ending !== "over") return endGroup(node.id, ending, undefined);
      if (await abortable(node.until(progress.context, round), signal)) return finish(node.id, round);
      if (round < node.maxRounds) continue;
      if (node.atLimit === "goOn") return finish(node.id, round);
      throw new Error(`${round} rounds were not enough.`);
    }
  }

  const begin = (id: string): void =>
    progress.change(id, { status: "running" }, { type: "step_started", step: id, attempt: 1 });

  const finish = (id: string, output: unknown): Ending => {
    progress.change(id, { status: "done", output }, { type: "step_finished", step: id, output });
    return "over";
  };

  /** A group ends as what is in it: whatever failed there has been told of. */
  const endGroup = (id: string, ending: Ending, output: unknown): Ending => {
    if (ending === "over") return finish(id, output);
    if (ending === "stopped") progress.change(id, { status: "stopped" }, { type: "step_stopped", step: id });
    else
      progress.change(
        id,
        { status: "failed" },
        { type: "step_failed", step: id, error: failures.at(-1)?.error },
      );
    return ending;
  };

  const skip = (node: ChainNode): void => {
    for (const each of allNodes([node])) progress.note(each.id, { status: "skipped" });
    progress.tell({ type: "step_skipped", step: node.id });
  };

  progress.tell({ type: "chain_started", chain: plan.name });
  try {
    await runNodes(plan.nodes);
    if (signal.aborted) throw isAborted(signal.reason) ? signal.reason : new AbortError(signal.reason);
    if (failures.length > 0) throw new ChainStepError(plan.name, failures, progress.state);
    if (isBroke) throw new ChainBudgetError(plan.name, budgetUsd!, progress.state);
  } catch (error) {
    progress.tell({ type: "chain_failed", chain: plan.name, error });
    throw error;
  }
  progress.tell({ type: "chain_finished", chain: plan.name });
  return progress.state;
}

/** What a step is at the beginning of a round; what it cost stays. */
const FRESH = {
  status: "waiting",
  attempts: 0,
  chosen: undefined,
  round: undefined,
  error: undefined,
} as const;

function noBranch({ branches }: BranchNode, chosen: unknown): Error {
  return new Error(
    `it chose the branch ${JSON.stringify(chosen)}; there are ${Object.keys(branches).join(", ")}.`,
  );
}
