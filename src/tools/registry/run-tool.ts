import { inspect } from "node:util";
import { z } from "zod";
import { onAbort } from "../../process/on-abort.js";
import type { ExecuteOptions, ToolDefinition } from "./tool-definition.js";
import { ToolError } from "./tool-error.js";

/** How long a call may take, in ms, when the tool does not say. */
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Calls a tool with a checked input, and checks what it returns. A tool that does not heed its signal is left alone when its
 * time is up: this settles, whatever it does.
 *
 * @throws ToolError `invalid_input`, `invalid_output`, `timeout`, `aborted`; `failed`, with what the tool threw as cause.
 */
export async function runTool(
  definition: ToolDefinition,
  input: unknown,
  options: ExecuteOptions,
): Promise<unknown> {
  const { name } = definition;
  const checked = z.strictObject(definition.input).safeParse(input ?? {});
  if (!checked.success)
    throw invalid("invalid_input", name, "was given an input that does not fit", checked.error);
  const output = await callInTime(definition, checked.data, options);
  if (!definition.output) return output;
  const parsed = definition.output.safeParse(output);
  if (!parsed.success) throw invalid("invalid_output", name, "returned what does not fit", parsed.error);
  return parsed.data;
}

function callInTime(definition: ToolDefinition, input: unknown, options: ExecuteOptions): Promise<unknown> {
  const { name, handler } = definition;
  const timeoutMs = options.timeoutMs ?? definition.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const stop = new AbortController();
  return new Promise((resolve, reject) => {
    const end = (error: ToolError): void => {
      reject(error);
      stop.abort(error);
    };
    const timer = setTimeout(() => {
      end(new ToolError("timeout", name, `The tool ${name} took longer than ${timeoutMs} ms.`));
    }, timeoutMs);
    const ignore = options.signal
      ? onAbort(options.signal, (cause) =>
          end(new ToolError("aborted", name, `The call of ${name} was aborted.`, { cause })),
        )
      : () => {};
    const call = async (): Promise<unknown> => {
      stop.signal.throwIfAborted();
      return handler.call(definition, input as never, { signal: stop.signal });
    };
    call()
      .then(resolve, (cause) => reject(ToolError.isInstance(cause) ? cause : failed(name, cause)))
      .finally(() => {
        clearTimeout(timer);
        ignore();
      });
    if (options.signal?.aborted) clearTimeout(timer);
  });
}

function failed(name: string, cause: unknown): ToolError {
  const why = cause instanceof Error ? cause.message : inspect(cause);
  return new ToolError("failed", name, `The tool ${name} failed: ${why}`, { cause });
}

function invalid(
  reason: "invalid_input" | "invalid_output",
  name: string,
  what: string,
  error: z.ZodError,
): ToolError {
  const issue = error.issues[0]!;
  const where = issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
  return new ToolError(reason, name, `The tool ${name} ${what}${where}: ${issue.message}.`, { cause: error });
}
