import { randomUUID } from "node:crypto";
import { Reply, Router, XPublisher } from "zeromq";
import { log } from "../log.js";
import { type Connection, endpoint } from "./connection-file.js";
import { createOutbox } from "./outbox.js";
import type { Request } from "./request.js";
import { createWire, type Incoming, type Json, type JsonText } from "./wire.js";

/** A message for all clients. */
export interface Broadcast {
  readonly type: string;
  /** Header of the request it belongs to. */
  readonly parent: Json | undefined;
  readonly content: Json | JsonText;
  readonly metadata?: Json | JsonText | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
}

/** The kernel's five sockets. */
export interface Channels {
  /** Starts to hand over what has come and comes. */
  listen(handlers: ChannelHandlers): void;
  publish(message: Broadcast, onSent?: () => void): void;
  reply(request: Request, content: Json): void;
  /** Asks the client of a request for a line of input. @returns the `msg_id` of the question. */
  askInput(request: Incoming, content: Json): string;
  /** Resolves when everything has been handed to ZeroMQ. */
  drained(): Promise<void>;
  close(): void;
}

export interface ChannelHandlers {
  onRequest(request: Request): void;
  onInputReply(message: Incoming): void;
}

/** How long ZeroMQ may keep sending after a socket is closed, in ms. */
const LINGER_MS = 1000;
/**
 * Messages that ZeroMQ keeps for a client that does not take them; output beside them waits in our own queue, whose bytes are
 * counted. Text comes in messages of 1 MB at most (stream-batcher.ts), so this is 16 MB of it.
 */
const IOPUB_QUEUE = 16;
/** First byte of what an XPUB socket receives when a client subscribes. */
const SUBSCRIBE = 1;

/** Binds the sockets. @throws when a port is taken. */
export async function openChannels(connection: Connection): Promise<Channels> {
  const wire = createWire(connection);
  let closing = false;
  const isClosing = (): boolean => closing;
  const routerOptions = { linger: LINGER_MS, handover: true, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
  const shell = new Router(routerOptions);
  const control = new Router(routerOptions);
  const stdin = new Router(routerOptions);
  const heartbeat = new Reply({ linger: 0 });
  // noDrop: a full queue is an error to retry, not a lost message. allSubs: every client is welcomed, not only the first.
  const iopub = new XPublisher({
    linger: LINGER_MS,
    noDrop: true,
    verbosity: "allSubs",
    sendHighWaterMark: IOPUB_QUEUE,
  });
  /** ZeroMQ leaves out those whose queue is full, also in what follows, until they have taken half of it. */
  const sendToReady = async (frames: Uint8Array[]): Promise<void> => {
    iopub.noDrop = false;
    try {
      await iopub.send(frames);
    } finally {
      iopub.noDrop = true;
    }
  };
  const sockets = [shell, control, stdin, heartbeat, iopub];
  const outbox = {
    shell: createOutbox(shell, { isClosing }),
    control: createOutbox(control, { isClosing }),
    stdin: createOutbox(stdin, { isClosing }),
    iopub: createOutbox(iopub, { isClosing, sendToReady }),
  };

  const bind = (socket: { bind(address: string): Promise<void> }, port: number): Promise<void> =>
    socket.bind(endpoint(connection, port));
  await Promise.all([
    bind(iopub, connection.iopub_port),
    bind(control, connection.control_port),
    bind(stdin, connection.stdin_port),
    bind(heartbeat, connection.hb_port),
    bind(shell, connection.shell_port),
  ]);

  const receive = async (
    socket: AsyncIterable<Buffer[]>,
    name: string,
    handle: (frames: Buffer[]) => void | Promise<void>,
  ): Promise<void> => {
    try {
      for await (const frames of socket) {
        try {
          await handle(frames);
        } catch (error) {
          log(`Dropped a message on ${name}: ${error instanceof Error ? error.message : error}`);
        }
      }
    } catch (error) {
      if (!closing) throw error;
    }
  };
  /** @see https://github.com/jupyter/enhancement-proposals/blob/master/65-jupyter-xpub/jupyter-xpub.md */
  const welcome = (topic: Buffer): void => {
    const content = { subscription: topic.toString() };
    outbox.iopub.push(wire.encode({ identities: [topic], type: "iopub_welcome", content }));
  };

  return {
    listen({ onRequest, onInputReply }) {
      const request = (channel: Request["channel"]) => (frames: Buffer[]) =>
        onRequest({ ...wire.decode(frames), channel });
      void receive(shell, "shell", request("shell"));
      void receive(control, "control", request("control"));
      void receive(stdin, "stdin", (frames) => onInputReply(wire.decode(frames)));
      void receive(heartbeat, "heartbeat", (frames) => heartbeat.send(frames));
      void receive(iopub, "iopub", ([frame]) => {
        if (frame?.[0] === SUBSCRIBE) welcome(frame.subarray(1));
      });
    },
    publish(message, onSent) {
      outbox.iopub.push(wire.encode({ ...message, identities: [Buffer.from(message.type)] }), onSent);
    },
    reply({ channel, identities, header }, content) {
      const type = header.msg_type.replace(/_request$/, "_reply");
      outbox[channel].push(wire.encode({ identities, type, parent: header, content }));
    },
    askInput({ identities, header }, content) {
      const id = randomUUID();
      outbox.stdin.push(wire.encode({ id, identities, type: "input_request", parent: header, content }));
      return id;
    },
    async drained() {
      await Promise.all(Object.values(outbox).map((box) => box.drained()));
    },
    close() {
      closing = true;
      for (const socket of sockets) socket.close();
    },
  };
}
