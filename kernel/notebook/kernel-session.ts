import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { HostError } from "../host-error.js";
import type { OutputMessage } from "./output-collector.js";
import { quietServices } from "./quiet-services.js";

/** A Jupyter server, and the kernel on it that is to be used. */
export interface KernelAddress {
  readonly baseUrl: string;
  readonly token: string;
  readonly kernel: { readonly id: string; readonly name: string };
}

/** An iopub message as the client library gives it. */
export interface IopubMessage extends OutputMessage {
  readonly header: { readonly msg_type: string; readonly date: string };
}

/** How a cell's execution was answered. */
export interface ExecuteReply {
  readonly status: "ok" | "error" | "aborted";
  readonly execution_count?: number | null;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

/** Why a kernel can no longer be used. */
export interface KernelLoss {
  /** A sentence. */
  readonly message: string;
  /** What its process wrote last, when the server tells. */
  readonly output: string;
}

/** A connection to a running kernel, over any Jupyter server. */
export interface KernelSession {
  /** `language_info` of the kernel. */
  readonly languageInfo: Readonly<Record<string, unknown>>;
  /**
   * Sends a cell. `done` resolves to its reply once all its output has arrived; it stays open when the kernel is lost,
   * which `lost` tells.
   */
  execute(code: string): { readonly id: string; readonly done: Promise<ExecuteReply> };
  /** @throws when the server refuses, or the kernel does not answer. */
  interrupt(): Promise<void>;
  /** Resolves if the kernel dies or cannot be reached any more. */
  readonly lost: Promise<KernelLoss>;
  /** Ends the connection, not the kernel. */
  dispose(): void;
}

/** How long a kernel that the server calls ready may take to say what it is, in ms. */
const INFO_MS = 60_000;

/**
 * Connects to a kernel with `@jupyterlab/services`, as JupyterLab does.
 * @param onIopub gets each iopub message in the order of arrival; it must not throw.
 * @throws HostError `server-unreachable`.
 */
export async function openKernelSession(
  address: KernelAddress,
  onIopub: (message: IopubMessage) => void,
): Promise<KernelSession> {
  // Here, not at the top: it takes a tenth of a second, and reading or exporting a notebook needs none of it.
  const [{ KernelAPI, KernelConnection, ServerConnection }, { WebSocket }] = await Promise.all([
    import("@jupyterlab/services"),
    import("ws"),
  ]);
  class UnlimitedWebSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      // The default of ws ends the connection at a message of 100 MB; a cell may show more.
      super(url, protocols, { maxPayload: 0, perMessageDeflate: false });
    }
  }
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: address.baseUrl,
    token: address.token,
    WebSocket: UnlimitedWebSocket as never,
  });
  // Asked first: the library goes on trying to connect to what is not there for a minute.
  const model = await KernelAPI.getKernelModel(address.kernel.id, serverSettings).catch((cause: unknown) => {
    throw unreachable(address, `${cause instanceof Error ? cause.message : cause}.`, cause);
  });
  if (model === undefined) throw unreachable(address, `It has no kernel ${address.kernel.id}.`);
  const unquiet = quietServices();
  // Without a manager: the timer with which that asks for all kernels outlives it, and keeps the program for ten seconds.
  const connection = new KernelConnection({ model: address.kernel, handleComms: false, serverSettings });
  connection.anyMessage.connect((_sender, { msg, direction }) => {
    if (direction === "recv" && msg.channel === "iopub") onIopub(msg as IopubMessage);
  });
  const lost = watchForLoss(connection, () => KernelAPI.getKernelModel(address.kernel.id, serverSettings));
  const dispose = (): void => {
    connection.dispose();
    unquiet();
  };

  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, INFO_MS, undefined);
  });
  const info = await Promise.race([connection.info, lost, tooLate]).finally(() => clearTimeout(timer));
  if (info === undefined || !("language_info" in info)) {
    dispose();
    const reason = info?.message ?? `The kernel did not answer within ${INFO_MS / 1000} s.`;
    throw unreachable(address, reason);
  }
  return {
    languageInfo: { ...info.language_info },
    execute: (code) => send(connection, code),
    interrupt: () => connection.interrupt(),
    lost,
    dispose,
  };
}

function unreachable({ baseUrl }: KernelAddress, reason: string, cause?: unknown): HostError {
  return new HostError("server-unreachable", `No connection to the kernel at ${baseUrl}: ${reason}`, {
    cause,
  });
}

function send(connection: Kernel.IKernelConnection, code: string): ReturnType<KernelSession["execute"]> {
  // The library throws for a kernel that it knows to be dead; `lost` says why it is.
  if (connection.isDisposed || connection.status === "dead") return { id: "", done: new Promise(() => {}) };
  const future = connection.requestExecute({
    code,
    allow_stdin: false,
    stop_on_error: true,
    store_history: true,
  });
  const done = future.done.then(
    (reply: KernelMessage.IExecuteReplyMsg) => reply.content as ExecuteReply,
    // The library cancels requests of a lost kernel; `lost` says more.
    () => new Promise<never>(() => {}),
  );
  return { id: future.msg.header.msg_id, done };
}

function watchForLoss(
  connection: Kernel.IKernelConnection,
  askServer: () => Promise<Kernel.IModel | undefined>,
): Promise<KernelLoss> {
  return new Promise((resolve) => {
    let isDead = false;
    connection.statusChanged.connect((_sender, status) => {
      isDead ||= status === "dead";
      if (status === "dead") void describeDeath(askServer).then(resolve);
      else if (status === "autorestarting")
        resolve({ message: "The kernel died; its server started another.", output: "" });
    });
    connection.connectionStatusChanged.connect((_sender, status) => {
      if (status === "disconnected" && !isDead)
        resolve({ message: "The connection to the server was lost.", output: "" });
    });
  });
}

async function describeDeath(askServer: () => Promise<Kernel.IModel | undefined>): Promise<KernelLoss> {
  const model = await askServer().catch(() => undefined);
  const { reason, traceback } = (model ?? {}) as { reason?: string; traceback?: string };
  return { message: `The kernel died${reason ? ` (${reason})` : ""}.`, output: traceback ?? "" };
}
