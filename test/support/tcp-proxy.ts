import { once } from "node:events";
import { type AddressInfo, connect as connectTo, createServer, type Socket } from "node:net";

/** A way to a server that a test can break. */
export interface TcpProxy {
  readonly url: string;
  /** Whether this text (of ASCII) was among what the server has sent and the other side has been given. */
  hasPassedOn(text: string): boolean;
  /** Ends all connections; new ones are taken. */
  cut(): void;
  /** Takes no connections until `heal`, and ends those that there are. */
  block(): Promise<void>;
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** Passes connections on to the server at `target`, as a proxy between two machines would. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  let passedOn = "";
  const server = createServer((client) => {
    const upstream = connectTo(Number(port), hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    upstream.pipe(client);
    // After the pipe's own listener, which has written the chunk by then.
    upstream.on("data", (chunk: Buffer) => {
      passedOn += chunk.toString("latin1");
    });
    // Our own server answers to its own name alone.
    client.on("data", (chunk: Buffer) => upstream.write(rename(chunk, client.localPort, port)));
    client.on("end", () => upstream.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const block = async (): Promise<void> => {
    const closed = server.listening ? once(server, "close") : undefined;
    server.close();
    cut();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${address.port}${pathname}`,
    hasPassedOn: (text) => passedOn.includes(text),
    cut,
    block,
    heal: async () => {
      server.listen(address.port, "127.0.0.1");
      await once(server, "listening");
    },
    close: block,
  };
}

/** The `Host` of a request's head, with another port; bytes of other kinds stay as they are. */
function rename(chunk: Buffer, from: number | undefined, to: string): Buffer {
  const text = chunk.toString("latin1");
  return Buffer.from(
    text.replace(new RegExp(`^(host: 127\\.0\\.0\\.1):${from}\\r$`, "im"), `$1:${to}\r`),
    "latin1",
  );
}
