import { createHash } from "node:crypto";
import type { OptionName } from "../options/normalise-options.js";
import { type OptionRow, optionTable } from "../options/option-table.js";
import type { ClaudeOptions } from "../options/types.js";
import type { PromptContent } from "../prompt.js";
import { canonicalJson } from "./canonical-json.js";

/** Part of every key; changes when equal queries should no longer find their old recordings. */
const KEY_VERSION = 1;

/**
 * Names a recording: the SHA-256, in hex, of the prompt, of the options that reach Claude, of the turn's number in its
 * session and of the turns before it. Places, credentials and limits of time are left out, so that a recording is found on any machine.
 *
 * @param turn 1 for the first turn of a session.
 * @param previous the key of the turn before, which holds all that was said: the same prompt after something else is
 * another question. Left out where it is not known.
 * @param context the kind of context that a host sends with the prompt; what it says is not part of the key.
 */
export function recordingKey(
  prompt: PromptContent,
  options: ClaudeOptions,
  turn: number,
  previous?: string,
  context?: string,
): string {
  const reachesClaude = Object.fromEntries(
    (Object.keys(optionTable) as OptionName[]).flatMap((name) => {
      const row = optionTable[name] as OptionRow<never>;
      const value = options[name];
      return value === undefined || !row.key ? [] : [[name, row.key(value as never)]];
    }),
  );
  const text = canonicalJson({
    version: KEY_VERSION,
    prompt,
    options: reachesClaude,
    turn,
    previous,
    context,
  });
  return createHash("sha256").update(text).digest("hex");
}
