/**
 * Parts a `systemPrompt` that is a list: what stands before it is the same in every session and is cached across them,
 * what stands after it is not. The model does not see it. Only where the CLI talks to Anthropic itself: behind another
 * `ANTHROPIC_BASE_URL` CLI 2.1.197 does not part anything and leaves it in the prompt.
 *
 * @example
 *     query("hi", { systemPrompt: ["You audit contracts.", SYSTEM_PROMPT_DYNAMIC_BOUNDARY, `Today is ${today}.`] });
 */
export const SYSTEM_PROMPT_DYNAMIC_BOUNDARY = "__SYSTEM_PROMPT_DYNAMIC_BOUNDARY__";
