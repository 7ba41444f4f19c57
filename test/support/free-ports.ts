import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Ports below those that a system gives to whoever asks for any (unless it is set up otherwise: from 32,768 on Linux, from 49,152
 * elsewhere), which soon belong to somebody else: even to a client that connects to a kernel which has not begun to listen, and so
 * finds itself.
 */
const FIRST_PORT = 12_000;
const PORTS_OF_A_WORKER = 2_500;
const WORKERS = 8;

const first = FIRST_PORT + (Number(process.env.VITEST_POOL_ID ?? 0) % WORKERS) * PORTS_OF_A_WORKER;
let next = Math.floor(Math.random() * PORTS_OF_A_WORKER);

/** Ports that nobody listens on now, each another one: no client of a kernel that has ended meets the next one. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = first + (next++ % PORTS_OF_A_WORKER);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** One of {@link freePorts}. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port!;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
