export { type ExportedNotebook, type ExportOptions, exportNotebook } from "./export/export-notebook.js";
export { HostError, type HostErrorCode } from "./host-error.js";
export { installKernel } from "./install/install-kernel.js";
export type { InstallTarget } from "./install/kernel-folder.js";
export { uninstallKernel } from "./install/uninstall-kernel.js";
export { KERNEL_NAME } from "./kernel-name.js";
export type { KernelAddress } from "./notebook/kernel-session.js";
export type { KernelRequest, KernelSource, OpenKernel } from "./notebook/kernel-source.js";
export type {
  Cell,
  CodeCell,
  DisplayOutput,
  ErrorOutput,
  Notebook,
  NotebookMetadata,
  Output,
  OutputData,
  ResultOutput,
  StreamOutput,
  TextCell,
} from "./notebook/notebook.js";
export { createNotebookRunner, type NotebookRunner, type RunnerOptions } from "./notebook/notebook-runner.js";
export type { ParameterOptions } from "./notebook/parameters/set-parameters.js";
export { parseNotebook, type ReadOptions, readNotebook } from "./notebook/read-notebook.js";
export { type RunOptions, runNotebook } from "./notebook/run-notebook.js";
export { type RunsOptions, runNotebooks } from "./notebook/run-notebooks.js";
export type {
  CellFailure,
  CellRun,
  CutOff,
  RunEvent,
  RunOutcome,
  RunReport,
} from "./notebook/run-report.js";
export type { NotebookRun, RunsEvent, RunsReport } from "./notebook/runs-report.js";
export type { CellRange } from "./notebook/select-cells.js";
export { writeNotebook } from "./notebook/write-notebook.js";
export type { RedactionReport } from "./redact/redaction-report.js";
export { parseServerAddress, type ServerAddress } from "./remote/server-address.js";
export { openServerPool, type ServerPool, type ServerPoolOptions } from "./remote/server-pool.js";
export type { KernelModel } from "./server/hosted-kernel.js";
export {
  type JupyterServer,
  type ServerOptions,
  type StartKernelOptions,
  startServer,
} from "./server/start-server.js";
