import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { closeCodes } from "./protocol.js";

/** The open WebSockets of a server. */
export interface ConnectionSet {
  readonly size: number;
  add(socket: WebSocket): void;
  /** Asks all whether they are still there, and cuts those that have not answered since the last time. */
  beat(): void;
  /** Tells all that the server goes; resolves when none is left. */
  close(): Promise<void>;
}

/** How long clients may take to answer a close frame, in ms. */
const CLOSE_PATIENCE_MS = 500;

const POLL_MS = 20;

export function createConnectionSet(): ConnectionSet {
  const sockets = new Set<WebSocket>();
  /** Those that have said something since the last beat. */
  const alive = new WeakSet<WebSocket>();
  return {
    get size() {
      return sockets.size;
    },
    add(socket) {
      sockets.add(socket);
      alive.add(socket);
      for (const sign of ["message", "ping", "pong"]) socket.on(sign, () => alive.add(socket));
      socket.on("close", () => sockets.delete(socket));
    },
    beat() {
      for (const socket of sockets) {
        if (!alive.delete(socket)) socket.terminate();
        else socket.ping();
      }
    },
    async close() {
      for (const socket of sockets) socket.close(closeCodes.goingAway, "The server is shutting down.");
      for (let ms = 0; sockets.size > 0 && ms < CLOSE_PATIENCE_MS; ms += POLL_MS) await sleep(POLL_MS);
      for (const socket of sockets) socket.terminate();
    },
  };
}
