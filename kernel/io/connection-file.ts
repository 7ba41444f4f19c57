import { readFileSync } from "node:fs";

/** Where the kernel listens and how messages are signed. @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  /** Empty: messages are not signed. */
  readonly key: string;
  /** Name of the digest for HMAC, e.g. `sha256`. */
  readonly digest: string;
}

const ports = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/**
 * Reads and checks a connection file. Checked by hand: zod would delay the answer to the first kernel_info_request.
 *
 * @throws an error that names the file and what is wrong with it.
 */
export function readConnectionFile(path: string): Connection {
  const refuse = (what: string, cause?: unknown): never => {
    throw new Error(`The connection file ${path} ${what}.`, cause === undefined ? undefined : { cause });
  };
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return refuse(`cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`, error);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse("is not JSON", error);
  }
  const fields = (
    typeof json === "object" && json !== null ? json : refuse("is not a JSON object")
  ) as Record<string, unknown>;
  for (const name of ports) {
    const port = fields[name];
    if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > 65535) {
      refuse(`has no valid ${name} (${JSON.stringify(port)})`);
    }
  }
  const { transport = "tcp", ip = "127.0.0.1", key = "", signature_scheme = "hmac-sha256" } = fields;
  if (transport !== "tcp" && transport !== "ipc") refuse(`names an unknown transport (${transport})`);
  if (typeof ip !== "string") refuse(`has no valid ip (${JSON.stringify(ip)})`);
  if (typeof key !== "string") refuse("has no valid key");
  if (typeof signature_scheme !== "string" || !/^hmac-\w+$/.test(signature_scheme)) {
    refuse(`names an unknown signature_scheme (${JSON.stringify(signature_scheme)})`);
  }
  return { ...fields, transport, ip, key, digest: (signature_scheme as string).slice(5) } as Connection;
}

/** The ZeroMQ address of one of the five sockets. */
export function endpoint(connection: Connection, port: number): string {
  const { transport, ip } = connection;
  return `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${port}`;
}
