import type { RawData, WebSocket } from "ws";
import { log } from "../log.js";
import type { HostedKernel, KernelClient } from "./hosted-kernel.js";
import { webSocketFormat } from "./websocket-message.js";

/** Bytes that may wait for a slow client before its kernel has to wait too. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** How long a client may take nothing before it is given up, in ms: the kernel's other clients wait with it. */
const MAX_STALL_MS = 30_000;

/** How often a stalled client is looked at, in ms. */
const STALL_CHECK_MS = 10;

/** Close codes of RFC 6455, section 7.4.1. After 1000, `@jupyterlab/services` does not connect again. */
const NORMAL_CLOSE = 1000;
const UNSUPPORTED_DATA = 1007;

/** Bytes of a close reason that fit a control frame. */
const MAX_REASON_BYTES = 123;

/** Connects a WebSocket to a kernel until one of them is gone. */
export function connectSocket(socket: WebSocket, session: string, kernel: HostedKernel): void {
  const format = webSocketFormat(socket.protocol);
  const client: KernelClient = {
    session,
    receive: (channel, message) => {
      if (socket.readyState !== socket.OPEN) return undefined;
      socket.send(format.encode({ channel, message }));
      return socket.bufferedAmount > MAX_WAITING_BYTES ? waitForRoom(socket) : undefined;
    },
    close: (reason) => socket.close(NORMAL_CLOSE, cutToBytes(reason, MAX_REASON_BYTES)),
  };
  const attachment = kernel.attach(client);
  socket.on("close", () => attachment.detach());
  socket.on("message", (data, isBinary) => {
    try {
      const { channel, message } = format.decode(toBuffer(data), isBinary);
      attachment.send(channel, message);
    } catch (error) {
      log(`A client sent what is no kernel message: ${error instanceof Error ? error.message : error}`);
      socket.close(UNSUPPORTED_DATA, "That was no kernel message.");
    }
  });
}

async function waitForRoom(socket: WebSocket): Promise<void> {
  let progressAt = Date.now();
  let least = socket.bufferedAmount;
  while (socket.readyState === socket.OPEN && socket.bufferedAmount > MAX_WAITING_BYTES / 2) {
    await new Promise((resolve) => setTimeout(resolve, STALL_CHECK_MS));
    if (socket.bufferedAmount < least) progressAt = Date.now();
    least = Math.min(least, socket.bufferedAmount);
    if (Date.now() - progressAt > MAX_STALL_MS) {
      log("A client was disconnected: it took no message for too long.");
      socket.terminate();
    }
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** As much of a text as has room; a character is not split. */
function cutToBytes(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}
