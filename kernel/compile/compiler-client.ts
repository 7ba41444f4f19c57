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

/** What a compile thread says when it can work, in the form of an answer to no call. */
export const READY = { call: -1, value: undefined } as const;

/** Where calls go: a port, or the worker that runs the engine. */
export interface CompilerPort {
  postMessage(call: EngineCall): void;
  on(event: "message", take: (answer: EngineAnswer) => void): unknown;
}

/** A client whose other end can be replaced. */
export interface CompilerConnection {
  readonly client: CompilerClient;
  /**
   * Sends the calls that wait, and all that follow, to this port.
   *
   * @returns gives the port up: calls that it has not answered are rejected with the reason, later ones wait for the next
   * port. Does nothing when there is another already.
   */
  connect(port: CompilerPort): (reason: Error) => void;
}

/** Calls the engine through a port. Calls made while there is none wait; answers come in the order of the calls. */
export function createCompilerConnection(): CompilerConnection {
  const unanswered = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const unsent: EngineCall[] = [];
  let port: CompilerPort | undefined;
  let calls = 0;
  const method =
    (name: keyof Engine) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const call = { call: ++calls, method: name, args };
        unanswered.set(call.call, { resolve, reject });
        if (port) port.postMessage(call);
        else unsent.push(call);
      });
  const giveUp = (reason: Error): void => {
    port = undefined;
    const waiting = new Set(unsent.map(({ call }) => call));
    for (const [call, { reject }] of unanswered) {
      if (waiting.has(call)) continue;
      unanswered.delete(call);
      reject(reason);
    }
  };
  return {
    client: Object.fromEntries(
      ENGINE_METHODS.map((name) => [name, method(name)]),
    ) as unknown as CompilerClient,
    connect(next) {
      giveUp(new Error("The compiler was replaced."));
      port = next;
      next.on("message", (answer) => {
        const promise = unanswered.get(answer.call);
        unanswered.delete(answer.call);
        if ("error" in answer) promise?.reject(answer.error);
        else promise?.resolve(answer.value);
      });
      for (const call of unsent.splice(0)) next.postMessage(call);
      return (reason) => {
        if (port === next) giveUp(reason);
      };
    },
  };
}
