import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { setQueryContext } from "../src/origin.js";
import type { CompileWorkerData } from "./compile/compile-worker.js";
import { createCompilerClient } from "./compile/compiler-client.js";
import { display } from "./display/display.js";
import { setNotebookHost } from "./host.js";
import type { Connection } from "./io/connection-file.js";
import { createSharedState, slot } from "./io/shared-state.js";
import type { FromMain, IoWorkerData, ToMain } from "./io/thread-messages.js";
import { log } from "./log.js";
import { captureStreams } from "./run/capture-streams.js";
import { createCellModules } from "./run/cell-require.js";
import { createCellTracker } from "./run/cell-tracker.js";
import { createComms } from "./run/comms.js";
import { createScope } from "./run/evaluate-script.js";
import { installGlobals } from "./run/globals.js";
import { guardProcess } from "./run/guard-process.js";
import { createOutput } from "./run/output.js";
import { createPackageImports } from "./run/package-imports.js";
import { type CellRuntime, interruptCell, runCell } from "./run/run-cell.js";
import { createStackTraces } from "./run/stack-traces.js";
import { createStdin } from "./run/stdin.js";

/**
 * Starts the kernel in this process: the I/O thread, the compile thread, and on this one the user's code.
 * The notebook's folder is the working folder of the process.
 */
export function startKernel(connection: Connection): void {
  const folder = process.cwd();
  const shared = createSharedState();
  const compilerPorts = new MessageChannel();
  const inputPorts = new MessageChannel();

  // First, so that kernel_info is answered while everything else loads.
  const io = startWorker<IoWorkerData>(
    new URL("./io/io-worker.js", import.meta.url),
    { connection, shared, compiler: compilerPorts.port1, input: inputPorts.port1, parentPid: process.ppid },
    [compilerPorts.port1, inputPorts.port1],
  );
  const compileWorker = startWorker<CompileWorkerData>(
    new URL("./compile/compile-worker.js", import.meta.url),
    { folder, io: compilerPorts.port2 },
    [compilerPorts.port2],
  );
  const post = (message: FromMain): void => io.postMessage(message);

  const cells = createCellTracker();
  const output = createOutput(post, shared);
  captureStreams((name, text) => output.write(cells.current()?.id, name, text));
  const comms = createComms(output, cells);
  const stdin = createStdin(inputPorts.port2, post, cells);
  const packages = createPackageImports();
  const runtime: CellRuntime = {
    compiler: createCompilerClient(compileWorker),
    shared,
    output,
    cells,
    packages,
    stacks: createStackTraces(),
    modules: createCellModules(folder, packages),
    ...createScope(),
  };
  setNotebookHost({ currentCell: () => cells.current(), comms });
  setQueryContext(() => cells.current());
  installGlobals(packages, {
    display,
    input: stdin.input,
    prompt: stdin.prompt,
    clearOutput: (wait = false) =>
      output.publish(cells.current()?.id, "clear_output", { wait: Boolean(wait) }),
  });
  guardProcess(post, runtime);

  const handlers: { [T in ToMain["type"]]: (message: Extract<ToMain, { type: T }>) => void } = {
    async execute(request) {
      post({ type: "finish", id: request.id, content: await runCell(runtime, request) });
    },
    interrupt({ cell }) {
      Atomics.add(shared, slot.interruptsSeen, 1);
      if (cells.running && cells.running.id === cell) interruptCell(cells.running);
    },
    comm_info({ id, target }) {
      post({ type: "finish", id, content: { status: "ok", comms: comms.list(target) } });
    },
    comm(event) {
      try {
        comms.receive(event);
      } catch (error) {
        console.error(error);
      }
      post({ type: "finish", id: event.id });
    },
    exit: ({ code }) => process.exit(code),
  };
  io.on("message", (message: ToMain) => handlers[message.type](message as never));
}

/** Starts a thread without which the kernel cannot go on: when it dies, the kernel says so and ends. */
function startWorker<Data>(file: URL, data: Data, transfer: MessagePort[]): Worker {
  const worker = new Worker(file, { workerData: data, transferList: transfer, stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.on("data", (text: Buffer) => log(text.toString().trimEnd()));
  worker.on("error", (error) => {
    log(`A thread of the kernel failed: ${error.stack ?? error}`);
    process.exit(1);
  });
  return worker;
}
