import { once } from "node:events";
import { type AddressInfo, connect as connectTo, createServer, type Socket } from "node:net";

/** A way to a server that a test can break. */
export interface TcpProxy {
  readonly url: string;
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
      socket.pipe(other);
    }
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
    cut,
    block,
    heal: async () => {
      server.listen(address.port, "127.0.0.1");
      await once(server, "listening");
    },
    close: block,
  };
}
