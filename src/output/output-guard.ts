import type { RawMessage } from "../messages/parse-message.js";
import type { ClaudeOptions } from "../options/types.js";
import { checkOutput, correctionPrompt, MAX_OUTPUT_RETRIES } from "./check-output.js";

/** What is to become of a result. */
export type OutputVerdict =
  | { readonly action: "pass"; readonly raw: RawMessage }
  | { readonly action: "retry"; readonly prompt: string; readonly problem: string; readonly attempt: number }
  | { readonly action: "fail"; readonly problem: string; readonly output: unknown };

/**
 * Judges the results of a session one after the other. What sends the corrections and what reads the messages each have a
 * guard of their own; fed the same results, they come to the same verdicts, in a replay too.
 */
export function createOutputGuard(options: ClaudeOptions): (result: RawMessage) => OutputVerdict {
  let attempt = 0;
  return (raw) => {
    const check = checkOutput(options, raw);
    if (check?.verdict === "invalid") {
      const { problem, output } = check;
      if (attempt < MAX_OUTPUT_RETRIES)
        return { action: "retry", prompt: correctionPrompt(problem), problem, attempt: ++attempt };
      attempt = 0;
      return { action: "fail", problem, output };
    }
    attempt = 0;
    return { action: "pass", raw: check ? { ...raw, structured_output: check.output } : raw };
  };
}
