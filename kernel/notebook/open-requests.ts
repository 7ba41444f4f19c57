import type { KernelMessage } from "@jupyterlab/services";
import * as z from "zod";

const executeReply = z.object({
  status: z.enum(["ok", "error", "aborted"]),
  ename: z.string().optional(),
  evalue: z.string().optional(),
  traceback: z.array(z.string()).optional(),
});

/** How a cell's execution was answered. */
export type ExecuteReply = Readonly<z.output<typeof executeReply>>;

/** Requests for execution that are not wholly answered. */
export interface OpenRequests {
  /** Resolves once both have come: the reply, and word that there is no more output. */
  expect(id: string): Promise<ExecuteReply>;
  take(message: KernelMessage.IMessage): void;
  /** The ids, in the order in which they were sent. */
  open(): readonly string[];
}

export function createOpenRequests(): OpenRequests {
  const entries = new Map<
    string,
    { reply?: ExecuteReply; isIdle: boolean; resolve: (reply: ExecuteReply) => void }
  >();
  return {
    expect: (id) => new Promise((resolve) => entries.set(id, { isIdle: false, resolve })),
    take: ({ channel, header, parent_header: parent, content }) => {
      const id = "msg_id" in parent ? parent.msg_id : "";
      const entry = entries.get(id);
      if (entry === undefined) return;
      if (channel === "shell" && header.msg_type === "execute_reply") entry.reply = toReply(content);
      else if (channel === "iopub" && header.msg_type === "status")
        entry.isIdle ||= (content as { execution_state?: string }).execution_state === "idle";
      if (entry.reply === undefined || !entry.isIdle) return;
      entries.delete(id);
      entry.resolve(entry.reply);
    },
    open: () => [...entries.keys()],
  };
}

/** A reply that is none ends the cell all the same: nothing else will. */
function toReply(content: unknown): ExecuteReply {
  const parsed = executeReply.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const evalue = `The kernel's execute_reply is not of Jupyter's protocol (${[...(issue?.path ?? []), issue?.message].join(": ")}).`;
  return { status: "error", ename: "MalformedReply", evalue, traceback: [] };
}
