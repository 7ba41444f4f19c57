import type { ChainContext } from "./chain-context.js";
import type { ChainEvent } from "./chain-events.js";
import type { ChainState, StepState } from "./chain-state.js";

/** How far a chain has come while it runs. */
export interface ChainProgress {
  /** As it is now; never changes afterwards. */
  readonly state: ChainState;
  /** The inputs and the outputs so far. */
  readonly context: ChainContext;
  stepOf(id: string): StepState;
  /** Changes a step, and tells of it. */
  change(id: string, changes: Partial<StepState>, event: ChainEvent): void;
  /** Changes a step without telling: what is told next tells of this too. */
  note(id: string, changes: Partial<StepState>): void;
  tell(event: ChainEvent): void;
  /** US dollars that count towards the budget. */
  spend(usd: number): void;
}

const NEW_STEP: StepState = { status: "waiting", attempts: 0, costUsd: 0 };

/** @param from where it goes on: what was at work or has failed begins again, what is done stays. */
export function createChainProgress(
  from: ChainState,
  onEvent: (event: ChainEvent, state: ChainState) => void,
): ChainProgress {
  let state: ChainState = { ...from, steps: Object.fromEntries(Object.entries(from.steps).map(begunAgain)) };
  const stepOf = (id: string): StepState => (Object.hasOwn(state.steps, id) ? state.steps[id]! : NEW_STEP);
  const note = (id: string, changes: Partial<StepState>): void => {
    state = { ...state, steps: { ...state.steps, [id]: { ...stepOf(id), ...changes } } };
  };
  return {
    get state() {
      return state;
    },
    get context() {
      const outputs = Object.entries(state.steps).map(([id, { output }]) => [id, output] as const);
      return {
        ...Object.fromEntries(outputs.filter(([, output]) => output !== undefined)),
        ...state.context,
      };
    },
    stepOf,
    note,
    change(id, changes, event) {
      note(id, changes);
      onEvent(event, state);
    },
    tell: (event) => onEvent(event, state),
    spend(usd) {
      state = { ...state, spentUsd: roundUsd(state.spentUsd + usd) };
    },
  };
}

function begunAgain([id, step]: readonly [string, StepState]): readonly [string, StepState] {
  if (step.status === "done" || step.status === "skipped") return [id, step];
  const { error: _, ...rest } = step;
  return [id, { ...rest, status: "waiting", attempts: 0 }];
}

/** Sums of binary fractions: 0.30000000000000004. */
export function roundUsd(usd: number): number {
  return Number(usd.toFixed(9));
}
