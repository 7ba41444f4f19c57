import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";

/** How often a connection is asked for a sign of life, in ms; proxies end those that are silent for a minute. */
const PING_MS = 20_000;

/** A connection that brings no byte for so long is given up, in ms: three pings, so that a server may be busy. */
const SILENT_MS = 60_000;

/** How long a server may take to accept a connection, in ms: jupyter_server first waits a minute for the kernel. */
const HANDSHAKE_MS = 90_000;

/** A class of WebSockets as `@jupyterlab/services` takes it. */
export type SocketClass = new (url: string, protocols?: string[]) => WebSocket;

/**
 * WebSockets for a server: the token travels in a header, since addresses end up in logs, and a connection whose other
 * end is gone without a word is noticed.
 */
export function createSocketClass(token: string): SocketClass {
  return class WatchedSocket extends WebSocket {
    constructor(url: string, protocols: string[] = []) {
      super(url, protocols, {
        headers: token === "" ? {} : { Authorization: `token ${token}` },
        // The default of ws ends the connection at a message of 100 MB; a cell may show more.
        maxPayload: 0,
        perMessageDeflate: false,
        handshakeTimeout: HANDSHAKE_MS,
      });
      this.once("upgrade", (response) => watch(this, response));
    }
  };
}

/** Bytes count, not messages: one message may take longer than the patience. */
function watch(socket: WebSocket, { socket: stream }: IncomingMessage): void {
  let seen = stream.bytesRead;
  let seenAt = Date.now();
  const timer = setInterval(() => {
    if (stream.bytesRead !== seen) {
      seen = stream.bytesRead;
      seenAt = Date.now();
    } else if (Date.now() - seenAt > SILENT_MS) {
      socket.terminate();
    }
    if (socket.readyState === socket.OPEN) socket.ping();
  }, PING_MS);
  timer.unref();
  socket.once("close", () => clearInterval(timer));
}
