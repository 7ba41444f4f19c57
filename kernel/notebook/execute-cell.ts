import { setTimeout as sleep } from "node:timers/promises";
import type { KernelLoss } from "./kernel-loss.js";
import type { KernelSession } from "./kernel-session.js";
import type { CodeCell } from "./notebook.js";
import type { ExecuteReply } from "./open-requests.js";
import type { RunOutcome } from "./run-report.js";

/** How one cell ended. */
export interface CellResult {
  readonly outcome: RunOutcome;
  /** One line; empty when it ended well. */
  readonly message: string;
  readonly traceback: readonly string[];
}

export interface ExecuteCellOptions {
  /** The longest that the cell may run, in ms. */
  readonly timeoutMs: number | undefined;
  /** Interrupts the cell. */
  readonly signal: AbortSignal | undefined;
  /** Told the id of the request before any of its messages can arrive. */
  readonly onSent: (id: string) => void;
}

/** How long a kernel may take to end a cell that is interrupted, in ms; what it shows meanwhile is kept. */
const INTERRUPT_MS = 10_000;

/** How long after an interrupt of its own a server may take to end the kernel, in ms. */
const SHUTDOWN_MS = 3_000;

/** Runs one cell to its end: its own, that of its time, of the user's patience or of the kernel. */
export async function executeCell(
  session: KernelSession,
  cell: CodeCell,
  options: ExecuteCellOptions,
): Promise<CellResult> {
  const { id, done } = session.execute(cell.source);
  options.onSent(id);
  const alarm = waitForAlarm(options);
  try {
    const replied = done.then(async (reply) => {
      const loss = isInterrupted(reply) ? await lossSoon(session) : undefined;
      return loss === undefined ? fromReply(reply) : fromLoss(loss);
    });
    const first = await Promise.race([replied, session.lost.then(fromLoss), alarm.rung]);
    if (typeof first !== "string") return first;
    const { message } = await interrupt(session, done);
    return first === "timeout"
      ? {
          outcome: "timeout",
          message: `It ran longer than ${options.timeoutMs! / 1000} s.${message}`,
          traceback: [],
        }
      : { outcome: "interrupted", message: `It was interrupted.${message}`, traceback: [] };
  } finally {
    alarm.cancel();
  }
}

/** Stops the cell; the message is empty when the kernel obeyed. */
async function interrupt(session: KernelSession, done: Promise<ExecuteReply>): Promise<{ message: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      resolve,
      INTERRUPT_MS,
      ` The kernel did not obey the interrupt within ${INTERRUPT_MS / 1000} s.`,
    );
  });
  const refused = session.interrupt().then(
    () => new Promise<never>(() => {}),
    (error: unknown) => ` The interrupt failed: ${error instanceof Error ? error.message : error}.`,
  );
  const lost = session.lost.then(({ message }) => ` ${message}`);
  const message = await Promise.race([done.then(() => ""), lost, refused, late]);
  clearTimeout(timer);
  return { message };
}

/** The kernel was told to end the cell, and not by us. */
function isInterrupted({ status, ename }: ExecuteReply): boolean {
  return status === "error" && ename === "KeyboardInterrupt";
}

/** A server that shuts down interrupts its kernels before it ends them: that is no failure of the cell. */
async function lossSoon({ lost, nextBreak }: KernelSession): Promise<KernelLoss | undefined> {
  const message = "The server interrupted the cell and went away.";
  // From now on: a connection that broke earlier, and is back, has nothing to do with this interrupt.
  const gone = nextBreak().then((): KernelLoss => ({ of: "server", message, output: "" }));
  return Promise.race([lost, gone, sleep(SHUTDOWN_MS, undefined, { ref: false })]);
}

function fromReply(reply: ExecuteReply): CellResult {
  if (reply.status === "ok") return { outcome: "ok", message: "", traceback: [] };
  const { ename = "Error", evalue = "", traceback = [] } = reply;
  const message = reply.status === "aborted" ? "The kernel did not run it." : `${ename}: ${evalue}`;
  return { outcome: "error", message, traceback };
}

function fromLoss({ of, message, output }: KernelLoss): CellResult {
  const outcome = of === "kernel" ? "kernel-died" : "server-lost";
  return { outcome, message, traceback: output === "" ? [] : output.split("\n") };
}

interface Alarm {
  readonly rung: Promise<"timeout" | "interrupted">;
  cancel(): void;
}

function waitForAlarm({ timeoutMs, signal }: ExecuteCellOptions): Alarm {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => {};
  const rung = new Promise<"timeout" | "interrupted">((resolve) => {
    if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs, "timeout");
    onAbort = () => resolve("interrupted");
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort);
  });
  return {
    rung,
    cancel: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
