import { randomUUID } from "node:crypto";
import type { Comm, CommMessage, CommRegistry } from "../comm.js";
import type { CommEvent } from "../io/thread-messages.js";
import type { CellTracker } from "./cell-tracker.js";
import type { Output } from "./output.js";

/** The open comms, from both sides. */
export interface Comms extends CommRegistry {
  /** Deals with a message of the front end; what its handler throws is thrown here. */
  receive(event: CommEvent): void;
  /** Target names by comm id. */
  list(target?: string): Readonly<Record<string, { readonly target_name: string }>>;
}

interface OpenComm {
  readonly comm: Comm;
  handleMessage: (message: CommMessage) => void;
  handleClose: (message: CommMessage) => void;
}

export function createComms(output: Output, cells: CellTracker): Comms {
  const open = new Map<string, OpenComm>();
  const targets = new Map<string, (comm: Comm, message: CommMessage) => void>();

  /** The message of the front end whose handler runs: what the handler sends answers that. */
  let received: string | undefined;
  const parent = (): string | undefined => received ?? cells.current()?.id;

  const create = (id: string, target: string): Comm => {
    const send = (type: string, fields: object, extra = {}): void =>
      output.publish(parent(), type, { comm_id: id, ...fields }, extra);
    const entry: OpenComm = {
      handleMessage: () => {},
      handleClose: () => {},
      comm: {
        id,
        target,
        send: (data, options) => send("comm_msg", { data }, options),
        close(data = {}, options) {
          if (open.delete(id)) send("comm_close", { data }, options);
        },
        onMessage(handler) {
          entry.handleMessage = handler;
        },
        onClose(handler) {
          entry.handleClose = handler;
        },
      },
    };
    open.set(id, entry);
    return entry.comm;
  };

  const handlers: Record<CommEvent["event"], (id: string, event: CommEvent) => void> = {
    comm_open(id, event) {
      const target = String(event.content.target_name);
      const onOpen = targets.get(target);
      const comm = create(id, target);
      // The spec: a comm_open for a target nobody knows, or that could not open it, is answered by a comm_close.
      if (!onOpen) return comm.close();
      try {
        onOpen(comm, messageOf(event));
      } catch (error) {
        comm.close();
        throw error;
      }
    },
    comm_msg: (id, event) => open.get(id)?.handleMessage(messageOf(event)),
    comm_close(id, event) {
      const entry = open.get(id);
      open.delete(id);
      entry?.handleClose(messageOf(event));
    },
  };

  return {
    open(target, data = {}, options) {
      const comm = create(randomUUID(), target);
      const content = { comm_id: comm.id, target_name: target, data };
      output.publish(parent(), "comm_open", content, options);
      return comm;
    },
    register(target, onOpen) {
      targets.set(target, onOpen);
      return () => {
        if (targets.get(target) === onOpen) targets.delete(target);
      };
    },
    receive(event) {
      received = event.id;
      try {
        handlers[event.event](String(event.content.comm_id), event);
      } finally {
        received = undefined;
      }
    },
    list(target) {
      const found = [...open.values()].filter(({ comm }) => target === undefined || comm.target === target);
      return Object.fromEntries(found.map(({ comm }) => [comm.id, { target_name: comm.target }]));
    },
  };
}

function messageOf({ content, metadata, buffers }: CommEvent): CommMessage {
  return { data: content.data, metadata, buffers };
}
