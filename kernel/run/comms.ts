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

  const create = (id: string, target: string): Comm => {
    const send = (type: string, fields: object, extra = {}): void =>
      output.publish(cells.current()?.id, type, { comm_id: id, ...fields }, extra);
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

  return {
    open(target, data = {}, options) {
      const comm = create(randomUUID(), target);
      const content = { comm_id: comm.id, target_name: target, data };
      output.publish(cells.current()?.id, "comm_open", content, options);
      return comm;
    },
    register(target, onOpen) {
      targets.set(target, onOpen);
      return () => {
        if (targets.get(target) === onOpen) targets.delete(target);
      };
    },
    receive({ event, content, metadata, buffers }) {
      const message: CommMessage = { data: content.data, metadata, buffers };
      const id = String(content.comm_id);
      if (event === "comm_open") {
        const target = String(content.target_name);
        const onOpen = targets.get(target);
        const comm = create(id, target);
        // The spec: a comm_open for a target nobody knows is answered by a comm_close.
        if (onOpen) onOpen(comm, message);
        else comm.close();
        return;
      }
      const entry = open.get(id);
      if (event === "comm_msg") return entry?.handleMessage(message);
      open.delete(id);
      entry?.handleClose(message);
    },
    list(target) {
      const found = [...open.values()].filter(({ comm }) => target === undefined || comm.target === target);
      return Object.fromEntries(found.map(({ comm }) => [comm.id, { target_name: comm.target }]));
    },
  };
}
