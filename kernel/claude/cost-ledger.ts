import { tableHtml, tableTextLines } from "../../renderers/sections/table-html.js";

/** What one turn of the notebook cost. */
export interface TurnCost {
  /** The cell that asked, by its execution number; undefined outside of a notebook. */
  readonly cell: number | undefined;
  readonly prompt: string;
  /** 0 for a turn that was replayed. */
  readonly costUsd: number;
  readonly replayed: boolean;
}

/** What the notebook's turns cost since its kernel started. As the value of a cell it is a table. */
export interface NotebookCost {
  readonly totalUsd: number;
  /** What may be spent; undefined without a limit. */
  readonly budgetUsd: number | undefined;
  readonly turns: readonly TurnCost[];
}

/** The notebook's budget is spent; nothing was asked. */
export class BudgetSpentError extends Error {
  override readonly name = "BudgetSpentError";
}

export interface CostLedger {
  /** Infinity without a limit. */
  readonly budgetUsd: number;
  readonly leftUsd: number;
  note(turn: TurnCost): void;
  /** @throws RangeError for a budget that is no amount of dollars. */
  setBudget(budgetUsd: number): void;
  /** @throws BudgetSpentError when as much as may be spent is spent. */
  requireBudget(): void;
  report(): NotebookCost;
}

/** Longest prompt in the list, in characters. */
const MAX_PROMPT_CHARS = 60;

export function createCostLedger(): CostLedger {
  const turns: TurnCost[] = [];
  let budgetUsd: number | undefined;
  const total = (): number => turns.reduce((sum, { costUsd }) => sum + costUsd, 0);
  return {
    get budgetUsd() {
      return budgetUsd ?? Number.POSITIVE_INFINITY;
    },
    get leftUsd() {
      return (budgetUsd ?? Number.POSITIVE_INFINITY) - total();
    },
    note(turn) {
      turns.push({ ...turn, prompt: shorten(turn.prompt) });
    },
    setBudget(given) {
      if (!(given >= 0 && Number.isFinite(given)))
        throw new RangeError(`A budget is an amount of US dollars, not ${String(given)}.`);
      budgetUsd = given;
    },
    requireBudget() {
      if (budgetUsd === undefined || total() < budgetUsd) return;
      throw new BudgetSpentError(
        `The notebook's budget of ${dollars(budgetUsd)} is spent (${dollars(total())}), so Claude was not asked. claude.cost({ budgetUsd: … }) sets another one.`,
      );
    },
    report: () => withTable({ totalUsd: total(), budgetUsd, turns: [...turns] }),
  };
}

function withTable(cost: NotebookCost): NotebookCost {
  const columns = ["cell", "prompt", "cost"];
  const limit = cost.budgetUsd === undefined ? "" : ` of ${dollars(cost.budgetUsd)}`;
  const rows = [
    ...cost.turns.map(({ cell, prompt, costUsd, replayed }) => [
      cell === undefined ? "" : `[${cell}]`,
      prompt,
      replayed ? "replayed" : dollars(costUsd),
    ]),
    ["", "total", `${dollars(cost.totalUsd)}${limit}`],
  ];
  return Object.defineProperty(cost, Symbol.for("Jupyter.display"), {
    value: () => ({
      "text/html": tableHtml(columns, rows),
      "text/plain": tableTextLines(columns, rows).join("\n"),
    }),
  });
}

function dollars(amount: number): string {
  return `$${amount.toFixed(4)}`;
}

function shorten(prompt: string): string {
  const line = prompt.replace(/\s+/g, " ").trim();
  return line.length > MAX_PROMPT_CHARS ? `${line.slice(0, MAX_PROMPT_CHARS)}…` : line;
}

/** That of this notebook. */
export const costLedger = createCostLedger();
