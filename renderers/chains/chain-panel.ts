import { z } from "zod";
import { formatCost, formatCount, formatDuration } from "../panels/format-figures.js";
import { definePanel, type Fact } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";
import type { FlowStep } from "../sections/section.js";

const status = z.enum(["waiting", "running", "done", "skipped", "failed", "blocked", "stopped"]);

const step = z.object({
  id: z.string(),
  title: z.string(),
  type: z.enum(["ask", "run", "parallel", "branch", "loop"]),
  status,
  attempts: z.number().optional(),
  durationMs: z.number().optional(),
  costUsd: z.number().optional(),
  replayed: z.boolean().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  round: z.object({ now: z.number().optional(), max: z.number() }).optional(),
  get lanes() {
    return z.array(
      z.object({ name: z.string().optional(), isChosen: z.boolean().optional(), steps: z.array(step) }),
    );
  },
});

/** What a notebook stores of a chain; see ChainSnapshot. */
const chain = z.object({
  chain: z.string(),
  status,
  costUsd: z.number(),
  budgetUsd: z.number().optional(),
  steps: z.array(step),
});

type Step = z.output<typeof step>;

const STATES: Readonly<Record<Step["status"], FlowStep["state"]>> = {
  waiting: "open",
  running: "now",
  done: "done",
  skipped: "skipped",
  failed: "failed",
  blocked: "blocked",
  stopped: "stopped",
};

/** Shortest time worth a word, in milliseconds: what is shorter would read "0.0 s". */
const MIN_TOLD_MS = 50;

const SIGNS: Partial<Record<Step["type"], string>> = { parallel: "═", branch: "◇", loop: "↻" };

/** The steps of a chain as a diagram. */
export const chainPanel = definePanel<ViewPart>({
  name: "chain",
  matches: (part) => part.type === "view" && part.view === "chain",
  frame: "panel",
  kind: () => "plan",
  isOpen: () => true,
  summary: ({ data }) => {
    const { chain: name, steps, costUsd, budgetUsd, status: now } = chain.parse(data);
    const leaves = steps.flatMap(leavesOf);
    const over = leaves.filter((each) => each.status === "done" || each.status === "skipped").length;
    return {
      name: "Chain",
      target: name,
      isProse: true,
      facts: [progressFact(over, leaves.length, now), ...costFacts(costUsd, budgetUsd, leaves)],
    };
  },
  body: ({ data }) => [{ type: "flow", steps: chain.parse(data).steps.map(flowStep) }],
});

function progressFact(over: number, all: number, now: Step["status"]): Fact {
  if (now === "waiting") return { text: formatCount(all, "step") };
  return { text: `${over} of ${formatCount(all, "step")}`, share: all === 0 ? 1 : over / all };
}

function costFacts(costUsd: number, budgetUsd: number | undefined, leaves: readonly Step[]): Fact[] {
  const isReplay = leaves.some(({ replayed }) => replayed);
  const cost =
    budgetUsd === undefined ? formatCost(costUsd) : `${formatCost(costUsd)} of ${formatCost(budgetUsd)}`;
  return [
    ...(costUsd > 0 || budgetUsd !== undefined ? [{ text: cost }] : []),
    ...(isReplay ? [{ text: "replayed" }] : []),
  ];
}

/** The steps in which something is done. */
function leavesOf(each: Step): Step[] {
  return each.lanes.length === 0 ? [each] : each.lanes.flatMap(({ steps }) => steps.flatMap(leavesOf));
}

function flowStep(each: Step): FlowStep {
  const { title, type, attempts, durationMs, costUsd, round, lanes, error, output } = each;
  const facts = [
    ...(round
      ? [
          round.now === undefined
            ? `at most ${formatCount(round.max, "round")}`
            : `round ${round.now} of at most ${round.max}`,
        ]
      : []),
    ...(attempts !== undefined && attempts > 1 ? [`attempt ${attempts}`] : []),
    ...(durationMs !== undefined && durationMs >= MIN_TOLD_MS ? [formatDuration(durationMs)] : []),
    ...(costUsd !== undefined ? [formatCost(costUsd)] : []),
  ];
  return {
    title,
    state: STATES[each.status],
    sign: SIGNS[type],
    facts,
    detail: error ?? output,
    lanes: lanes.map(({ name, isChosen, steps }) => ({
      title: name === undefined ? undefined : isChosen ? `${name} ✓` : name,
      isOff: isChosen === false && each.status !== "waiting",
      steps: steps.map(flowStep),
    })),
  };
}
