import { runsClaudesCode } from "../tools/run-cell.js";

/** What is sent of the notebook with each turn. */
export interface ContextSetting {
  readonly on: boolean;
  /** Also the beginning of each value. */
  readonly samples: boolean;
}

let setting: ContextSetting = { on: true, samples: false };

/** What is sent on its own, and what of it a call changes. */
export function contextSetting(
  change?: boolean | { readonly samples?: boolean | undefined },
): ContextSetting {
  if (change === undefined) return setting;
  if (runsClaudesCode()) throw new Error("Code that Claude runs cannot change what Claude is sent.");
  if (typeof change === "boolean") setting = { on: change, samples: false };
  else if (typeof change === "object" && change !== null)
    setting = { on: true, samples: change.samples === true };
  else throw new TypeError("claude.context() takes true, false or { samples: true }.");
  return setting;
}

/** The part of the setting that decides which recording belongs to a turn. */
export function contextKind({ on, samples }: ContextSetting): string | undefined {
  if (!on) return undefined;
  return samples ? "samples" : "names";
}
