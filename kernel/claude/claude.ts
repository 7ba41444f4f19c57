import type { z } from "zod";
import { InvalidOptionsError } from "../../src/errors.js";
import { isOutputSchema } from "../../src/output/output-schema.js";
import { notebookHost } from "../host.js";
import { reattach } from "../live/reattach.js";
import type { JournalEntry } from "../run/journal-entry.js";
import { isCalledByUser } from "../run/script-author.js";
import { type CellConversation, cellConversation } from "./cell-conversation.js";
import { type ContextSetting, contextSetting } from "./context/context-setting.js";
import { costLedger, type NotebookCost } from "./cost-ledger.js";
import { lastErrorPrompt } from "./last-error-prompt.js";
import { type ClaudeMap, type ClaudeMapOptions, mapItems } from "./map/map-items.js";
import { type ClaudeCallOptions, type ClaudeTurn, runCellTurn } from "./run-cell-turn.js";
import { runsClaudesCode } from "./tools/run-cell.js";
import { allowRunCell } from "./tools/run-cell-permission.js";

/** Claude in a notebook; a global of every cell. */
export interface ClaudeInNotebook {
  /**
   * Asks Claude in the notebook's conversation and shows the answer in this cell while it streams. Calls follow one another,
   * also when several are started at once.
   *
   * @throws ResultError when the turn ends with an error, after the cell has shown it; and what `query()` throws.
   * @example
   *     const turn = await claude("What do these numbers have in common?");
   *     turn.text;
   */
  (prompt: string, options?: ClaudeCallOptions): Promise<ClaudeTurn>;
  /**
   * Asks in the same conversation for an answer of the form of a zod schema, and returns what its parser makes of it. The
   * checker knows its type, in this cell and those after it. An answer that does not fit goes back to Claude, twice at most.
   *
   * @throws StructuredOutputError when no answer fits; and as `claude()`.
   * @example
   *     const cities = await claude.ask("Three cities", z.array(z.object({ name: z.string(), people: z.number() })));
   */
  ask<Schema extends z.ZodType>(
    prompt: string,
    schema: Schema,
    options?: ClaudeCallOptions,
  ): Promise<z.output<Schema>>;
  /** The conversation that the notebook's cells share. */
  readonly cells: CellConversation;
  /**
   * Asks about each item in a turn of its own, some at once, and shows a grid of how they go. Tools that would ask the user are
   * denied, unless the options say who decides. Items whose turn fails have no value and are listed.
   *
   * @param prompt a function of the item; or a text in which `{item}`, `{item.field}` and `{index}` stand for it.
   * @throws RangeError and PathError before anything is asked.
   * @example
   *     const { values } = await claude.map(["a.ts", "b.ts"], "Describe {item} in a sentence", { budgetUsd: 1 });
   */
  map<Item, Schema extends z.ZodType>(
    items: readonly Item[],
    prompt: string | ((item: Item, index: number) => string),
    options: ClaudeMapOptions<Schema> & { readonly schema: Schema },
  ): Promise<ClaudeMap<Item, z.output<Schema>>>;
  map<Item>(
    items: readonly Item[],
    prompt: string | ((item: Item, index: number) => string),
    options?: ClaudeMapOptions,
  ): Promise<ClaudeMap<Item, string>>;
  /**
   * Asks why the last cell that failed did so, in the notebook's conversation.
   *
   * @throws Error when none has failed; and as `claude()`.
   */
  explain(options?: ClaudeCallOptions): Promise<ClaudeTurn>;
  /**
   * Asks for a correction of the last cell that failed; Claude puts it into the cell below, for you to run.
   *
   * @throws Error when none has failed; and as `claude()`.
   */
  fix(options?: ClaudeCallOptions): Promise<ClaudeTurn>;
  /**
   * What the calls of `claude` cost since the kernel started; as the value of a cell, a table.
   *
   * @param budgetUsd what may be spent: with as much spent, calls throw a BudgetSpentError.
   */
  cost(budget?: { readonly budgetUsd: number }): NotebookCost;
  /**
   * Lets code that Claude writes run in this kernel unasked, until the kernel ends. It can do whatever a cell can.
   *
   * @throws TypeError for any other tool: rules for those are options of a query.
   * @throws Error where no cell of the user's calls it: from a timer, or from Claude's own code.
   */
  allow(tool: "run_cell"): void;
  /**
   * What is sent of the notebook with each turn, on its own: names, types and shapes of what has changed, the last error and
   * the folder. The answer shows it, folded.
   *
   * @param change `false` sends nothing from here on; `{ samples: true }` also the beginning of each value.
   */
  context(change?: boolean | { readonly samples?: boolean | undefined }): ContextSetting;
  /** Shows the newest turn again, in this cell: as it goes on, or whole when it has ended. */
  reattach(): void;
}

/** Claude in the cells of this notebook: `claude("…")` asks, with the notebook's one conversation; its members ask in other ways. */
export const claude: ClaudeInNotebook = Object.assign(
  (prompt: string, options?: ClaudeCallOptions) => runCellTurn(prompt, options),
  {
    ask,
    map: mapItems as ClaudeInNotebook["map"],
    explain,
    fix,
    cost,
    cells: cellConversation.facts,
    allow,
    context: contextSetting,
    reattach,
  },
);

async function ask<Schema extends z.ZodType>(
  prompt: string,
  schema: Schema,
  options?: ClaudeCallOptions,
): Promise<z.output<Schema>> {
  if (!isOutputSchema(schema)) {
    const message = 'claude.ask() takes a zod schema after the prompt: claude.ask("…", z.object({ … })).';
    throw new InvalidOptionsError("outputSchema", schema, message);
  }
  const { result } = await runCellTurn(prompt, { ...options, outputSchema: schema });
  return result.structured_output as z.output<Schema>;
}

function explain(options?: ClaudeCallOptions): Promise<ClaudeTurn> {
  return runCellTurn(lastErrorPrompt("explain", notebookEntries()), options);
}

function fix(options?: ClaudeCallOptions): Promise<ClaudeTurn> {
  return runCellTurn(lastErrorPrompt("fix", notebookEntries()), options);
}

function notebookEntries(): readonly JournalEntry[] {
  return notebookHost()?.notebook?.journal.entries ?? [];
}

function cost(budget?: { readonly budgetUsd: number }): NotebookCost {
  if (budget) costLedger.setBudget(budget.budgetUsd);
  return costLedger.report();
}

function allow(tool: "run_cell"): void {
  if (tool !== "run_cell")
    throw new TypeError(`claude.allow() knows "run_cell"; for other tools there is the option allowedTools.`);
  if (runsClaudesCode() || !isCalledByUser())
    throw new Error(
      "Only a cell of yours can allow this; code that Claude runs cannot, nor what it leaves behind.",
    );
  allowRunCell();
}
