import { resolve } from "node:path";
import { loadModule } from "./load-module.js";
import type { ToolDefinition } from "./tool-definition.js";
import { ToolError } from "./tool-error.js";
import type { ToolRegistry } from "./tool-registry.js";

/**
 * Adds the tools of a JavaScript or TypeScript module: its default export, a {@link ToolDefinition} or a list of these. This
 * runs the module.
 *
 * @returns the names of the tools.
 * @throws ToolError `unreadable` when the module cannot be loaded; `bad_definition`, `duplicate`.
 */
export async function createToolsFromFile(registry: ToolRegistry, path: string): Promise<readonly string[]> {
  const file = resolve(path);
  let loaded: { readonly default?: unknown };
  try {
    loaded = await loadModule(file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ToolError("unreadable", path, `The tools in ${file} cannot be loaded: ${why}`, { cause });
  }
  const exported = loaded.default;
  const definitions = (Array.isArray(exported) ? exported : [exported]) as ToolDefinition[];
  return definitions.map((definition) => {
    if (typeof definition !== "object" || definition === null) {
      throw new ToolError("bad_definition", path, `${file} has no tool as its default export.`);
    }
    return registry.create(definition, { type: "file", path: file }).name;
  });
}
