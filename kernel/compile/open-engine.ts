import { log } from "../log.js";
import type { CompilerClient } from "./compiler-client.js";
import { createEngine, type EngineOptions } from "./create-engine.js";
import { ENGINE_METHODS, type Engine, type EngineName } from "./engine.js";
import { DEFAULT_ENGINE, ENGINE_VARIABLE, isEngineName } from "./engine-choice.js";
import { CheckerGone } from "./typescript/checker.js";

/**
 * Opens the engine that was asked for, or tslab's if it does not start; tslab's takes over too when the native compiler
 * cannot be kept alive. What the user must know of that comes with the next cell.
 */
export async function openEngine(
  wanted: string | undefined,
  options: EngineOptions,
): Promise<CompilerClient> {
  const notices: string[] = [];
  /** Variables that the cells have, for an engine that takes over. */
  const variables = new Set<string>();

  const replace = async (error: unknown): Promise<Engine> => {
    const reason = error instanceof Error ? error.message : String(error);
    log(`The engine on TypeScript 7 is of no use: ${error instanceof Error ? error.stack : reason}`);
    const untyped = variables.size > 0 ? " Run earlier cells again to have their types." : "";
    notices.push(
      `TypeScript 7 does not run here, so tslab's TypeScript 5.0 checks the cells.${untyped} ${oneLine(reason)}`,
    );
    return createEngine("tslab", { ...options, variables: [...variables] });
  };
  const open = async (name: EngineName): Promise<Engine> => {
    try {
      return await createEngine(name, options);
    } catch (error) {
      if (name === "tslab") throw error;
      return replace(error);
    }
  };

  if (wanted && !isEngineName(wanted)) {
    notices.push(
      `${ENGINE_VARIABLE} is ${JSON.stringify(wanted)}: there are the engines typescript and tslab.`,
    );
  }
  let engine = await open(wanted && isEngineName(wanted) ? wanted : DEFAULT_ENGINE);

  const call = async (method: keyof Engine, args: readonly unknown[]): Promise<unknown> => {
    const ask = (): unknown => (engine[method] as (...args: readonly unknown[]) => unknown)(...args);
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof CheckerGone)) throw error;
      engine = await replace(error);
      return ask();
    }
  };
  const methods = ENGINE_METHODS.map((method) => [method, (...args: unknown[]) => call(method, args)]);
  const client = Object.fromEntries(methods) as CompilerClient;
  return {
    ...client,
    async compile(cell) {
      const result = await client.compile(cell);
      return notices.length === 0 ? result : { ...result, notice: notices.splice(0).join("\n") };
    },
    async commit(key, live) {
      for (const name of live) variables.add(name);
      return client.commit(key, live);
    },
    async reset() {
      variables.clear();
      return client.reset();
    },
  };
}

/** The first line of a message, not too long. */
function oneLine(text: string): string {
  return `(${text.split("\n")[0]?.slice(0, 200) ?? ""})`;
}
