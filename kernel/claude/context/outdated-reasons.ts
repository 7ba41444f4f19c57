import type { ToolSite } from "../tools/tool-site.js";
import { variableLine, variablesIn } from "./variable-lines.js";

/** Reasons that are told. */
const MAX_REASONS = 5;

/** How a turn began when it was recorded. */
export interface RecordedSetting {
  readonly context?: unknown;
  readonly after?: unknown;
}

/**
 * Why a recording may no longer fit its notebook: what was asked before it is another, or the variables that were sent with it
 * are. Empty when nothing speaks against it.
 *
 * @param after names what was asked before it now.
 * @param site left out where the notebook cannot be looked into.
 */
export async function outdatedReasons(
  recorded: RecordedSetting,
  after: string | undefined,
  site: ToolSite | undefined,
  samples: boolean,
): Promise<string[]> {
  const reasons =
    recorded.after === after ? [] : ["What was asked before it in this conversation is another now."];
  if (typeof recorded.context !== "string" || !site) return reasons;
  const declared = new Set(site.notebook.names);
  for (const [name, before] of variablesIn(recorded.context)) {
    if (reasons.length >= MAX_REASONS) break;
    const now = declared.has(name) ? await variableLine(name, site, samples) : undefined;
    if (now === undefined) reasons.push(`No cell has declared ${name} now.`);
    else if (now !== before) reasons.push(`It was ${before.slice(2)}; it is ${now.slice(2)}.`);
  }
  return reasons;
}
