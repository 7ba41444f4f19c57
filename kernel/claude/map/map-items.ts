import type { z } from "zod";
import { isAborted } from "../../../src/errors.js";
import { createLimiter } from "../../../src/limit/limiter.js";
import { normaliseOptions } from "../../../src/options/normalise-options.js";
import type { QueryOptions } from "../../../src/options/types.js";
import { notebookHost } from "../../host.js";
import { BudgetSpentError, costLedger } from "../cost-ledger.js";
import { interpolate } from "../interpolate.js";
import { runsClaudesCode } from "../tools/run-cell.js";
import { hiddenValues } from "../values/hidden-values.js";
import { PathError } from "../values/value-path.js";
import { withinBudget } from "../within-budget.js";
import { askAbout } from "./ask-about.js";
import type { MapItem } from "./map-item.js";
import { openMapView } from "./map-view.js";

/** Options of `claude.map()`: those of a query, for each item. */
export interface ClaudeMapOptions<Schema extends z.ZodType = z.ZodType> extends QueryOptions {
  /** The form of each value, a zod schema. @defaultValue none: the values are texts */
  readonly schema?: Schema | undefined;
  /** Items that are asked about at once, 1 to 32. @defaultValue 4 */
  readonly concurrency?: number | undefined;
  /** With as much spent by this map, in US dollars, no further item is begun. @defaultValue no limit */
  readonly budgetUsd?: number | undefined;
  /** How many times more an item is asked about when that failed. @defaultValue 1 */
  readonly retries?: number | undefined;
}

/** What a map has come to. */
export interface ClaudeMap<Item, Value> {
  /** In the order of the items; undefined where there is none. */
  readonly values: readonly (Value | undefined)[];
  /** Items without a value: the turn failed, or the budget was spent before it. */
  readonly failed: readonly { readonly index: number; readonly item: Item; readonly error: unknown }[];
  /** What it cost, in US dollars. */
  readonly costUsd: number;
  /** Asks about the items without a value again, with the budget anew. */
  retry(): Promise<ClaudeMap<Item, Value>>;
}

export const mapDefaults = { concurrency: 4, retries: 1 } as const;

/** @throws RangeError, PathError before anything is asked; the reason when the cell is interrupted. */
export async function mapItems<Item, Value>(
  items: readonly Item[],
  prompt: string | ((item: Item, index: number) => string),
  options: ClaudeMapOptions = {},
): Promise<ClaudeMap<Item, Value>> {
  if (runsClaudesCode()) throw new Error("Code that Claude runs cannot ask Claude.");
  if (!Array.isArray(items))
    throw new TypeError(
      "claude.map takes an array of items. Of anything else that can be iterated: [...items].",
    );
  const { concurrency = mapDefaults.concurrency, retries = mapDefaults.retries, budgetUsd = 0 } = options;
  if (!(typeof budgetUsd === "number" && budgetUsd >= 0))
    throw new RangeError(`claude.map: budgetUsd is an amount of US dollars, not ${String(budgetUsd)}.`);
  if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 32))
    throw new RangeError(`claude.map: concurrency is a number from 1 to 32, not ${String(concurrency)}.`);
  if (!(Number.isInteger(retries) && retries >= 0))
    throw new RangeError(`claude.map: retries is a number from 0 on, not ${String(retries)}.`);
  const entries = items.map((item, index): MapItem => {
    const text = typeof prompt === "function" ? prompt(item, index) : promptFor(prompt, item, index);
    if (typeof text !== "string" || text.trim() === "")
      throw new TypeError(`claude.map: the prompt for item ${index} is no text, or empty.`);
    return { item, prompt: text, state: "open", value: undefined, error: undefined, costUsd: 0 };
  });
  return run(entries, { ...options, concurrency, retries }) as Promise<ClaudeMap<Item, Value>>;
}

async function run(
  entries: readonly MapItem[],
  options: ClaudeMapOptions,
): Promise<ClaudeMap<unknown, unknown>> {
  const { schema, concurrency = 1, budgetUsd = Number.POSITIVE_INFINITY, retries = 0, ...given } = options;
  const spentBefore = total(entries);
  const stop = notebookHost()?.currentCell()?.signal;
  const signals = [stop, given.abortSignal].filter((each) => each !== undefined);
  const abortSignal = AbortSignal.any(signals);
  const asked = normaliseOptions({
    // Nobody answers questions of many turns at once.
    ...(given.canUseTool || given.permissionMode ? {} : { permissionPrompts: "none" as const }),
    ...given,
    abortSignal,
    ...(schema && { outputSchema: schema }),
  });

  const view = openMapView(entries);

  const attempt = async (entry: MapItem): Promise<void> => {
    abortSignal.throwIfAborted();
    try {
      const leftUsd = budgetUsd - (total(entries) - spentBefore);
      const left = { budgetUsd, leftUsd: Math.min(leftUsd, costLedger.leftUsd) };
      const turn = withinBudget(entry.prompt, asked, left);
      if (!turn.isFree && leftUsd <= 0) throw new BudgetSpentError("The map's budget was spent before.");
      if (!turn.isFree) costLedger.requireBudget();
      entry.state = "now";
      view.changed();
      const { value } = await askAbout(entry, turn.options, schema !== undefined);
      Object.assign(entry, { state: "done", value, error: undefined });
    } catch (error) {
      if (isAborted(error)) throw error;
      if (error instanceof BudgetSpentError) return skip(entry, error);
      Object.assign(entry, { state: "failed", error });
    }
    view.changed();
  };
  const skip = (entry: MapItem, error: BudgetSpentError): void => {
    Object.assign(entry, { state: "skipped", error: entry.error ?? error });
    view.changed();
  };

  const limiter = createLimiter({ maxRunning: concurrency });
  view.changed();
  try {
    let left = entries.filter(({ state }) => state !== "done");
    for (let round = 0; round <= retries && left.length > 0; round++) {
      await Promise.all(
        left.map(async (entry) => {
          const leave = await limiter.enter(abortSignal);
          await attempt(entry).finally(leave);
        }),
      );
      left = left.filter(({ state }) => state === "failed");
    }
  } finally {
    view.end();
  }
  return outcomeOf(entries, options);
}

function outcomeOf(entries: readonly MapItem[], options: ClaudeMapOptions): ClaudeMap<unknown, unknown> {
  const outcome = {
    values: entries.map(({ state, value }) => (state === "done" ? value : undefined)),
    failed: entries.flatMap(({ state, item, error }, index) =>
      state === "done" ? [] : [{ index, item, error }],
    ),
    costUsd: total(entries),
    retry: () => run(entries, options),
  };
  // As the last value of a cell it is shown already.
  return Object.defineProperty(outcome, Symbol.for("Jupyter.display"), { value: () => ({}) });
}

function promptFor(prompt: string, item: unknown, index: number): string {
  const values: Readonly<Record<string, unknown>> = { item, index };
  const read = (name: string): { value: unknown } => {
    if (Object.hasOwn(values, name)) return { value: values[name] };
    throw new PathError(
      `claude.map: {${name}} is neither {item} nor {index}. Write {{${name}}} for the text itself, or give a function of the item.`,
    );
  };
  return interpolate(
    prompt,
    read,
    hiddenValues((value) => notebookHost()?.notebook?.isOwn(value) ?? false),
  );
}

function total(entries: readonly MapItem[]): number {
  return entries.reduce((sum, { costUsd }) => sum + costUsd, 0);
}
