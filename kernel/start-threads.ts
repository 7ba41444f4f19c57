import { getHeapStatistics } from "node:v8";
import { MessageChannel, type MessagePort, Worker, type WorkerOptions } from "node:worker_threads";
import type { CompileWorkerData } from "./compile/compile-worker.js";
import type { CompilerClient } from "./compile/compiler-client.js";
import { superviseCompiler } from "./compile/supervise-compiler.js";
import { endKernel } from "./end-kernel.js";
import type { Connection } from "./io/connection-file.js";
import { SIGTERM_NODE_FLAGS } from "./io/hear-sigterm.js";
import { createSharedState, type SharedState } from "./io/shared-state.js";
import type { SigintWorkerData } from "./io/sigint-worker.js";
import { createTextMemory, type TextMemory } from "./io/text-ring.js";
import type { IoWorkerData, PipeDescriptors, PostedByMain } from "./io/thread-messages.js";
import { pipedOutput } from "./kernel-argv.js";
import { log } from "./log.js";

/**
 * The compile thread's stack. The parser is native: where its stack ends, it ends the whole process, with Node's 4 MB at
 * a chain of some 8,000 conditional expressions. Memory is taken only as it is used.
 */
const COMPILER_STACK_MB = 64;

/** What the main thread has in hand of the two other threads. */
export interface Threads {
  readonly shared: SharedState;
  /** Text for the I/O thread. */
  readonly text: TextMemory;
  /** Messages of the I/O thread; those that come before there is a listener wait. */
  readonly io: MessagePort;
  /** What users type in answer to a cell's question. */
  readonly input: MessagePort;
  readonly compiler: CompilerClient;
  readonly outputPipes: PipeDescriptors | undefined;
  /** The notebook's folder. */
  readonly folder: string;
}

/**
 * Starts the I/O thread, and when it can answer, the others: until then each of them would take processor time from it. It
 * comes first and imports next to nothing, so that kernel_info is answered while everything else loads.
 *
 * @param hasPipedOutput whether descriptors 1 and 2 are pipes for us to read (kernel-argv.ts).
 */
export function startThreads(connection: Connection, hasPipedOutput: boolean): Threads {
  const folder = process.cwd();
  const shared = createSharedState();
  const text = createTextMemory();
  const outputPipes = hasPipedOutput ? pipedOutput : undefined;
  const inputPorts = new MessageChannel();
  const mainPorts = new MessageChannel();
  const sigintPorts = new MessageChannel();
  const io = startWorker<IoWorkerData>(
    new URL("./io/io-worker.js", import.meta.url),
    {
      connection,
      shared,
      text,
      main: mainPorts.port1,
      input: inputPorts.port1,
      sigints: sigintPorts.port2,
      outputPipes,
      heapLimit: getHeapStatistics().heap_size_limit,
      parentPid: process.ppid,
    },
    [mainPorts.port1, inputPorts.port1, sigintPorts.port2],
    { execArgv: [...SIGTERM_NODE_FLAGS] },
  );
  endWithThread(io);
  const isListening = new Promise((resolve) => io.once("message", resolve));
  // Windows has no SIGINT for us: there, Node's own listener would be of no use either.
  if (process.platform !== "win32") {
    void isListening.then(() => {
      const data = { shared, io: sigintPorts.port1 };
      endWithThread(
        startWorker<SigintWorkerData>(new URL("./io/sigint-worker.js", import.meta.url), data, [data.io]),
      );
    });
  }
  const compiler = superviseCompiler({
    isWanted: isListening,
    start() {
      const { port1, port2 } = new MessageChannel();
      const message = { type: "compiler", port: port1 } as const;
      mainPorts.port2.postMessage({ message } satisfies PostedByMain, [port1]);
      const file = new URL("./compile/compile-worker.js", import.meta.url);
      const data = { folder, shared, io: port2 };
      return startWorker<CompileWorkerData>(file, data, [port2], {
        resourceLimits: { stackSizeMb: COMPILER_STACK_MB },
      });
    },
    onReplaced: log,
    onHopeless: endKernel,
  });
  return { shared, text, io: mainPorts.port2, input: inputPorts.port2, compiler, folder, outputPipes };
}

function startWorker<Data>(
  file: URL,
  data: Data,
  transfer: MessagePort[],
  more?: Pick<WorkerOptions, "execArgv" | "resourceLimits">,
): Worker {
  const options = { workerData: data, transferList: transfer, stdout: true, stderr: true };
  const worker = new Worker(file, { ...options, ...more });
  worker.stdout.resume();
  worker.stderr.on("data", (text: Buffer) => log(text.toString().trimEnd()));
  return worker;
}

/** Without this thread the kernel cannot go on: when it dies, the kernel says so and ends. */
function endWithThread(worker: Worker): void {
  worker.on("error", (error) => endKernel(`A thread of the kernel failed: ${error.stack ?? error}`));
}
