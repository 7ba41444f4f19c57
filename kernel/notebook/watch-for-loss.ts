import { setTimeout as sleep } from "node:timers/promises";
import type { Kernel } from "@jupyterlab/services";

/** Why a kernel can no longer be used. */
export interface KernelLoss {
  /** `kernel` when it died by itself, which it might do again; `server` when the server or the way to it is gone. */
  readonly of: "kernel" | "server";
  /** A sentence. */
  readonly message: string;
  /** What its process wrote last, when the server tells. */
  readonly output: string;
}

/** Tells when a kernel is lost. */
export interface LossWatch {
  readonly lost: Promise<KernelLoss>;
  /** Counts on a reply: one that got lost while the connection was broken is a loss too. */
  expectReply(id: string, done: Promise<unknown>): void;
  end(): void;
}

/** How long a reply may be overtaken by that of a later request, in ms: servers hand over what they kept at once. */
const OVERTAKE_MS = 2_000;

/** How often a server whose connection broke is asked for the kernel, in ms. */
const ASK_MS = 1_000;

/**
 * Watches a connection that `@jupyterlab/services` restores by itself when it breaks: for a kernel that dies, a server that
 * does not come back or has forgotten the kernel, and a reply that went into the broken connection.
 * @param askServer the kernel's model; undefined when the server does not know it.
 * @param reconnectMs how long the connection may be broken.
 */
export function watchForLoss(
  connection: Kernel.IKernelConnection,
  askServer: () => Promise<Kernel.IModel | undefined>,
  reconnectMs: number,
): LossWatch {
  let resolveLost = (_loss: KernelLoss): void => {};
  const lost = new Promise<KernelLoss>((resolve) => {
    resolveLost = resolve;
  });
  const lose = (of: KernelLoss["of"], message: string, output = ""): void =>
    resolveLost({ of, message, output });
  const ending = new AbortController();
  const awaited = new Set<string>();
  let hasBeenConnected = false;
  let isDead = false;

  const die = async (): Promise<void> => {
    isDead = true;
    const model = await askServer().catch(() => undefined);
    const { reason, traceback } = (model ?? {}) as { reason?: string; traceback?: string };
    lose("kernel", `The kernel died${reason ? ` (${reason})` : ""}.`, traceback);
  };

  /** The connection broke: either it comes back, or it turns out why it does not. */
  const followUp = async (): Promise<void> => {
    const brokeAt = Date.now();
    let reason = "the server cannot be reached";
    const isOpen = (): boolean => !ending.signal.aborted && connection.connectionStatus !== "connected";
    while (isOpen() && Date.now() - brokeAt < reconnectMs) {
      const model = await askServer().catch((error: unknown) => {
        reason = error instanceof Error ? error.message : String(error);
        return "unknown" as const;
      });
      if (!isOpen()) return;
      if (model === undefined)
        return lose("server", "The server was lost: it is back, but without the kernel.");
      if (model !== "unknown" && model.execution_state === "dead") return void die();
      await sleep(ASK_MS, undefined, { signal: ending.signal }).catch(() => {});
    }
    if (isOpen())
      lose(
        "server",
        `The connection to the server was lost, and is not back after ${reconnectMs / 1000} s: ${reason}.`,
      );
  };

  /**
   * Kernels answer in order. So a request after those that were under way tells, once it is answered, whether their replies
   * are still to come.
   */
  const lookForReplies = async (): Promise<void> => {
    const before = [...awaited];
    if (before.length === 0) return;
    await connection.requestExecute({ code: "", silent: true, store_history: false, stop_on_error: false })
      .done;
    await sleep(OVERTAKE_MS, undefined, { signal: ending.signal });
    if (before.some((id) => awaited.has(id)))
      lose("server", "The connection broke while the cell ran, and what the kernel sent meanwhile is lost.");
  };

  connection.statusChanged.connect((_sender, status) => {
    if (status === "dead" && !isDead) void die();
    else if (status === "autorestarting") lose("kernel", "The kernel died; its server started another.");
  });
  connection.connectionStatusChanged.connect((_sender, status) => {
    if (isDead) return;
    if (status === "disconnected") lose("server", "The server ended the connection.");
    else if (status === "connecting" && hasBeenConnected) void followUp();
    else if (status === "connected") {
      // Replies that the server kept come first: they are on their way already.
      if (hasBeenConnected) lookForReplies().catch(() => {});
      hasBeenConnected = true;
    }
  });

  return {
    lost,
    expectReply: (id, done) => {
      awaited.add(id);
      void done.then(() => awaited.delete(id));
    },
    end: () => ending.abort(),
  };
}
