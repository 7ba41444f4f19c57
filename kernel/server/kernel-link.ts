import { Dealer, type Socket, Subscriber } from "zeromq";
import { type Connection, endpoint } from "../io/connection-file.js";
import { createOutbox, type Outbox } from "../io/outbox.js";
import { log } from "../log.js";
import {
  type Channel,
  createMessage,
  type MessageHeader,
  packFrames,
  readPart,
  unpackFrames,
  type WireMessage,
} from "./wire-message.js";

/** Told of each message that a channel brings; the next one waits for the promise. */
export type MessageListener = (channel: Channel, message: WireMessage) => Promise<void> | void;

/** The sockets of one client of the kernel. */
export interface ClientChannels {
  send(channel: Channel, message: WireMessage): void;
  close(): void;
}

/** Our connection to one kernel process. */
export interface KernelLink {
  /** Asks on the control channel; resolves to the reply's content, or to undefined after `timeoutMs`. */
  request(type: string, content: object, timeoutMs: number): Promise<Record<string, unknown> | undefined>;
  /** Opens shell, control and stdin for a client; replies come back to it alone. */
  openChannels(session: string, listener: MessageListener): ClientChannels;
  /** Resolves when iopub has brought nothing for a while: what an ended process sent has arrived. */
  quiet(): Promise<void>;
  close(): void;
}

/** How often a socket looks for a kernel that does not listen yet, in ms; ZeroMQ's 100 would delay each start. */
const RECONNECT_MS = 10;

/** How long iopub must bring nothing to count as quiet, and how long to wait for that at most, in ms. */
const QUIET_MS = 50;
const MAX_QUIET_MS = 5_000;

const clientChannels = { shell: "shell_port", control: "control_port", stdin: "stdin_port" } as const;

/** Connects to a kernel, which need not listen yet. `onIopub` gets every message of the iopub channel. */
export function createKernelLink(
  connection: Connection,
  session: string,
  onIopub: (message: WireMessage) => Promise<void> | void,
): KernelLink {
  const replies = new Map<string, (content?: Record<string, unknown>) => void>();
  let lastIopubAt = Date.now();
  let handling = 0;

  const iopub = new Subscriber({ linger: 0, reconnectInterval: RECONNECT_MS });
  iopub.connect(endpoint(connection, connection.iopub_port));
  iopub.subscribe();
  const iopubEnded = readFrom(iopub, connection.key, async (message) => {
    lastIopubAt = Date.now();
    handling++;
    try {
      await onIopub(message);
    } finally {
      handling--;
    }
  });

  const control = openDealer(connection, "control", `server-${session}`);
  readFrom(control.socket, connection.key, (message) => {
    const id = readPart<MessageHeader>(message.parentHeader)?.msg_id ?? "";
    replies.get(id)?.(readPart<Record<string, unknown>>(message.content) ?? {});
  });

  return {
    request: (type, content, timeoutMs) => {
      const message = createMessage(type, content, { session });
      return new Promise((resolve) => {
        const settle = (reply?: Record<string, unknown>): void => {
          clearTimeout(timer);
          replies.delete(message.id);
          resolve(reply);
        };
        const timer = setTimeout(settle, timeoutMs);
        replies.set(message.id, settle);
        control.outbox.push(packFrames(message, connection.key));
      });
    },
    openChannels: (clientSession, listener) => {
      const names = Object.keys(clientChannels) as (keyof typeof clientChannels)[];
      // One routing id for all: the kernel answers a request on shell with an input_request on stdin.
      const channels = new Map<Channel, Dealing>(
        names.map((name) => [name, openDealer(connection, name, clientSession)]),
      );
      for (const [name, { socket }] of channels) {
        readFrom(socket, connection.key, (message) => listener(name, message));
      }
      return {
        send: (channel, message) => channels.get(channel)?.outbox.push(packFrames(message, connection.key)),
        close: () => {
          for (const { socket } of channels.values()) socket.close();
        },
      };
    },
    quiet: async () => {
      const deadline = Date.now() + MAX_QUIET_MS;
      lastIopubAt = Math.max(lastIopubAt, Date.now() - QUIET_MS / 2);
      while (Date.now() < deadline && (handling > 0 || Date.now() - lastIopubAt < QUIET_MS)) {
        await Promise.race([iopubEnded, new Promise((resolve) => setTimeout(resolve, QUIET_MS / 5))]);
      }
    },
    close: () => {
      for (const settle of replies.values()) settle();
      iopub.close();
      control.socket.close();
    },
  };
}

interface Dealing {
  readonly socket: Dealer;
  readonly outbox: Outbox;
}

function openDealer(
  connection: Connection,
  channel: keyof typeof clientChannels,
  routingId: string,
): Dealing {
  const socket = new Dealer({ routingId, linger: 0, reconnectInterval: RECONNECT_MS });
  socket.connect(endpoint(connection, connection[clientChannels[channel]]));
  return { socket, outbox: createOutbox(socket, { isClosing: () => socket.closed }) };
}

/** Reads until the socket is closed; drops, with a log line, what is not signed by the kernel. */
async function readFrom(
  socket: Socket & AsyncIterable<Buffer[]>,
  key: string,
  handle: (message: WireMessage) => Promise<void> | void,
): Promise<void> {
  try {
    for await (const frames of socket) {
      const message = unpackFrames(frames, key);
      if (message === undefined)
        log("A message of the kernel was dropped: it is malformed or wrongly signed.");
      else await handle(message);
    }
  } catch (error) {
    if (!socket.closed) log(`A channel of the kernel broke: ${error instanceof Error ? error.stack : error}`);
  }
}
