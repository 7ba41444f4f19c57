import { ENGINE_NAMES, type EngineName } from "./engine.js";

/** Variable of the kernel's environment that names the engine. */
export const ENGINE_VARIABLE = "CLAUDE_NOTEBOOK_ENGINE";

export const DEFAULT_ENGINE: EngineName = "typescript";

export function isEngineName(text: string): text is EngineName {
  return (ENGINE_NAMES as readonly string[]).includes(text);
}
