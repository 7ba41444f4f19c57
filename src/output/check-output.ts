import { z } from "zod";
import type { RawMessage } from "../messages/parse-message.js";
import type { ClaudeOptions } from "../options/types.js";
import { outputJsonSchema } from "./output-schema.js";

/** How often Claude is told what is wrong with its answer before the turn fails. */
export const MAX_OUTPUT_RETRIES = 2;

/** What a result says about the answer's form. */
export type OutputCheck =
  | { readonly verdict: "valid"; readonly output: unknown }
  | { readonly verdict: "invalid"; readonly problem: string; readonly output: unknown };

/** Checks a result against `outputSchema`; undefined when there is none, or the turn failed for another reason. */
export function checkOutput({ outputSchema }: ClaudeOptions, result: RawMessage): OutputCheck | undefined {
  if (!outputSchema || result.type !== "result" || result.is_error === true) return undefined;
  const given = result.structured_output;
  const { isWrapped } = outputJsonSchema(outputSchema);
  const answer = isWrapped ? (given as { value?: unknown } | undefined)?.value : given;
  if (given === undefined)
    return { verdict: "invalid", problem: "there is no answer of that form", output: undefined };
  const checked = outputSchema.safeParse(answer);
  if (checked.success) return { verdict: "valid", output: checked.data };
  return { verdict: "invalid", problem: z.prettifyError(checked.error), output: answer };
}

/** The prompt that tells Claude what is wrong. */
export function correctionPrompt(problem: string): string {
  return `The structured output does not fit: ${problem}\n\nCall StructuredOutput again with a corrected answer.`;
}
