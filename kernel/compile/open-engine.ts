import { log } from "../log.js";
import { createEngine, type EngineOptions } from "./create-engine.js";
import type { Engine, EngineName } from "./engine.js";
import { DEFAULT_ENGINE, ENGINE_VARIABLE, isEngineName } from "./engine-choice.js";

/**
 * Opens the engine that was asked for, or tslab's if it does not start. What the user must know of that comes with the
 * first cell.
 */
export async function openEngine(wanted: string | undefined, options: EngineOptions): Promise<Engine> {
  const notices: string[] = [];
  const open = async (name: EngineName): Promise<Engine> => {
    try {
      return await createEngine(name, options);
    } catch (error) {
      if (name === "tslab") throw error;
      const reason = error instanceof Error ? error.message : String(error);
      log(`The engine on TypeScript 7 does not start: ${error instanceof Error ? error.stack : error}`);
      notices.push(
        `TypeScript 7 could not be started: cells are checked by tslab's TypeScript 5.0. ${oneLine(reason)}`,
      );
      return open("tslab");
    }
  };
  if (wanted && !isEngineName(wanted)) {
    notices.push(
      `${ENGINE_VARIABLE} is ${JSON.stringify(wanted)}: there are the engines typescript and tslab.`,
    );
  }
  const engine = await open(wanted && isEngineName(wanted) ? wanted : DEFAULT_ENGINE);
  return notices.length > 0 ? withNotice(engine, notices.join("\n")) : engine;
}

/** Says it with the first cell that is compiled. */
function withNotice(engine: Engine, text: string): Engine {
  let notice: string | undefined = text;
  return {
    ...engine,
    compile(cell) {
      const result = engine.compile(cell);
      const told = notice;
      notice = undefined;
      return told === undefined ? result : { ...result, notice: told };
    },
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
