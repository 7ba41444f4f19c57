/** The compile thread: owns the engine and answers the main thread and, for completion and inspection, the I/O thread. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { SharedState } from "../io/shared-state.js";
import { log } from "../log.js";
import { completeMagic, magicCompleteness } from "../magics/magics-in-editor.js";
import { type CompilerClient, type EngineAnswer, type EngineCall, READY } from "./compiler-client.js";
import { ENGINE_VARIABLE } from "./engine-choice.js";
import { openEngine } from "./open-engine.js";
import { createSharedGuard } from "./stop-compiler.js";

/** What the compile worker is started with. */
export interface CompileWorkerData {
  /** The notebook's folder. */
  readonly folder: string;
  readonly shared: SharedState;
  /** A second caller beside the main thread. */
  readonly io: MessagePort;
}

// Whatever the compiler prints is for the log, not for a cell.
console.log = console.warn = console.error = (...values: unknown[]) => log(values.join(" "));

const { folder, shared, io } = workerData as CompileWorkerData;
const opened = await openEngine(process.env[ENGINE_VARIABLE], { folder, guard: createSharedGuard(shared) });
const engine: CompilerClient = {
  ...opened,
  complete: async (code, offset) => completeMagic(code, offset) ?? opened.complete(code, offset),
  isComplete: async (code) => magicCompleteness(code) ?? opened.isComplete(code),
};

// The first check loads the standard library's types: better now than in the user's first cell.
await opened.warmUp();
// What kills the compiler from now on is what it is asked, not how it starts.
parentPort?.postMessage(READY);

/** Answers go out in the order of the calls. */
let last: Promise<unknown> = Promise.resolve();
for (const port of [parentPort as NonNullable<typeof parentPort>, io]) {
  port.on("message", (call: EngineCall) => {
    last = last.then(async () => port.postMessage(await answer(call))).catch((error) => log(String(error)));
  });
}

async function answer({ call, method, args }: EngineCall): Promise<EngineAnswer> {
  try {
    return { call, value: await (engine[method] as (...args: unknown[]) => unknown)(...args) };
  } catch (error) {
    return { call, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
