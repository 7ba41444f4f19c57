import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { HostError } from "../host-error.js";
import { createServerSettings } from "../remote/server-settings.js";
import type { OutputMessage } from "./output-collector.js";
import { quietServices } from "./quiet-services.js";
import { type KernelLoss, watchForLoss } from "./watch-for-loss.js";

/** A Jupyter server, and the kernel on it that is to be used. */
export interface KernelAddress {
  readonly baseUrl: string;
  readonly token: string;
  readonly kernel: { readonly id: string; readonly name: string };
  /** How long a connection that broke may take to come back, in ms. @defaultValue one minute */
  readonly reconnectMs?: number | undefined;
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

/** How long a kernel that the server calls ready may take to say what it is, in ms: the first of many on a loaded machine. */
const INFO_MS = 120_000;

/** How long a connection that broke may take to come back, in ms: the library tries again after 10 to 30 s. */
const RECONNECT_MS = 60_000;

/**
 * Connects to a kernel with `@jupyterlab/services`, as JupyterLab does.
 * @param onIopub gets each iopub message in the order of arrival; it must not throw.
 * @throws HostError `server-unreachable`.
 */
export async function openKernelSession(
  address: KernelAddress,
  onIopub: (message: IopubMessage) => void,
): Promise<KernelSession> {
  const serverSettings = await createServerSettings(address);
  const { KernelAPI, KernelConnection } = await import("@jupyterlab/services");
  const askServer = () => KernelAPI.getKernelModel(address.kernel.id, serverSettings);
  const unquiet = quietServices();
  // Asked first: the library goes on trying to connect to what is not there for a minute.
  const model = await askServer().catch((cause: unknown) => {
    unquiet();
    throw unreachable(address, `${cause instanceof Error ? cause.message : cause}.`, cause);
  });
  if (model === undefined) {
    unquiet();
    throw unreachable(address, `It has no kernel ${address.kernel.id}.`);
  }
  // Without a manager: the timer with which that asks for all kernels outlives it, and keeps the program for ten seconds.
  const connection = new KernelConnection({ model: address.kernel, handleComms: false, serverSettings });
  connection.anyMessage.connect((_sender, { msg, direction }) => {
    if (direction === "recv" && msg.channel === "iopub") onIopub(msg as IopubMessage);
  });
  const watch = watchForLoss(connection, askServer, address.reconnectMs ?? RECONNECT_MS);
  const dispose = (): void => {
    watch.end();
    connection.dispose();
    unquiet();
  };

  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, INFO_MS, undefined);
  });
  const info = await Promise.race([connection.info, watch.lost, tooLate]).finally(() => clearTimeout(timer));
  if (info === undefined || !("language_info" in info)) {
    dispose();
    const reason = info?.message ?? `The kernel did not answer within ${INFO_MS / 1000} s.`;
    throw unreachable(address, reason);
  }
  return {
    languageInfo: { ...info.language_info },
    execute: (code) => {
      const { id, done } = send(connection, code);
      watch.expectReply(id, done);
      return { id, done };
    },
    interrupt: () => connection.interrupt(),
    lost: watch.lost,
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
