import type { MessagePort, Worker } from "node:worker_threads";
import { ENGINE_METHODS, type Engine } from "./engine.js";

/** The engine, called from another thread. */
export type CompilerClient = {
  readonly [M in keyof Engine]: (...args: Parameters<Engine[M]>) => Promise<ReturnType<Engine[M]>>;
};

/** A call on its way to the compile thread. */
export interface EngineCall {
  readonly call: number;
  readonly method: keyof Engine;
  readonly args: readonly unknown[];
}

export type EngineAnswer =
  | { readonly call: number; readonly value: unknown }
  | { readonly call: number; readonly error: Error };

/** Calls the engine through a port, or through the worker that runs it. Answers come in the order of the calls. */
export function createCompilerClient(port: MessagePort | Worker): CompilerClient {
  const waiting = new Map<number, PromiseWithResolvers>();
  let calls = 0;
  port.on("message", (answer: EngineAnswer) => {
    const promise = waiting.get(answer.call);
    waiting.delete(answer.call);
    if ("error" in answer) promise?.reject(answer.error);
    else promise?.resolve(answer.value);
  });
  const method =
    (name: keyof Engine) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const call = ++calls;
        waiting.set(call, { resolve, reject });
        port.postMessage({ call, method: name, args } satisfies EngineCall);
      });
  return Object.fromEntries(ENGINE_METHODS.map((name) => [name, method(name)])) as unknown as CompilerClient;
}

interface PromiseWithResolvers {
  resolve(value: unknown): void;
  reject(error: Error): void;
}
