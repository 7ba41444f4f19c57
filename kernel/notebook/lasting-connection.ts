import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Kernel, KernelMessage, ServerConnection } from "@jupyterlab/services";
import type { KernelLoss } from "./kernel-loss.js";

export interface LastingConnectionOptions {
  readonly model: Kernel.IModel;
  readonly serverSettings: ServerConnection.ISettings;
  /** How long a connection that broke may take to come back, in ms. */
  readonly reconnectMs: number;
  /** Gets each message in the order of arrival; the kernel is given up when it throws. */
  readonly onMessage: (message: KernelMessage.IMessage) => void;
  /** A connection that broke is back. */
  readonly onBack: () => void;
}

/** A connection to a kernel, or one after the other: it may break and come back. */
export interface LastingConnection {
  /** The kernel's own words on what it is. */
  readonly info: Promise<KernelMessage.IInfoReply>;
  /** The session that requests are sent in. */
  readonly clientId: string;
  /** Sends a request now, or when the connection is back. */
  send(request: KernelMessage.IShellMessage): void;
  /** @throws when the server refuses, or the kernel does not answer. */
  interrupt(): Promise<void>;
  /** Resolves when the connection breaks the next time, be it that it comes back. */
  nextBreak(): Promise<void>;
  /** Resolves when the kernel is lost for good. */
  readonly lost: Promise<KernelLoss>;
  dispose(): void;
}

/** How often a server whose connection broke is asked for the kernel, in ms. */
const ASK_MS = 1_000;

/**
 * Connects to a kernel with `@jupyterlab/services`. A connection that breaks is followed by another in the same session, for
 * which Jupyter servers keep what the kernel sends meanwhile. The library's own way back is not taken: it tries again after
 * 10 to 30 s, for ever if nobody answers, and its timers outlive it.
 */
export async function openLastingConnection(options: LastingConnectionOptions): Promise<LastingConnection> {
  const { model, serverSettings, reconnectMs } = options;
  const { KernelAPI, KernelConnection } = await import("@jupyterlab/services");
  const clientId = randomUUID();
  const ending = new AbortController();
  let resolveLost = (_loss: KernelLoss): void => {};
  const lost = new Promise<KernelLoss>((resolve) => {
    resolveLost = resolve;
  });
  const breakWaiters: (() => void)[] = [];
  let isOver = false;
  let unsent: KernelMessage.IShellMessage[] = [];

  const lose = (of: KernelLoss["of"], message: string, output = ""): void => {
    isOver = true;
    resolveLost({ of, message, output });
  };
  const askServer = () => KernelAPI.getKernelModel(model.id, serverSettings);

  const onDeath = async (): Promise<void> => {
    isOver = true;
    const { reason, traceback } = ((await askServer().catch(() => undefined)) ?? {}) as Record<
      string,
      string
    >;
    lose("kernel", `The kernel died${reason ? ` (${reason})` : ""}.`, traceback);
  };

  const send = (request: KernelMessage.IShellMessage): void => {
    // The library throws for a kernel that it knows to be dead; `lost` says why it is.
    if (isOver) return;
    if (connection.isDisposed) unsent.push(request);
    else connection.sendShellMessage(request, true).done.catch(() => {});
  };

  const connect = (): Kernel.IKernelConnection => {
    // Without a manager: the timer with which that asks for all kernels outlives it, and keeps the program for ten seconds.
    const opened = new KernelConnection({ model, handleComms: false, serverSettings, clientId });
    let wasConnected = false;
    opened.anyMessage.connect((_sender, { msg, direction }) => {
      if (direction !== "recv") return;
      try {
        options.onMessage(msg);
      } catch (error) {
        // Here in an event of the socket, an error would go to the console and the cell would wait for ever.
        lose(
          "server",
          `A message of the kernel could not be taken: ${error instanceof Error ? error.message : error}.`,
        );
      }
      // Kernels tell all clients when one of them, or the server, has ended them.
      if (msg.channel === "iopub" && (msg.header.msg_type as string) === "shutdown_reply")
        lose("server", "The server ended the kernel.");
    });
    opened.statusChanged.connect((_sender, status) => {
      if (isOver) return;
      if (status === "dead") void onDeath();
      else if (status === "autorestarting") lose("kernel", "The kernel died; its server started another.");
    });
    opened.connectionStatusChanged.connect((_sender, status) => {
      if (isOver || opened.isDisposed) return;
      if (status === "connected") {
        wasConnected = true;
        if (opened !== first) options.onBack();
      } else if (status === "disconnected") {
        lose("server", "The server ended the connection.");
      } else if (wasConnected) {
        for (const resolve of breakWaiters.splice(0)) resolve();
        // Once the library has set its timers, which this clears.
        queueMicrotask(() => opened.dispose());
        void followUp();
      }
    });
    return opened;
  };

  /** The connection broke: either there will be another, or it turns out why there is none. */
  const followUp = async (): Promise<void> => {
    const brokeAt = Date.now();
    const isBack = (): boolean => !connection.isDisposed && connection.connectionStatus === "connected";
    let reason = "the server takes no connection for it";
    while (!ending.signal.aborted && !isOver && Date.now() - brokeAt < reconnectMs) {
      const found = await askServer().catch((error: unknown) => {
        reason = error instanceof Error ? error.message : String(error);
        return "unknown" as const;
      });
      if (ending.signal.aborted || isOver || isBack()) return;
      if (found === undefined)
        return lose(
          "server",
          "The connection to the server was lost; the server is back, but has forgotten the kernel.",
        );
      if (found !== "unknown" && found.execution_state === "dead") return onDeath();
      if (found !== "unknown" && connection.isDisposed) {
        connection = connect();
        for (const request of unsent.splice(0)) send(request);
      }
      await sleep(ASK_MS, undefined, { signal: ending.signal }).catch(() => {});
      if (isBack()) return;
    }
    if (!ending.signal.aborted && !isOver)
      lose(
        "server",
        `The connection to the server was lost and is not back after ${reconnectMs / 1000} s: ${reason}.`,
      );
  };

  let first: Kernel.IKernelConnection | undefined;
  let connection = connect();
  first = connection;
  return {
    info: connection.info,
    clientId,
    send,
    interrupt: () => KernelAPI.interruptKernel(model.id, serverSettings),
    nextBreak: () => new Promise((resolve) => breakWaiters.push(resolve)),
    lost,
    dispose: () => {
      isOver = true;
      unsent = [];
      ending.abort();
      connection.dispose();
    },
  };
}
