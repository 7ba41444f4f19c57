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
import { isOurKernel } from "./is-our-kernel.js";
import type { LiveStatus, LiveView } from "./live-view.js";

/** How often a view that follows a response asks whether it missed something, in milliseconds. */
const HEARTBEAT_MS = 3_000;

/** Kernel states after which nothing of before is known. */
const ENDS: readonly string[] = ["restarting", "autorestarting", "dead", "terminating"];

/** A message about one response, or about a question. */
type ViewMessage = Exclude<KernelMessage, { op: "hello" | "status" }>;

/** Their names; what has another one is of a version that is not ours, and ignored. */
const VIEW_OPS: readonly ViewMessage["op"][] = ["delta", "state", "end", "gone", "ask", "decided"];

/**
 * What connects the views of one notebook to its kernel. A page has one comm for each kernel: notebooks that share a kernel
 * share it, because only one of a page's connections to a kernel gets comm messages.
 */
export class LiveLink {
  status: LiveStatus = { running: 0, costUsd: 0 };
  onStatus: () => void = () => {};
  readonly #all: () => Iterable<LiveLink>;
  readonly #views = new Set<LiveView>();
  readonly #heard = new WeakMap<LiveView, number>();
  #kernel: Kernel.IKernelConnection | undefined;
  #comm: Kernel.IComm | undefined;
  readonly #timer: number;

  /** @param all the links of the page, this one too */
  constructor(context: ISessionContext, all: () => Iterable<LiveLink>) {
    this.#all = all;
    context.kernelChanged.connect((_sender, { oldValue, newValue }) => {
      if (oldValue && oldValue.id !== newValue?.id) {
        const passOn = this.#heirs();
        this.#drop("The kernel was changed before the answer was finished.");
        passOn();
      }
      void this.#open(newValue);
    });
    context.statusChanged.connect((_sender, status) => {
      if (ENDS.includes(status)) this.#drop("The kernel was restarted before the answer was finished.");
      else if (status === "idle" || status === "busy") void this.#open(context.session?.kernel);
    });
    // While a kernel restarts, the old one is still heard: these say that the new one is there. The page that asked for the
    // restart connects anew, the others are welcomed only.
    context.connectionStatusChanged.connect((_sender, status) => {
      if (status === "connected") this.#reopen();
    });
    context.iopubMessage.connect((_sender, { header }) => {
      if ((header.msg_type as string) === "iopub_welcome") this.#reopen();
    });
    void context.ready.then(() => this.#open(context.session?.kernel));
    this.#timer = window.setInterval(() => this.#beat(), HEARTBEAT_MS);
    context.disposed.connect(() => {
      window.clearInterval(this.#timer);
      const passOn = this.#heirs();
      // Disposed, never closed: other tabs go on with it.
      this.#comm?.dispose();
      this.#comm = this.#kernel = undefined;
      passOn();
    });
  }

  /** Whether there is a kernel to talk to. */
  get isOpen(): boolean {
    return this.#channel() !== undefined;
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
    const comm = this.#channel();
    // The reply is idle; what the kernel has to say comes over the comm.
    comm?.send(message as unknown as Record<string, string | number>);
    return comm !== undefined;
  }

  /** Puts everything that came by deltas into the notebook, before it is saved. */
  keepAll(): void {
    for (const view of this.#views) view.keep();
  }

  /** The links to the same kernel, this one first. */
  #sharing(): LiveLink[] {
    const others = [...this.#all()].filter(
      (link) => link !== this && link.#kernel && link.#kernel.id === this.#kernel?.id,
    );
    return [this, ...others];
  }

  #channel(): Kernel.IComm | undefined {
    return this.#sharing()
      .map((link) => link.#comm)
      .find((comm) => comm && !comm.isDisposed);
  }

  async #open(kernel: Kernel.IKernelConnection | null | undefined): Promise<void> {
    // Again only for a kernel that was not asked yet: one that has refused goes on refusing.
    if (!kernel || kernel === this.#kernel) return;
    this.#kernel = kernel;
    if ((await isOurKernel(kernel)) && this.#kernel === kernel) this.#connect(kernel);
  }

  #connect(kernel: Kernel.IKernelConnection): void {
    if (kernel.isDisposed || this.#comm) return;
    if (kernel.handleComms) {
      let comm: Kernel.IComm;
      try {
        comm = kernel.createComm(LIVE_TARGET, LIVE_COMM_ID);
      } catch {
        // Something else in this page has it.
        return;
      }
      comm.onMsg = ({ content }) => this.#take(content.data as unknown as KernelEnvelope);
      comm.onClose = () => {
        if (this.#comm === comm) this.#comm = undefined;
      };
      this.#comm = comm;
      comm.open({ version: LIVE_VERSION });
    }
    this.#syncAll();
  }

  #syncAll(): void {
    for (const link of this.#sharing()) for (const view of link.#views) link.#sync(view);
  }

  /** Opens the comm again under its id: to a kernel that knows it this says nothing new. */
  #reopen(): void {
    if (!this.#comm || this.#comm.isDisposed) return;
    this.#comm.open({ version: LIVE_VERSION });
    this.#syncAll();
  }

  /** Has another notebook of the same kernel take over what this one had, once this one's connection is gone. */
  #heirs(): () => void {
    if (!this.#comm) return () => {};
    const heirs = this.#sharing().slice(1);
    return () =>
      void window.setTimeout(() => {
        const heir = heirs.find((link) => link.#kernel?.isDisposed === false);
        if (!heir || heir.#channel()) return;
        heir.#takeOver();
      });
  }

  #takeOver(): void {
    if (!this.#kernel) return;
    this.#kernel.handleComms = true;
    this.#connect(this.#kernel);
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
    for (const message of messages as readonly KernelMessage[]) {
      if (message?.op === "hello") this.#greet(message);
      else if (message?.op === "status") this.#setStatus({ ...message, problem: this.status.problem });
      else if (VIEW_OPS.includes(message?.op)) for (const link of this.#sharing()) link.#deliver(message);
    }
  }

  #deliver(message: ViewMessage): void {
    const id =
      message.op === "ask" ? message.ask.response : message.op === "decided" ? undefined : message.id;
    for (const view of [...this.#views]) {
      if (id !== undefined && view.response !== id) continue;
      this.#heard.set(view, performance.now());
      try {
        view.take(message);
      } catch (error) {
        // One answer that cannot be drawn must not keep the others from being told.
        console.error(error);
      }
    }
  }

  /** What is refused may be another tab: every tab hears it, and each looks at the version itself. */
  #greet({ version }: Extract<KernelMessage, { op: "hello" }>): void {
    if (version === LIVE_VERSION) {
      this.#setStatus({ ...this.status, problem: undefined });
      return;
    }
    const problem = `The kernel speaks version ${version} of the live protocol, this extension version ${LIVE_VERSION}: answers are shown without live updates. Run \`claude-notebook install\` again, restart the kernel and reload the page.`;
    console.warn(problem);
    this.#comm?.dispose();
    this.#comm = undefined;
    this.#setStatus({ ...this.status, problem });
  }

  #setStatus({ running, costUsd, problem }: LiveStatus): void {
    this.status = { running, costUsd, problem };
    this.onStatus();
  }

  #sync(view: LiveView): void {
    if (view.isFollowing && this.send({ op: "sync", id: view.response, have: view.seq }))
      this.#heard.set(view, performance.now());
  }

  /** A last delta that was lost is missed by nobody else; and the kernel may be another than the one that was asked before. */
  #beat(): void {
    const quietSince = performance.now() - HEARTBEAT_MS;
    const quiet = [...this.#views].filter(
      (view) => view.isFollowing && (this.#heard.get(view) ?? 0) <= quietSince,
    );
    if (quiet.length > 0) this.#channel()?.open({ version: LIVE_VERSION });
    for (const view of quiet) this.#sync(view);
  }
}
