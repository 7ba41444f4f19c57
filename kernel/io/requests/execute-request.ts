import { createExecuteQueue, type ExecuteQueue } from "../execute-queue.js";
import { errorReply, type IoKernel, type RequestHandler } from "../io-kernel.js";
import { isPythonSnippet } from "../python-snippets.js";
import type { Json } from "../wire.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute */
export const executeRequest: RequestHandler = (io, request) => {
  const refusal = refusalOf(request.content);
  if (refusal === undefined) return io.queue.add(request);
  io.begin(request);
  io.finish(request, { execution_count: io.executions.count, ...refusal });
};

/** The reply to what is not run at all; nothing of it is shown, counted or kept, and no cell is aborted for it. */
function refusalOf(content: Json): Json | undefined {
  if (typeof content.code !== "string") {
    return errorReply(new TypeError("execute_request: `code` is not a string"));
  }
  if (!isPythonSnippet(content)) return undefined;
  const evalue = "This kernel runs TypeScript; the front end sent Python of its own.";
  return { status: "error", ename: "PythonRefused", evalue, traceback: [] };
}

/** The queue that runs cells on the main thread and answers for them. */
export function createCellQueue(io: Omit<IoKernel, "queue">): ExecuteQueue {
  const { executions } = io;
  return createExecuteQueue({
    start(request) {
      const content = request.content as Json & { code: string };
      const { code } = content;
      const silent = content.silent === true;
      const stored = !silent && content.store_history !== false && code.trim() !== "";
      if (stored) executions.count++;
      // First: the cell is compiled while its beginning is told.
      io.forward(request, {
        type: "execute",
        id: request.header.msg_id,
        code,
        executionCount: executions.count,
        silent,
        allowStdin: content.allow_stdin !== false,
        userExpressions: expressionsOf(content.user_expressions),
      });
      io.begin(request);
      if (!silent) {
        const input = { code, execution_count: executions.count };
        io.channels.publish({ type: "execute_input", parent: request.header, content: input });
      }
      // Last: the first cell need not wait for the file of earlier sessions.
      if (stored) io.history.add(executions.count, code);
    },
    finish(request, reply) {
      io.finish(request, { execution_count: executions.count, ...reply });
    },
    abort(request) {
      io.begin(request);
      io.finish(request, { status: "aborted", execution_count: executions.count });
    },
  });
}

function expressionsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, code]) => [name, String(code)]));
}
