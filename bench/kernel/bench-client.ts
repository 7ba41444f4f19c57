import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { freePorts } from "../../test/support/free-ports.js";

/** One kernel under measurement. The client asks no more of it than all contenders can: shell and iopub. */
export interface BenchKernel {
  readonly process: ChildProcess;
  /** Runs a cell; gives the ms from the request to its reply and idle, and the characters it wrote. */
  execute(code: string, timeoutMs?: number): Promise<{ ms: number; written: number; status: string }>;
  /** Ms from a request on shell to its reply. */
  ask(type: string, content: object): Promise<number>;
  close(): Promise<void>;
}

interface Message {
  readonly header: { readonly msg_type: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly content: Record<string, unknown>;
}

const DELIMITER = "<IDS|MSG>";
const TIMEOUT_MS = 60_000;
/** How often the client looks for the kernel's sockets, in ms: with ZeroMQ's own 100 all starts would be rounded up to that. */
const RECONNECT_MS = 5;
const unbounded = { sendHighWaterMark: 0, receiveHighWaterMark: 0 };

/** Starts a kernel and waits until it has answered kernel_info on shell and been heard on iopub. */
export async function startBenchKernel(
  argv: (connectionFile: string) => readonly string[],
  cwd: string,
): Promise<{ kernel: BenchKernel; readyMs: number; startedAt: number }> {
  const key = randomUUID();
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const file = join(tmpdir(), `bench-${key}.json`);
  const connection = { transport: "tcp", ip: "127.0.0.1", ...ports, key, signature_scheme: "hmac-sha256" };
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });

  const shell = new Dealer({ linger: 0, reconnectInterval: RECONNECT_MS, ...unbounded });
  const iopub = new Subscriber({ linger: 0, reconnectInterval: RECONNECT_MS, receiveHighWaterMark: 0 });
  shell.connect(`tcp://127.0.0.1:${shell_port}`);
  iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
  iopub.subscribe();
  const replies = new Map<string, Record<string, unknown>>();
  const idle = new Set<string>();
  const written = new Map<string, number>();
  let wake = (): void => {};
  const receive = async (socket: AsyncIterable<Buffer[]>, take: (id: string, message: Message) => void) => {
    for await (const frames of socket) {
      const at = frames.findIndex((frame) => frame.toString() === DELIMITER);
      const [header, parent_header, , content] = frames
        .slice(at + 2, at + 6)
        .map((frame) => JSON.parse(frame.toString())) as unknown[];
      const message = { header, parent_header, content } as Message;
      take(message.parent_header.msg_id ?? "", message);
      wake();
    }
  };
  void receive(shell, (id, { content }) => replies.set(id, content)).catch(() => {});
  void receive(iopub, (id, { header, content }) => {
    if (header.msg_type === "status" && content.execution_state === "idle") idle.add(id);
    if (header.msg_type === "stream") written.set(id, (written.get(id) ?? 0) + String(content.text).length);
  }).catch(() => {});

  const send = async (msg_type: string, content: object): Promise<string> => {
    const msg_id = randomUUID();
    const date = new Date().toISOString();
    const header = { msg_id, session: key, username: "bench", date, msg_type, version: "5.3" };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    await shell.send([DELIMITER, hmac.digest("hex"), ...parts]);
    return msg_id;
  };
  const until = (isDone: () => boolean, timeoutMs = TIMEOUT_MS): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
      wake = () => {
        if (!isDone()) return;
        clearTimeout(timer);
        wake = () => {};
        resolve();
      };
      wake();
    });

  const startedAt = performance.now();
  const [command = "", ...args] = argv(file);
  const child = spawn(command, args, { cwd, stdio: "ignore", detached: true });
  const ask = async (type: string, content: object): Promise<number> => {
    const start = performance.now();
    const id = await send(type, content);
    await until(() => replies.has(id));
    return performance.now() - start;
  };
  await ask("kernel_info_request", {});
  const readyMs = performance.now() - startedAt;
  // Not measured: iopub is there for all, but some need a while to notice the subscriber.
  while (idle.size === 0) await ask("kernel_info_request", {});

  const kernel: BenchKernel = {
    process: child,
    ask,
    async execute(code, timeoutMs) {
      const start = performance.now();
      const content = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
      const id = await send("execute_request", { code, ...content });
      await until(() => replies.has(id) && idle.has(id), timeoutMs);
      const status = String(replies.get(id)?.status);
      return { ms: performance.now() - start, written: written.get(id) ?? 0, status };
    },
    async close() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        process.kill(-child.pid, "SIGKILL");
        await gone;
      }
      shell.close();
      iopub.close();
      rmSync(file, { force: true });
    },
  };
  return { kernel, readyMs, startedAt };
}
