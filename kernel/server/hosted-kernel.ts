import { randomUUID } from "node:crypto";
import { KERNEL_NAME } from "../kernel-name.js";
import { type ClientChannels, createKernelLink } from "./kernel-link.js";
import { type KernelExit, type KernelLaunch, startKernelProcess } from "./kernel-process.js";
import { type LiveKernel, waitUntilReady } from "./wait-until-ready.js";
import {
  type Channel,
  createMessage,
  type MessageHeader,
  readPart,
  type WireMessage,
} from "./wire-message.js";

/** A kernel as the REST API shows it. */
export interface KernelModel {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly last_activity: string;
  readonly execution_state: string;
  readonly connections: number;
  /** Why it is dead, and what its process wrote last. */
  readonly reason?: string;
  readonly traceback?: string;
}

/** A client's end of a connection. */
export interface KernelClient {
  /** The client's session, which is also its address at the kernel. */
  readonly session: string;
  receive(channel: Channel, message: WireMessage): Promise<void> | void;
  /** The kernel is gone for good. */
  close(reason: string): void;
}

/** What a client may do with the kernel that it is connected to. */
export interface Attachment {
  send(channel: Channel, message: WireMessage): void;
  detach(): void;
}

/** A kernel with an id that outlives restarts of its process. */
export interface HostedKernel {
  model(): KernelModel;
  attach(client: KernelClient): Attachment;
  interrupt(): Promise<void>;
  restart(): Promise<void>;
  shutdown(): Promise<void>;
}

/** How long an interrupt and a shutdown may take to be answered, in ms. */
const INTERRUPT_MS = 5_000;
const SHUTDOWN_MS = 3_000;

/**
 * Starts a kernel and waits until it answers and its output arrives, so that no early message is lost.
 * @throws HostError `kernel-not-started` with what the process wrote.
 */
export async function startHostedKernel(launch: KernelLaunch): Promise<HostedKernel> {
  const id = randomUUID();
  const session = randomUUID();
  const clients = new Map<KernelClient, ClientChannels | undefined>();
  let live: LiveKernel | undefined;
  /** Processes that we end ourselves: their end is not a death. */
  const ending = new WeakSet<LiveKernel>();
  let exit: KernelExit | undefined;
  let state = "starting";
  let kernelSession: string = session;
  let lastActivity = new Date();
  let work: Promise<unknown> = Promise.resolve();
  /** What clients send while the kernel restarts, for the process that comes. */
  let held: (() => void)[] | undefined;

  const broadcast = async (message: WireMessage): Promise<void> => {
    await Promise.all([...clients.keys()].map((client) => client.receive("iopub", message)));
  };

  const onIopub = async (message: WireMessage): Promise<void> => {
    lastActivity = new Date();
    const header = readPart<MessageHeader>(message.header);
    kernelSession = header?.session ?? kernelSession;
    if (header?.msg_type === "iopub_welcome") return;
    if (header?.msg_type === "status") {
      state = readPart<{ execution_state: string }>(message.content)?.execution_state ?? state;
    }
    await broadcast(message);
  };

  const start = async (): Promise<void> => {
    exit = undefined;
    state = "starting";
    const process = await startKernelProcess(launch);
    let heard = false;
    const link = createKernelLink(process.connection, session, (message) => {
      heard = true;
      return onIopub(message);
    });
    const started = { process, link };
    try {
      await waitUntilReady(started, () => heard, launch.signal);
    } catch (error) {
      link.close();
      await process.kill();
      state = "dead";
      throw error;
    }
    await process.forgetKey();
    live = started;
    for (const client of clients.keys()) clients.set(client, openChannels(client));
    void process.exited.then((ended) => onExit(started, ended));
  };

  const tellOfDeath = async (): Promise<void> => {
    state = "dead";
    // In the kernel's session: clients drop what they have not yet handled when the session changes.
    await broadcast(createMessage("status", { execution_state: "dead" }, { session: kernelSession }));
  };

  /** The process ended by itself: clients hear it after all that it had sent. */
  const onExit = async (ended: LiveKernel, how: KernelExit): Promise<void> => {
    if (!ending.has(ended)) await ended.link.quiet();
    if (ending.has(ended)) return;
    exit = how;
    await tellOfDeath();
    disconnect();
  };

  const openChannels = (client: KernelClient): ClientChannels | undefined =>
    live?.link.openChannels(client.session, (channel, message) => client.receive(channel, message));

  const detach = (client: KernelClient): void => {
    clients.get(client)?.close();
    clients.delete(client);
  };

  const disconnect = (): void => {
    for (const [client, channels] of clients) {
      channels?.close();
      clients.set(client, undefined);
    }
    live?.link.close();
    live = undefined;
  };

  const stop = async (restart: boolean): Promise<void> => {
    if (live === undefined) return;
    const { process, link } = live;
    ending.add(live);
    const isPolite = (async () => {
      if ((await link.request("shutdown_request", { restart }, SHUTDOWN_MS)) === undefined) return false;
      return new Promise<false>((resolve) => setTimeout(resolve, SHUTDOWN_MS, false).unref());
    })();
    if ((await Promise.race([process.exited, isPolite])) === false) await process.kill();
    disconnect();
  };

  /** Restart and shutdown one after the other. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = work.then(task);
    work = result.catch(() => undefined);
    return result;
  };

  await start();
  state = "idle";

  return {
    model: () => ({
      id,
      name: KERNEL_NAME,
      last_activity: lastActivity.toISOString(),
      execution_state: state,
      connections: clients.size,
      ...(exit === undefined ? {} : { reason: exit.reason, traceback: exit.output }),
    }),
    attach: (client) => {
      for (const other of clients.keys()) {
        if (other.session !== client.session) continue;
        // A client that reconnects before we have noticed that its old connection is gone; replies go to one address.
        detach(other);
        other.close("It connected again.");
      }
      clients.set(client, openChannels(client));
      return {
        send(channel, message) {
          const send = (): void => clients.get(client)?.send(channel, message);
          if (held) held.push(send);
          else send();
        },
        detach: () => detach(client),
      };
    },
    interrupt: async () => {
      const reply = await live?.link.request("interrupt_request", {}, INTERRUPT_MS);
      if (reply === undefined) throw new Error(`The kernel ${id} did not answer to the interrupt.`);
    },
    restart: () =>
      inTurn(async () => {
        const waiting: (() => void)[] = [];
        held = waiting;
        try {
          await stop(true);
          await start();
          state = "idle";
        } catch (error) {
          await tellOfDeath();
          throw error;
        } finally {
          held = undefined;
          for (const send of waiting) send();
        }
      }),
    shutdown: () =>
      inTurn(async () => {
        await stop(false);
        state = "dead";
        for (const client of clients.keys()) client.close("The kernel was shut down.");
        clients.clear();
      }),
  };
}
