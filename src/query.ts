import { inspect } from "node:util";
import { InvalidOptionsError } from "./errors.js";
import { normaliseOptions } from "./options/normalise-options.js";
import type { QueryOptions } from "./options/types.js";
import { createQueryRun, type Query } from "./query-run.js";
import { planTurn } from "./turn-plan.js";

export interface QueryRequest {
  readonly prompt: string;
  readonly options?: QueryOptions | undefined;
}

/**
 * Asks Claude. Nothing is started before the first message is asked for; leaving the loop ends the turn and its
 * processes. A result with `is_error` is a message like any other: see {@link collectResult} for one that throws.
 *
 * @throws InvalidOptionsError at once; while reading CLINotFoundError, CLIConnectionError, ProcessError,
 * CLIJSONDecodeError, TimeoutError, AbortError, RecordingNotFoundError or RecordingError.
 *
 * @example
 *     for await (const message of query({ prompt: "Explain decorators" })) console.log(message.type);
 */
export function query(prompt: string, options?: QueryOptions): Query;
export function query(request: QueryRequest): Query;
export function query(first: string | QueryRequest, second?: QueryOptions): Query {
  const { prompt, options } =
    typeof first === "string" ? { prompt: first, options: second } : checkRequest(first);
  const plan = planTurn(checkPrompt(prompt), normaliseOptions(options));
  return createQueryRun(plan);
}

function checkRequest(request: QueryRequest): QueryRequest {
  if (typeof request !== "object" || request === null) {
    throw new InvalidOptionsError(
      "prompt",
      request,
      `query() takes a prompt or { prompt, options }, not ${inspect(request)}.`,
    );
  }
  const stray = Object.keys(request).find((name) => name !== "prompt" && name !== "options");
  if (stray !== undefined) {
    const message = `query() takes { prompt, options }; \`${stray}\` belongs into options: query({ prompt, options: { ${stray} } }).`;
    throw new InvalidOptionsError(stray, (request as unknown as Record<string, unknown>)[stray], message);
  }
  return request;
}

function checkPrompt(prompt: unknown): string {
  if (typeof prompt === "string" && prompt.trim() !== "") return prompt;
  const problem = typeof prompt === "string" ? "is empty" : `must be a string, not ${inspect(prompt)}`;
  throw new InvalidOptionsError("prompt", prompt, `The prompt ${problem}.`);
}
