import type { CompilerClient } from "../compile/compiler-client.js";
import type { SharedState } from "../io/shared-state.js";
import type { CellModules } from "./cell-require.js";
import type { CellTracker } from "./cell-tracker.js";
import type { Scope } from "./evaluate-script.js";
import type { CellJournal } from "./journal-entry.js";
import type { ModuleLoader } from "./module-loader.js";
import type { Output } from "./output.js";
import type { PackageImports } from "./package-imports.js";
import type { SlotScopes } from "./slot-scopes.js";
import type { StackTraces } from "./stack-traces.js";
import type { StoppedCells } from "./stopped-cells.js";

/** What cells run in. */
export interface CellRuntime {
  readonly compiler: CompilerClient;
  readonly shared: SharedState;
  readonly output: Output;
  readonly journal: CellJournal;
  readonly cells: CellTracker;
  readonly stacks: StackTraces;
  readonly stopped: StoppedCells;
  readonly packages: PackageImports;
  readonly modules: CellModules;
  readonly loader: ModuleLoader;
  readonly slots: SlotScopes;
  /** The notebook's folder. */
  readonly folder: string;
  /** The notebook's variables, and the view of them that scripts write to. */
  readonly scope: Scope;
  readonly exports: Scope;
}

/**
 * Runs code in the name of a cell and gives the value of its last expression. The promise rejects with what the code
 * throws, a `CompileError`, or the cell's interrupt.
 */
export type Evaluate = (code: string, options?: EvaluateOptions) => Promise<Evaluated>;

/** In an object, because the value can be a promise that nobody has awaited. */
export interface Evaluated {
  readonly value: unknown;
}

export interface EvaluateOptions {
  /** Whether later cells see what the code declares. @defaultValue true */
  readonly commits?: boolean;
  /** How stack traces name the code. @defaultValue the cell, as `cell[3]` */
  readonly label?: string;
}
