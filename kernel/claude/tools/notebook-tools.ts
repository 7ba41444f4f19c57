import { createSdkMcpServer, type SdkMcpServer } from "../../../src/tools/create-sdk-mcp-server.js";
import { describeType } from "./describe-type.js";
import { findUsages } from "./find-usages.js";
import { getCellOutput } from "./get-cell-output.js";
import { inspectVariable } from "./inspect-variable.js";
import { listVariables } from "./list-variables.js";
import { runCell } from "./run-cell.js";
import { sampleTable } from "./sample-table.js";
import { setNextCell } from "./set-next-cell.js";
import type { NotebookTool, ToolSite } from "./tool-site.js";

/** The live kernel, as tools for Claude. */
const notebookTools: readonly NotebookTool[] = [
  listVariables,
  inspectVariable,
  sampleTable,
  describeType,
  getCellOutput,
  findUsages,
  setNextCell,
  runCell,
];

/** What Claude knows the server as: its tools are `mcp__notebook__list_variables` and so on. */
export const NOTEBOOK_SERVER = "notebook";

/** The rule that lets the CLI pass them all: they look and change nothing, and `run_cell` asks by itself. */
export const NOTEBOOK_RULE = `mcp__${NOTEBOOK_SERVER}`;

/** The server of one turn. */
export function createNotebookServer(site: ToolSite): SdkMcpServer {
  return createSdkMcpServer({ name: NOTEBOOK_SERVER, tools: notebookTools.map((make) => make(site)) });
}
