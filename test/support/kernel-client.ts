import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Request as HeartbeatSocket, Subscriber } from "zeromq";
import { kernelArgv } from "../../kernel/kernel-argv.js";
import { freePorts } from "./free-ports.js";
import { checkMessage, type MessageChannel } from "./message-spec.js";
import { removeFolder } from "./remove-folder.js";

// biome-ignore lint/suspicious/noExplicitAny: the content of messages is what the tests look at
export type Content = Record<string, any>;

/** A message of the kernel, as a test looks at it. */
export interface KernelMessage {
  readonly type: string;
  readonly content: Content;
  readonly metadata: Content;
  readonly parentId: string | undefined;
  readonly buffers: readonly Buffer[];
  /** When it arrived, in ms of `performance.now()`. */
  readonly at: number;
}

/** What one request brought about, from the request to its idle and its reply. */
export interface Exchange {
  readonly id: string;
  readonly reply: Content;
  /** Messages on iopub that belong to the request, in order, without its status messages. */
  readonly messages: readonly KernelMessage[];
  /** Text on stdout, joined. */
  readonly stdout: string;
  readonly stderr: string;
  /** `text/plain` of the execute_result, or undefined. */
  readonly result: string | undefined;
}

export interface ExecuteOptions {
  /** Fields of the execute_request's content beside the code. */
  readonly content?: Content;
  /** Longest wait, in ms. @defaultValue 30000 */
  readonly timeoutMs?: number;
}

export interface KernelOptions {
  /** The notebook's folder. @defaultValue a fresh empty folder, removed at the end */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Command to run; gets the connection file as its last argument. @defaultValue the kernel's own */
  readonly command?: (connectionFile: string) => readonly string[];
}

/** A kernel process under test, and a client of its five sockets. */
export interface KernelClient {
  readonly process: ChildProcess;
  readonly cwd: string;
  /** For more subscribers. */
  readonly iopubAddress: string;
  /** What messages are signed with. */
  readonly key: string;
  /** What the kernel wrote to its own stdout and stderr: log lines. */
  readonly log: () => string;
  /** All messages on iopub so far. */
  readonly iopub: readonly KernelMessage[];
  /** The input_requests so far. */
  readonly questions: readonly KernelMessage[];
  /** Connects another client, with a session of its own; closing it leaves the kernel as it is. */
  connect(): Promise<KernelClient>;
  /** Runs a cell to its idle. */
  execute(code: string, options?: ExecuteOptions): Promise<Exchange>;
  /** Sends any request on shell or control and waits for its reply and its idle. */
  request(type: string, content?: Content, channel?: "shell" | "control"): Promise<Exchange>;
  /** Sends a message and does not wait; returns its id. */
  send(
    type: string,
    content?: Content,
    channel?: "shell" | "control" | "stdin",
    more?: SendMore,
  ): Promise<string>;
  /** Sends frames as they are. */
  sendRaw(frames: (string | Buffer)[], channel?: "shell" | "control"): Promise<void>;
  /** Waits for the reply and the idle of a request that was sent. */
  finished(id: string, timeoutMs?: number): Promise<Exchange>;
  /** Waits for a message on iopub or stdin that satisfies the test, those that have come already included. */
  message(matches: (message: KernelMessage) => boolean, timeoutMs?: number): Promise<KernelMessage>;
  /** Sends an echo request and waits for it. */
  heartbeat(timeoutMs?: number): Promise<void>;
  /** Resolves with the exit code or signal when the process has ended. */
  exited(timeoutMs?: number): Promise<number | string>;
  /** Ends the kernel and the sockets. */
  close(): Promise<void>;
}

interface SendMore {
  readonly parent?: Content;
  readonly metadata?: Content;
  readonly buffers?: readonly Buffer[];
}

const DELIMITER = "<IDS|MSG>";
const TIMEOUT_MS = 30_000;

/** A kernel process, and what a client needs to connect to it. */
interface StartedKernel {
  readonly connection: Readonly<Record<string, string | number | undefined>> & { readonly key: string };
  readonly child: ChildProcess;
  readonly cwd: string;
  readonly exit: Promise<number | string>;
  readonly log: () => string;
  /** Removed when the client that started the kernel is closed. */
  readonly folder: string;
}

/** Starts a kernel from `dist/` and connects to it; ready when iopub has welcomed us and kernel_info is answered. */
export async function startKernelClient(options: KernelOptions = {}): Promise<KernelClient> {
  const folder = await mkdtemp(join(tmpdir(), "kernel-test-"));
  const cwd = options.cwd ?? folder;
  const key = randomUUID();
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    ...{ shell_port, iopub_port, stdin_port, control_port, hb_port },
    key,
    signature_scheme: "hmac-sha256",
  };
  const connectionFile = join(folder, "connection.json");
  await writeFile(connectionFile, JSON.stringify(connection), { mode: 0o600 });
  const [command = "", ...args] = (options.command ?? kernelArgv)(connectionFile);
  const child = spawn(command, args, {
    cwd,
    // No history of the developer's own.
    env: { ...process.env, CLAUDE_NOTEBOOK_HISTORY: "", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    // The leader of its group, as jupyter_client starts kernels.
    detached: true,
  });
  let logged = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (logged += text));
  const exit = new Promise<number | string>((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal ?? 0)),
  );

  return connectClient({ connection, child, cwd, exit, log: () => logged, folder }, true);
}

/** @param isFirst the client that has started the kernel ends it when it is closed. */
async function connectClient(kernel: StartedKernel, isFirst: boolean): Promise<KernelClient> {
  const { connection, child, cwd, exit, log, folder } = kernel;
  const { key, shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
  const session = randomUUID();
  const routingId = session;
  const shell = new Dealer({ routingId, linger: 0 });
  const control = new Dealer({ routingId, linger: 0 });
  const stdin = new Dealer({ routingId, linger: 0 });
  const subscriber = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  const sockets = { shell, control, stdin };
  const address = (port: string | number | undefined): string => `tcp://127.0.0.1:${port}`;
  shell.connect(address(shell_port));
  control.connect(address(control_port));
  stdin.connect(address(stdin_port));
  subscriber.connect(address(iopub_port));
  subscriber.subscribe();

  const iopub: KernelMessage[] = [];
  const replies = new Map<string, Content>();
  const questions: KernelMessage[] = [];
  const listeners = new Set<() => void>();
  let closed = false;
  const sign = (parts: readonly (string | Buffer)[]): string => {
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };
  const parse = (frames: Buffer[], channel: MessageChannel): KernelMessage => {
    const start = frames.findIndex((frame) => frame.toString() === DELIMITER);
    const parts = frames.slice(start + 2, start + 6);
    if (frames[start + 1]?.toString() !== sign(parts)) throw new Error("The kernel's signature is wrong");
    const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString())) as [
      Content,
      Content,
      Content,
      Content,
    ];
    const buffers = frames.slice(start + 6);
    try {
      checkMessage(channel, { header, parent, metadata, content });
    } catch (violation) {
      // Nobody handles it, which fails the run; the test itself goes on.
      void Promise.reject(violation);
    }
    return {
      type: header.msg_type,
      content,
      metadata,
      parentId: parent.msg_id,
      buffers,
      at: performance.now(),
    };
  };
  const receive = async (
    socket: AsyncIterable<Buffer[]>,
    channel: MessageChannel,
    take: (message: KernelMessage) => void,
  ) => {
    try {
      for await (const frames of socket) {
        take(parse(frames, channel));
        for (const listener of [...listeners]) listener();
      }
    } catch (error) {
      if (!closed) throw error;
    }
  };
  const takeReply = (message: KernelMessage): void =>
    void replies.set(message.parentId ?? "", message.content);
  void receive(shell, "shell", takeReply);
  void receive(control, "control", takeReply);
  void receive(stdin, "stdin", (message) => questions.push(message));
  void receive(subscriber, "iopub", (message) => iopub.push(message));

  const until = <T>(what: string, find: () => T | undefined, timeoutMs: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        listeners.delete(check);
      };
      const check = (): void => {
        const found = find();
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        const seen = iopub
          .slice(-5)
          .map((each) => `${each.type} ${JSON.stringify(each.content).slice(0, 200)}`);
        reject(
          new Error(`No ${what} within ${timeoutMs} ms. Log: ${log()}\nLast on iopub: ${seen.join("\n")}`),
        );
      }, timeoutMs);
      listeners.add(check);
      check();
    });

  const sending: Record<string, Promise<void>> = {};
  const client: KernelClient = {
    process: child,
    cwd,
    iopubAddress: address(iopub_port),
    key,
    log,
    iopub,
    questions,
    connect: () => connectClient(kernel, false),
    // One send in flight per socket.
    sendRaw(frames, channel = "shell") {
      const sent = (sending[channel] ?? Promise.resolve()).then(() => sockets[channel].send(frames));
      sending[channel] = sent;
      return sent;
    },
    async send(type, content = {}, channel = "shell", { parent = {}, metadata = {}, buffers = [] } = {}) {
      const msg_id = randomUUID();
      const date = new Date().toISOString();
      const header = { msg_id, session, username: "test", date, msg_type: type, version: "5.5" };
      const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
      await client.sendRaw([DELIMITER, sign(parts), ...parts, ...buffers], channel as "shell");
      return msg_id;
    },
    async finished(id, timeoutMs = TIMEOUT_MS) {
      const reply = await until(`reply to ${id}`, () => replies.get(id), timeoutMs);
      const isIdle = (each: KernelMessage): boolean =>
        each.parentId === id && each.type === "status" && each.content.execution_state === "idle";
      await until(`idle of ${id}`, () => iopub.find(isIdle), timeoutMs);
      return describeExchange(id, reply, iopub);
    },
    async request(type, content = {}, channel = "shell") {
      return client.finished(await client.send(type, content, channel));
    },
    async execute(code, { content = {}, timeoutMs = TIMEOUT_MS } = {}) {
      const request = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
      return client.finished(await client.send("execute_request", { ...request, ...content }), timeoutMs);
    },
    message: (matches, timeoutMs = TIMEOUT_MS) =>
      until("such message", () => [...iopub, ...questions].find(matches), timeoutMs),
    async heartbeat(timeoutMs = TIMEOUT_MS) {
      const socket = new HeartbeatSocket({ linger: 0, receiveTimeout: timeoutMs });
      socket.connect(address(hb_port));
      try {
        await socket.send("ping");
        await socket.receive();
      } finally {
        socket.close();
      }
    },
    exited: (timeoutMs = TIMEOUT_MS) =>
      Promise.race([
        exit,
        new Promise<never>((_resolve, reject) =>
          setTimeout(() => reject(new Error(`Still running after ${timeoutMs} ms`)), timeoutMs).unref(),
        ),
      ]),
    async close() {
      closed = true;
      if (isFirst && child.exitCode === null && child.signalCode === null) {
        await client.send("shutdown_request", { restart: false }, "control");
        await client.exited(10_000).catch(() => child.kill("SIGKILL"));
      }
      for (const socket of [shell, control, stdin, subscriber]) socket.close();
      if (isFirst) await removeFolder(folder);
    },
  };
  try {
    await client.message((each) => each.type === "iopub_welcome");
    await client.request("kernel_info_request");
  } catch (error) {
    if (isFirst) child.kill("SIGKILL");
    await client.close();
    throw error;
  }
  return client;
}

/** Whether a process with this id runs; one that has ended and waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
  try {
    if (process.platform === "linux") return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function describeExchange(id: string, reply: Content, iopub: readonly KernelMessage[]): Exchange {
  const messages = iopub.filter((each) => each.parentId === id && each.type !== "status");
  const textOf = (name: string): string =>
    messages
      .filter((each) => each.type === "stream" && each.content.name === name)
      .map((each) => each.content.text)
      .join("");
  const result = messages.find((each) => each.type === "execute_result")?.content.data["text/plain"];
  return { id, reply, messages, stdout: textOf("stdout"), stderr: textOf("stderr"), result };
}
