/** The I/O thread: all sockets and the protocol. It answers while the compiler loads and while a cell blocks the main thread. */
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { createCompilerConnection } from "../compile/compiler-client.js";
import { log } from "../log.js";
import { openChannels } from "./channels.js";
import { watchCompiler } from "./compiler-watchdog.js";
import { guardHeap } from "./heap-guard.js";
import { hearSigterm } from "./hear-sigterm.js";
import { createHistory } from "./history.js";
import { openHistoryFile } from "./history-file.js";
import { interruptCell, interruptRunningCell } from "./interrupt-cell.js";
import { errorReply, type IoKernel } from "./io-kernel.js";
import { listenToMain } from "./main-port.js";
import { guardAgainstOrphaning } from "./orphan-guard.js";
import { createOutputPipes } from "./output-pipes.js";
import { createQuestions } from "./questions.js";
import type { Request } from "./request.js";
import { createCellQueue } from "./requests/execute-request.js";
import { requestHandlers } from "./requests/request-handlers.js";
import { MAX_OUTSTANDING, slot } from "./shared-state.js";
import { killChildren } from "./signal-children.js";
import { createStreamBatcher } from "./stream-batcher.js";
import { createTextReader } from "./text-ring.js";
import type { FromMain, IoWorkerData, Publish, ToMain } from "./thread-messages.js";
import { MAX_CONTENT_BYTES } from "./wire.js";

/** Cells whose headers are kept for output that comes after they have ended. */
const REMEMBERED_REQUESTS = 10_000;
/** Time for the sockets to take what is queued when the kernel ends, in ms. */
const DRAIN_MS = 1000;
/** Time for ZeroMQ's own thread to put on the wire what it has taken, in ms: the process may be gone at once after that. */
const TRANSMIT_MS = 100;
/** Time for the main thread to end by itself, in ms; twice that after an interrupt, whose steps take 350 ms. */
const EXIT_MS = 500;

const { connection, shared, main, text, input, sigints, outputPipes, heapLimit, parentPid } =
  workerData as IoWorkerData;
/** Requests by msg_id: those under way, and recent cells, whose late output needs a parent header. */
const requests = new Map<string, Request>();
let stopping = false;
const compiler = createCompilerConnection();

const channels = await openChannels(connection);
const questions = createQuestions(channels);
const status = (execution_state: string, request?: Request): void =>
  channels.publish({ type: "status", parent: request?.header, content: { execution_state } });

const base: Omit<IoKernel, "queue"> = {
  connection,
  channels,
  shared,
  compiler: compiler.client,
  history: createHistory(openHistoryFile),
  executions: { count: 0 },
  begin: (request) => status("busy", request),
  finish(request, reply) {
    if (reply) channels.reply(request, reply);
    status("idle", request);
    // Front ends show the last state they hear of: while a cell runs, that must not be this request's idle.
    const { running } = io.queue;
    if (running && running !== request) status("busy", running);
  },
  forward(request, message) {
    remember(request);
    main.postMessage(message);
  },
  tellMain: (message: ToMain) => main.postMessage(message),
  stop,
};
const io: IoKernel = { ...base, queue: createCellQueue(base) };

const streams = createStreamBatcher(({ name, text, ...rest }) =>
  publish({ ...rest, messageType: "stream", content: { name, text } }),
);

/** Nothing says which cell a byte in a pipe comes from: it goes to the running or last one. */
const pipes =
  outputPipes &&
  createOutputPipes({
    descriptors: outputPipes,
    onData: () => void takeAllOfMain(),
    write(name, text) {
      if (text === "") return;
      Atomics.add(shared, slot.outstanding, text.length);
      streams.write({ parent: io.queue.latest?.header.msg_id, name, text, cost: text.length });
    },
    isBackedUp: () => Atomics.load(shared, slot.outstanding) > MAX_OUTSTANDING,
  });

const fromMain: { [T in FromMain["type"]]: (message: Extract<FromMain, { type: T }>) => void } = {
  write: (text) => streams.write(text),
  publish,
  input(question) {
    const request = requests.get(question.id);
    if (request) questions.ask(request, question);
  },
  finish({ id, content }) {
    const request = requests.get(id);
    if (!request) return;
    if (request === io.queue.running) {
      requests.set(id, { ...request, content: {}, buffers: [] });
      io.queue.finished(content ?? {});
    } else {
      requests.delete(id);
      io.finish(request, content);
    }
  },
  compiler({ port }) {
    const giveUp = compiler.connect(port);
    port.on("close", () => giveUp(new Error("The compiler ended while it worked on this.")));
  },
  piped: ({ name, bytes }) => pipes?.take(name, bytes),
  async ending({ reason }) {
    if (!stopping && io.queue.running) tellOfEnd(reason);
    await drain();
    Atomics.store(shared, slot.drained, 1);
    Atomics.notify(shared, slot.drained);
  },
};

const takeAllOfMain = listenToMain({
  port: main,
  text: createTextReader(text),
  streams,
  handle(message) {
    if (message.type === "finish" || message.type === "ending") pipes?.drain();
    else if (message.type !== "piped") pipes?.settle();
    // Everything stays in the order in which the main thread said it.
    if (message.type !== "write" && message.type !== "piped") streams.flush();
    fromMain[message.type](message as never);
  },
});
status("starting");
channels.listen({
  onRequest: dispatch,
  onInputReply(reply) {
    const answer = questions.take(reply);
    if (answer) input.postMessage(answer);
  },
});
// Now the other threads may start.
parentPort?.postMessage("listening");
sigints.on("message", () => interruptRunningCell(io));
guardHeap({
  limit: heapLimit,
  isRunning: () => io.queue.running !== undefined,
  async onFull(reason) {
    if (stopping) return;
    stopping = true;
    log(reason);
    takeAllOfMain();
    pipes?.drain();
    streams.flush();
    tellOfEnd(reason);
    await drain();
    // The main thread has no memory left to run its exit handlers with.
    killChildren();
    process.kill(process.pid, "SIGKILL");
  },
});
watchCompiler(shared);
guardAgainstOrphaning(parentPid, () => void stop());
hearSigterm(() => void stop());

function dispatch(request: Request): void {
  const type = request.header.msg_type;
  const handle = requestHandlers.get(type);
  if (!handle) {
    // As ipykernel does: what it does not know it cannot answer.
    log(`Ignored a message of the unknown type ${JSON.stringify(type)}.`);
    return;
  }
  // What was said before a cell is not the cell's.
  pipes?.settle();
  if (request.oversized === undefined) handle(io, request);
  else refuse(request, `its content of ${request.oversized} bytes is more than ${MAX_CONTENT_BYTES}`);
}

function refuse(request: Request, why: string): void {
  const type = request.header.msg_type;
  log(`Refused a message of the type ${type}: ${why}.`);
  io.begin(request);
  const reply = errorReply(new RangeError(`The kernel refused the ${type}: ${why}.`));
  const counted = type === "execute_request" ? { execution_count: io.executions.count, ...reply } : reply;
  io.finish(request, type.endsWith("_request") ? counted : undefined);
}

function publish({ parent, messageType, content, metadata, buffers, cost }: Omit<Publish, "type">): void {
  const header = parent === undefined ? undefined : requests.get(parent)?.header;
  channels.publish({ type: messageType, parent: header, content, metadata, buffers }, () => {
    Atomics.sub(shared, slot.outstanding, cost);
    Atomics.notify(shared, slot.outstanding);
  });
}

function remember(request: Request): void {
  requests.set(request.header.msg_id, request);
  if (requests.size <= REMEMBERED_REQUESTS) return;
  for (const [id, old] of requests) {
    if (old === io.queue.running) continue;
    requests.delete(id);
    return;
  }
}

/** Tells the front end why the running cell will not come to its end, or the latest cell what its timers have done. */
function tellOfEnd(reason: string): void {
  const { running, latest } = io.queue;
  const error = { ename: "KernelEnded", evalue: reason, traceback: [reason] };
  if (latest) channels.publish({ type: "error", parent: latest.header, content: error });
  if (running) io.finish(running, { status: "error", execution_count: io.executions.count, ...error });
}

async function drain(): Promise<void> {
  await Promise.race([channels.drained(), sleep(DRAIN_MS)]);
  channels.close();
  await sleep(TRANSMIT_MS);
}

/**
 * Asks the main thread to exit, so that its exit handlers run: they end child processes. If a cell keeps it from that, the
 * cell is interrupted; if that does not help, the process and its children are killed.
 */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  main.postMessage({ type: "exit", code: 0 } satisfies ToMain);
  await sleep(EXIT_MS);
  void interruptCell({ shared, running: () => io.queue.running, ask: () => {} });
  await sleep(2 * EXIT_MS);
  killChildren();
  process.kill(process.pid, "SIGKILL");
}
