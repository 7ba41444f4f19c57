import type { ISessionContext } from "@jupyterlab/apputils";
import type { LiveLink } from "../../../renderers/jupyterlab/src/live-link.js";
import type { LiveView } from "../../../renderers/jupyterlab/src/live-view.js";
import type { FrontEndMessage, KernelMessage } from "../../../renderers/live/live-protocol.js";

/** A signal as Lumino has them. */
interface FakeSignal<Args> {
  connect(slot: (sender: unknown, args: Args) => void): void;
  emit(args: Args): void;
}

function createSignal<Args>(): FakeSignal<Args> {
  const slots: ((sender: unknown, args: Args) => void)[] = [];
  return {
    connect: (slot) => void slots.push(slot),
    emit: (args) => {
      for (const slot of slots) slot(undefined, args);
    },
  };
}

/** A page's connection to a kernel, and what goes over its comm. */
export interface FakeKernel {
  readonly id: string;
  readonly info: Promise<{ implementation: string }>;
  handleComms: boolean;
  isDisposed: boolean;
  /** Comms that were opened, each with what was sent over it. */
  readonly comms: {
    isDisposed: boolean;
    readonly version: unknown;
    readonly opened: number;
    readonly sent: FrontEndMessage[];
  }[];
  /** What the kernel sends to the page. */
  say(...messages: unknown[]): void;
}

export function createFakeKernel(
  id: string,
  { handleComms = true, implementation = "claude-notebook" } = {},
): FakeKernel {
  const comms: (FakeKernel["comms"][number] & { onMsg(message: unknown): void })[] = [];
  return {
    id,
    info: Promise.resolve({ implementation }),
    handleComms,
    isDisposed: false,
    comms,
    say(...messages) {
      const comm = comms.at(-1);
      if (comm && !comm.isDisposed) comm.onMsg({ content: { data: { messages } } });
    },
    ...{
      createComm() {
        const comm = {
          isDisposed: false,
          version: undefined as unknown,
          sent: [] as FrontEndMessage[],
          onMsg: (_message: unknown) => {},
          opened: 0,
          open(data: { version: unknown }) {
            comm.version = data.version;
            comm.opened++;
          },
          send: (message: FrontEndMessage) => void comm.sent.push(message),
          dispose() {
            comm.isDisposed = true;
          },
        };
        comms.push(comm);
        return comm;
      },
    },
  };
}

/** A notebook's session with a kernel. */
export interface FakeSession {
  readonly context: ISessionContext;
  status(status: string): void;
  connection(status: string): void;
  iopub(type: string): void;
  dispose(): void;
}

export function createFakeSession(kernel: FakeKernel): FakeSession {
  const kernelChanged = createSignal<unknown>();
  const statusChanged = createSignal<string>();
  const connectionStatusChanged = createSignal<string>();
  const iopubMessage = createSignal<{ header: { msg_type: string } }>();
  const disposed = createSignal<undefined>();
  const context = {
    ...{ session: { kernel }, ready: Promise.resolve() },
    ...{ kernelChanged, statusChanged, connectionStatusChanged, iopubMessage, disposed },
  };
  return {
    context: context as unknown as ISessionContext,
    status: (status) => statusChanged.emit(status),
    iopub: (type) => iopubMessage.emit({ header: { msg_type: type } }),
    connection: (status) => connectionStatusChanged.emit(status),
    dispose() {
      disposed.emit(undefined);
      kernel.isDisposed = true;
    },
  };
}

/** A view that follows a response, and what it was told. */
export function followResponse(
  link: LiveLink,
  response: string,
): LiveView & { readonly taken: KernelMessage[]; readonly lostBecause: string[] } {
  const view = {
    response,
    seq: -1,
    isFollowing: true,
    taken: [] as KernelMessage[],
    lostBecause: [] as string[],
    take: (message: KernelMessage) => void view.taken.push(message),
    lost: (why: string) => void view.lostBecause.push(why),
    keep: () => {},
  };
  link.attach(view);
  return view;
}
