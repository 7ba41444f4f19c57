import type { KernelMessage } from "@jupyterlab/services";

/** How a cell's execution was answered. */
export interface ExecuteReply {
  readonly status: "ok" | "error" | "aborted";
  readonly execution_count?: number | null;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

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
      if (channel === "shell" && header.msg_type === "execute_reply") entry.reply = content as ExecuteReply;
      else if (channel === "iopub" && header.msg_type === "status")
        entry.isIdle ||= (content as { execution_state?: string }).execution_state === "idle";
      if (entry.reply === undefined || !entry.isIdle) return;
      entries.delete(id);
      entry.resolve(entry.reply);
    },
    open: () => [...entries.keys()],
  };
}
