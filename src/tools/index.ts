/** `claude-notebook/tools`: a registry of tools, for programs and for Claude. */
export { createToolsFromFile } from "./registry/create-from-file.js";
export { createToolsFromMcpServer, type McpToolsOptions } from "./registry/create-from-mcp.js";
export { createToolFromOpenApi, type OpenApiToolOptions } from "./registry/create-from-openapi.js";
export type { ToolQuery } from "./registry/find-tools.js";
export type { OpenApiDocument } from "./registry/openapi-operation.js";
export type {
  ExecuteOptions,
  ToolDefinition,
  ToolInfo,
  ToolOrigin,
  ToolPermission,
  ToolRun,
  ToolUsage,
} from "./registry/tool-definition.js";
export { ToolError, type ToolFailure } from "./registry/tool-error.js";
export { createToolProposals, type ToolProposal, type ToolProposals } from "./registry/tool-proposals.js";
export { type RegisteredTool, ToolRegistry, type ToolRegistryOptions } from "./registry/tool-registry.js";
