import type { ToolInfo } from "../../src/tools/registry/tool-definition.js";
import type { ViewPart } from "../response/parts.js";

/** A list of tools as a table. */
export function toolsParts(list: readonly ToolInfo[]): readonly ViewPart[] {
  const tools = list.map(
    ({ name, version, description, enabled, permission, origin, inputSchema, usage }) => ({
      name,
      version,
      description,
      enabled,
      permission,
      origin: origin.type,
      takes: Object.keys((inputSchema.properties as object | undefined) ?? {}),
      calls: usage.calls,
      failed: usage.failures + usage.timeouts + usage.invalid,
    }),
  );
  return [{ id: "tools", type: "view", state: "done", view: "tools", data: { tools } }];
}
