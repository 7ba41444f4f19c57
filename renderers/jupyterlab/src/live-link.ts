import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel } from "@jupyterlab/services";
import {
  type FrontEndMessage,
  type KernelEnvelope,
  type KernelMessage,
  LIVE_COMM_ID,
  LIVE_TARGET,
  LIVE_VERSION,
} from "../../live/live-protocol.js";

/** How often a view that follows a response asks whether it missed something, in milliseconds. */
const HEARTBEAT_MS = 3_000;

/** A view of a response that follows what the kernel says. */
export interface LiveView {
  /** The response, and the number of the last delta. */
  readonly response: string;
  readonly seq: number;
  /** Whether something may still come. */
  readonly isFollowing: boolean;
  take(message: KernelMessage): void;
  /** The kernel that knew the response is gone. */
  lost(why: string): void;
  /** Puts what is shown into the notebook. */
  keep(): void;
}

/** How the turns of a kernel stand, for the status bar. */
export interface LiveStatus {
  readonly running: number;
  readonly costUsd: number;
  /** Why nothing is live, when kernel and extension do not match. */
  readonly problem?: string | undefined;
}

/** Kernel states after which nothing of before is known. */
const ENDS: readonly string[] = ["restarting", "autorestarting", "dead", "terminating"];

/** The comm of one notebook's kernel, shared by all views of it in this page. */
export class LiveLink {
  status: LiveStatus = { running: 0, costUsd: 0 };
  onStatus: () => void = () => {};
  readonly #views = new Set<LiveView>();
  readonly #heard = new WeakMap<LiveView, number>();
  #kernel: Kernel.IKernelConnection | undefined;
  #comm: Kernel.IComm | undefined;
  readonly #timer: number;

  constructor(context: ISessionContext) {
    context.kernelChanged.connect((_sender, { oldValue, newValue }) => {
      if (oldValue && oldValue.id !== newValue?.id)
        this.#drop("The kernel was changed before the answer was finished.");
      this.#open(newValue);
    });
    context.statusChanged.connect((_sender, status) => {
      if (ENDS.includes(status)) this.#drop("The kernel was restarted before the answer was finished.");
      else if (status === "idle" || status === "busy") this.#open(context.session?.kernel);
    });
    void context.ready.then(() => this.#open(context.session?.kernel));
    this.#timer = window.setInterval(() => this.#beat(), HEARTBEAT_MS);
    context.disposed.connect(() => {
      window.clearInterval(this.#timer);
      // Disposed, never closed: other tabs go on with it.
      this.#comm?.dispose();
    });
  }

  /** Whether there is a kernel to talk to. */
  get isOpen(): boolean {
    return this.#comm !== undefined && !this.#comm.isDisposed;
  }

  attach(view: LiveView): void {
    this.#views.add(view);
    this.#sync(view);
  }

  detach(view: LiveView): void {
    this.#views.delete(view);
  }

  /** Returns false when there is no kernel to take it. */
  send(message: FrontEndMessage): boolean {
    if (!this.#comm || this.#comm.isDisposed) return false;
    // The reply is idle; what the kernel has to say comes over the comm.
    this.#comm.send(message as unknown as Record<string, string | number>);
    return true;
  }

  /** Puts everything that came by deltas into the notebook, before it is saved. */
  keepAll(): void {
    for (const view of this.#views) view.keep();
  }

  #open(kernel: Kernel.IKernelConnection | null | undefined): void {
    // Again only for a kernel that was not asked yet: one that has refused goes on refusing.
    if (!kernel || kernel === this.#kernel) return;
    // Only a page's first connection to a kernel gets its comm messages.
    if (!kernel.handleComms) return;
    this.#comm?.dispose();
    let comm: Kernel.IComm;
    try {
      comm = kernel.createComm(LIVE_TARGET, LIVE_COMM_ID);
    } catch {
      // Another view of this page has it.
      return;
    }
    comm.onMsg = ({ content }) => this.#take(content.data as unknown as KernelEnvelope);
    comm.onClose = () => {
      // A kernel that is none of ours closes what it does not know.
      if (this.#comm === comm) this.#comm = undefined;
      this.#kernel = kernel;
    };
    this.#kernel = kernel;
    this.#comm = comm;
    comm.open({ version: LIVE_VERSION });
    for (const view of this.#views) this.#sync(view);
  }

  #drop(why: string): void {
    if (!this.#kernel) return;
    this.#comm?.dispose();
    this.#comm = undefined;
    this.#kernel = undefined;
    for (const view of [...this.#views]) if (view.isFollowing) view.lost(why);
    this.#setStatus({ running: 0, costUsd: this.status.costUsd });
  }

  #take({ messages }: KernelEnvelope): void {
    if (!Array.isArray(messages)) return;
    for (const message of messages) {
      if (message.op === "hello") this.#greet(message);
      else if (message.op === "status") this.#setStatus(message);
      else this.#deliver(message);
    }
  }

  #deliver(message: Exclude<KernelMessage, { op: "hello" | "status" }>): void {
    const id =
      message.op === "ask" ? message.ask.response : message.op === "decided" ? undefined : message.id;
    for (const view of [...this.#views]) {
      if (id !== undefined && view.response !== id) continue;
      this.#heard.set(view, performance.now());
      view.take(message);
    }
  }

  #greet({ version, isAccepted }: Extract<KernelMessage, { op: "hello" }>): void {
    if (isAccepted && version === LIVE_VERSION) return;
    const problem = `The kernel speaks version ${version} of the live protocol, this extension version ${LIVE_VERSION}: answers are shown without live updates. Run \`claude-notebook install\` again, restart the kernel and reload the page.`;
    console.warn(problem);
    this.#comm?.dispose();
    this.#comm = undefined;
    this.#setStatus({ ...this.status, problem });
  }

  #setStatus({ running, costUsd, ...rest }: LiveStatus): void {
    this.status = { running, costUsd, problem: "problem" in rest ? rest.problem : this.status.problem };
    this.onStatus();
  }

  #sync(view: LiveView): void {
    if (view.isFollowing && this.send({ op: "sync", id: view.response, have: view.seq }))
      this.#heard.set(view, performance.now());
  }

  /** A last delta that was lost is missed by nobody else. */
  #beat(): void {
    const quietSince = performance.now() - HEARTBEAT_MS;
    for (const view of this.#views) if ((this.#heard.get(view) ?? 0) <= quietSince) this.#sync(view);
  }
}
