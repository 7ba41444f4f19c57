import type { Engine, EngineName } from "./engine.js";
import type { CompilerGuard } from "./typescript/compiler-guard.js";

export interface EngineOptions {
  /** The notebook's folder. */
  readonly folder: string;
  readonly guard?: CompilerGuard;
  /** Variables that cells of another engine have made: they are there, without types. */
  readonly variables?: readonly string[];
}

type Create = (options: EngineOptions) => Promise<Engine>;

/** Each engine is loaded only when it is asked for. */
const engines: Readonly<Record<EngineName, Create>> = {
  async typescript(options) {
    const { createTypeScriptEngine } = await import("./typescript/typescript-engine.js");
    return createTypeScriptEngine(options);
  },
  async tslab(options) {
    const { createTslabEngine } = await import("./tslab/tslab-engine.js");
    return createTslabEngine(options);
  },
};

/** @throws when the engine cannot be started. */
export function createEngine(name: EngineName, options: EngineOptions): Promise<Engine> {
  return engines[name](options);
}
