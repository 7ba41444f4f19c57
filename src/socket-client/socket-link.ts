import type { ServerMessage } from "../server/protocol.js";
import { SocketError, socketError } from "./socket-error.js";
import type { ClaudeSocketOptions, SocketLike } from "./socket-options.js";

/** The stream of messages under a client: one connection after the other. */
export interface SocketLink {
  readonly ready: Promise<Readonly<Record<string, unknown>>>;
  /**
   * Sends a message now, or once there is a connection.
   *
   * @param options `again`: whoever sends it sends it again when the connection was resumed, unless it was answered.
   */
  send(message: object, options?: { readonly again: boolean }): void;
  close(error: SocketError): void;
}

export interface LinkListener {
  onMessage(message: ServerMessage): void;
  /** The connection was opened again, and what was missed has come. */
  onResumed(): void;
  /** The stream is lost: whoever waits for something waits in vain. */
  onFailed(error: Error): void;
}

/** Close codes after which another try would end the same way: policy, unauthorized, replaced. */
const FINAL_CODES: readonly number[] = [1000, 1008, 4009, 4401];

const MAX_DELAY_MS = 5_000;
const OPEN = 1;

export function createSocketLink(options: ClaudeSocketOptions, listener: LinkListener): SocketLink {
  const Socket =
    options.WebSocket ?? (globalThis as { WebSocket?: new (url: string) => SocketLike }).WebSocket;
  if (!Socket)
    throw new SocketError(
      "no_websocket",
      "There is no WebSocket here: give one with the option `WebSocket`.",
    );
  const { url, token, onStatus = () => {}, retries = 8, retryDelayMs = 200 } = options;
  let socket: SocketLike | undefined;
  /** The stream to go on with. */
  let session: string | undefined;
  let lastSeq = 0;
  /** The number up to which messages are sent again after a resume. */
  let resumedUpTo: number | undefined;
  let isReady = false;
  let failures = 0;
  let closed = false;
  const unsent: object[] = [];
  let settleReady: { resolve(info: Readonly<Record<string, unknown>>): void; reject(error: Error): void };
  const ready = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    settleReady = { resolve, reject };
  });
  // Whoever asks something learns it, too.
  ready.catch(() => {});

  const write = (message: object): void => socket?.send(JSON.stringify(message));
  const begin = (): void => {
    isReady = true;
    failures = 0;
    onStatus("open");
    for (const message of unsent.splice(0)) write(message);
  };
  const giveUp = (error: SocketError): void => {
    if (closed) return;
    closed = true;
    settleReady.reject(error);
    listener.onFailed(error);
    onStatus("closed");
  };

  function open(): void {
    onStatus("connecting");
    const current = new Socket!(url.replace(/^http/, "ws").replace(/(:\/\/[^/]+)\/?$/, "$1/ws"));
    socket = current;
    let refusal: SocketError | undefined;
    current.addEventListener("open", () => {
      if (token !== undefined) current.send(JSON.stringify({ type: "auth", token }));
    });
    current.addEventListener("error", () => {});
    current.addEventListener("message", ({ data }) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      if (message.type === "error" && !isReady) refusal = socketError(message.data);
      receive(message);
    });
    current.addEventListener("close", ({ code, reason }) => {
      isReady = false;
      if (closed) return;
      onStatus("lost");
      if (FINAL_CODES.includes(code))
        giveUp(refusal ?? new SocketError("closed", `The server closed: ${reason || code}.`));
      else if (failures >= retries)
        giveUp(new SocketError("connection_lost", `The server at ${url} cannot be reached.`));
      else setTimeout(() => !closed && open(), Math.min(MAX_DELAY_MS, retryDelayMs * 2 ** failures++));
    });
  }

  function receive(message: ServerMessage): void {
    const { type, seq, data } = message;
    if (type === "auth_required") {
      if (token !== undefined) return;
      giveUp(new SocketError("unauthorized", "The server wants a token."));
      socket?.close(1000);
      return;
    }
    if (type === "connection_established") {
      const info = data as { readonly session_id: string };
      settleReady.resolve(info as Readonly<Record<string, unknown>>);
      if (session === undefined) {
        session = info.session_id;
        begin();
      } else write({ type: "resume", session_id: session, last_seq: lastSeq });
      return;
    }
    if (type === "resumed") {
      resumedUpTo = lastSeq + (data as { missed: number }).missed;
      begin();
      if (resumedUpTo === lastSeq) resumed();
      return;
    }
    if (type === "error" && (data as { code?: string }).code === "resume_failed") {
      giveUp(socketError(data));
      socket?.close(1000);
      return;
    }
    if (seq !== undefined) {
      if (seq <= lastSeq) return;
      lastSeq = seq;
    }
    listener.onMessage(message);
    if (resumedUpTo !== undefined && lastSeq >= resumedUpTo) resumed();
  }

  function resumed(): void {
    resumedUpTo = undefined;
    listener.onResumed();
  }

  open();
  return {
    ready,
    send(message, { again } = { again: false }) {
      if (closed) return;
      if (isReady && socket?.readyState === OPEN) write(message);
      else if (!again || session === undefined) unsent.push(message);
    },
    close(error) {
      giveUp(error);
      socket?.close(1000);
    },
  };
}
