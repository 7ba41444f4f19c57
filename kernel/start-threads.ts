import { getHeapStatistics } from "node:v8";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { CompileWorkerData } from "./compile/compile-worker.js";
import { endKernel } from "./end-kernel.js";
import type { Connection } from "./io/connection-file.js";
import { createSharedState, type SharedState } from "./io/shared-state.js";
import type { SigintWorkerData } from "./io/sigint-worker.js";
import type { IoWorkerData } from "./io/thread-messages.js";
import { pipedOutput } from "./kernel-argv.js";
import { log } from "./log.js";

/** What the main thread has in hand of the two other threads. */
export interface Threads {
  readonly shared: SharedState;
  /** Messages of the I/O thread; those that come before there is a listener wait. */
  readonly io: MessagePort;
  /** What users type in answer to a cell's question. */
  readonly input: MessagePort;
  readonly compiler: Worker;
  /** The notebook's folder. */
  readonly folder: string;
}

/**
 * Starts the I/O thread and the compile thread. It comes first and imports next to nothing, so that kernel_info is
 * answered while everything else loads.
 *
 * @param hasPipedOutput whether descriptors 1 and 2 are pipes for us to read (kernel-argv.ts).
 */
export function startThreads(connection: Connection, hasPipedOutput: boolean): Threads {
  const folder = process.cwd();
  const shared = createSharedState();
  const compilerPorts = new MessageChannel();
  const inputPorts = new MessageChannel();
  const mainPorts = new MessageChannel();
  const sigintPorts = new MessageChannel();
  startWorker<IoWorkerData>(
    new URL("./io/io-worker.js", import.meta.url),
    {
      connection,
      shared,
      main: mainPorts.port1,
      compiler: compilerPorts.port1,
      input: inputPorts.port1,
      sigints: sigintPorts.port2,
      outputPipes: hasPipedOutput ? pipedOutput : undefined,
      heapLimit: getHeapStatistics().heap_size_limit,
      parentPid: process.ppid,
    },
    [mainPorts.port1, compilerPorts.port1, inputPorts.port1, sigintPorts.port2],
  );
  const compiler = startWorker<CompileWorkerData>(
    new URL("./compile/compile-worker.js", import.meta.url),
    { folder, shared, io: compilerPorts.port2 },
    [compilerPorts.port2],
  );
  // Windows has no SIGINT for us: there, Node's own listener would be of no use either.
  if (process.platform !== "win32") {
    startWorker<SigintWorkerData>(
      new URL("./io/sigint-worker.js", import.meta.url),
      { shared, io: sigintPorts.port1 },
      [sigintPorts.port1],
    );
  }
  return { shared, io: mainPorts.port2, input: inputPorts.port2, compiler, folder };
}

/** Starts a thread without which the kernel cannot go on: when it dies, the kernel says so and ends. */
function startWorker<Data>(file: URL, data: Data, transfer: MessagePort[]): Worker {
  const worker = new Worker(file, { workerData: data, transferList: transfer, stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.on("data", (text: Buffer) => log(text.toString().trimEnd()));
  worker.on("error", (error) => endKernel(`A thread of the kernel failed: ${error.stack ?? error}`));
  return worker;
}
