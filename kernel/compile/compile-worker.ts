/** The compile thread: owns the engine and answers the main thread and, for completion and inspection, the I/O thread. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { log } from "../log.js";
import { completeMagic, magicCompleteness } from "../magics/magics-in-editor.js";
import type { EngineAnswer, EngineCall } from "./compiler-client.js";
import type { Engine } from "./engine.js";
import { ENGINE_VARIABLE } from "./engine-choice.js";
import { openEngine } from "./open-engine.js";

/** What the compile worker is started with. */
export interface CompileWorkerData {
  /** The notebook's folder. */
  readonly folder: string;
  /** A second caller beside the main thread. */
  readonly io: MessagePort;
}

// Whatever the compiler prints is for the log, not for a cell.
console.log = console.warn = console.error = (...values: unknown[]) => log(values.join(" "));

const { folder, io } = workerData as CompileWorkerData;
const opened = await openEngine(process.env[ENGINE_VARIABLE], { folder });
const engine: Engine = {
  ...opened,
  complete: (code, offset) => completeMagic(code, offset) ?? opened.complete(code, offset),
  isComplete: (code) => magicCompleteness(code) ?? opened.isComplete(code),
};

for (const port of [parentPort as NonNullable<typeof parentPort>, io]) {
  port.on("message", (call: EngineCall) => port.postMessage(answer(engine, call)));
}
// The first check loads the standard library's types: better now than in the user's first cell.
opened.warmUp();

function answer(engine: Engine, { call, method, args }: EngineCall): EngineAnswer {
  try {
    return { call, value: (engine[method] as (...args: unknown[]) => unknown)(...args) };
  } catch (error) {
    return { call, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
