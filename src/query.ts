import { inspect } from "node:util";
import { InvalidOptionsError } from "./errors.js";
import { normaliseOptions } from "./options/normalise-options.js";
import type { QueryOptions } from "./options/types.js";
import { isPromptStream, type Prompt } from "./prompt.js";
import { createQueryRun, type Query } from "./query-run.js";
import { readPrompt } from "./read-prompt.js";

/** A query as one object: the form of the official SDKs. */
export interface QueryRequest {
  readonly prompt: Prompt;
  readonly options?: QueryOptions | undefined;
}

/**
 * Asks Claude. Nothing is started before the first message is asked for; leaving the loop ends the turn and its
 * processes. A result with `is_error` is a message like any other: see {@link collectResult} for one that throws.
 *
 * @param prompt text; blocks of text, images and documents; or an async iterable of prompts, sent as they come.
 * @throws InvalidOptionsError at once; while reading CLINotFoundError, CLIConnectionError, ProcessError,
 * CLIJSONDecodeError, TimeoutError, AbortError, StructuredOutputError, RecordingNotFoundError or RecordingError.
 *
 * @example
 *     for await (const message of query({ prompt: "Explain decorators" })) console.log(message.type);
 */
export function query(prompt: Prompt, options?: QueryOptions): Query;
export function query(request: QueryRequest): Query;
export function query(first: Prompt | QueryRequest, second?: QueryOptions): Query {
  const { prompt, options } = isPrompt(first) ? { prompt: first, options: second } : checkRequest(first);
  const checked = normaliseOptions(options);
  return createQueryRun(readPrompt(prompt, checked.inputFormat), checked);
}

function isPrompt(value: unknown): value is Prompt {
  return typeof value === "string" || Array.isArray(value) || isPromptStream(value);
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
