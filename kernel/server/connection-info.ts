import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import type { Connection } from "../io/connection-file.js";

/** Bytes of a socket path that every system takes: macOS allows 104, with the final zero. */
const MAX_SOCKET_PATH_BYTES = 103;

/** Bytes of randomness in the key that signs messages: the size of the hash. */
const KEY_BYTES = 32;

/**
 * Chooses where a kernel will listen. Unix sockets in `folder`, which must be private, wherever there are such: no
 * other user can read the kernel's output, and no port can be taken between choosing and binding. Else free TCP ports.
 */
export async function createConnectionInfo(folder: string): Promise<Connection> {
  const key = randomBytes(KEY_BYTES).toString("hex");
  const path = join(folder, "s");
  if (process.platform !== "win32" && Buffer.byteLength(`${path}-5`) <= MAX_SOCKET_PATH_BYTES) {
    return { transport: "ipc", ip: path, ...toPorts([1, 2, 3, 4, 5]), key, digest: "sha256" };
  }
  return { transport: "tcp", ip: "127.0.0.1", ...toPorts(await findFreePorts(5)), key, digest: "sha256" };
}

/** Writes the connection file into `folder`, readable by the user alone, since it holds the key. */
export async function writeConnectionFile(folder: string, connection: Connection): Promise<string> {
  const { digest, ...fields } = connection;
  const file = join(folder, "connection.json");
  const json = JSON.stringify({ ...fields, signature_scheme: `hmac-${digest}` }, undefined, 1);
  await writeFile(file, json, { mode: 0o600, flag: "wx" });
  return file;
}

type Ports = Pick<Connection, "shell_port" | "control_port" | "stdin_port" | "iopub_port" | "hb_port">;

function toPorts(numbers: readonly number[]): Ports {
  const [shell_port = 0, control_port = 0, stdin_port = 0, iopub_port = 0, hb_port = 0] = numbers;
  return { shell_port, control_port, stdin_port, iopub_port, hb_port };
}

/** All are held open until all are known, so that none is given out twice. */
async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listenAnywhere(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
