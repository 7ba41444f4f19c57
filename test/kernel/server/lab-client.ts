import { type Kernel, KernelManager, ServerConnection } from "@jupyterlab/services";
import { WebSocket } from "ws";
import { quietServices } from "../../../kernel/notebook/quiet-services.js";

/** An iopub message, as far as tests look. */
export interface Seen {
  readonly type: string;
  readonly content: Record<string, unknown>;
  readonly parent: string | undefined;
}

/** JupyterLab's own client, unmodified. */
export function createLabClient(
  server: { baseUrl: string; token: string },
  WebSocketClass: unknown = WebSocket,
) {
  const unquiet = quietServices();
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: server.baseUrl,
    token: server.token,
    WebSocket: WebSocketClass as never,
  });
  const manager = new KernelManager({ serverSettings });
  return {
    manager,
    serverSettings,
    dispose: () => {
      manager.dispose();
      unquiet();
    },
  };
}

/** Everything that arrives on iopub from now on. */
export function watchIopub(kernel: Kernel.IKernelConnection): Seen[] {
  const seen: Seen[] = [];
  kernel.anyMessage.connect((_sender, { msg, direction }) => {
    if (direction !== "recv" || msg.channel !== "iopub") return;
    seen.push({
      type: msg.header.msg_type,
      content: msg.content as Record<string, unknown>,
      parent: (msg.parent_header as { msg_id?: string }).msg_id,
    });
  });
  return seen;
}

/** Runs a cell of the fake kernel. */
export async function executeFake(kernel: Kernel.IKernelConnection, cell: object) {
  const future = kernel.requestExecute({ code: JSON.stringify(cell) });
  return { id: future.msg.header.msg_id, reply: (await future.done).content };
}

/** Resolves when the kernel has this status. */
export function untilStatus(kernel: Kernel.IKernelConnection, wanted: Kernel.Status): Promise<void> {
  if (kernel.status === wanted) return Promise.resolve();
  return new Promise((resolve) => {
    kernel.statusChanged.connect((_sender, status) => {
      if (status === wanted) resolve();
    });
  });
}
