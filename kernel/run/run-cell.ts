import { abortQueries } from "../../src/active-queries.js";
import { ClaudeSDKError } from "../../src/errors.js";
import type { CompilerClient } from "../compile/compiler-client.js";
import { describeDiagnostics } from "../compile/describe-diagnostics.js";
import type { CompileResult, Diagnostic, Emitted } from "../compile/engine.js";
import { formatValue } from "../display/format.js";
import type { CellOutcome, MimeBundle } from "../host.js";
import type { SharedState } from "../io/shared-state.js";
import type { ExecuteCell } from "../io/thread-messages.js";
import type { Json } from "../io/wire.js";
import { type Cell, createCell, isInterrupt } from "./cell.js";
import type { CellModules } from "./cell-require.js";
import type { CellTracker } from "./cell-tracker.js";
import { describeError, type ErrorContent } from "./describe-error.js";
import { evaluateScript, type Scope } from "./evaluate-script.js";
import { mentionsPackageGlobals } from "./globals.js";
import type { Output } from "./output.js";
import type { PackageImports } from "./package-imports.js";
import type { StackTraces } from "./stack-traces.js";

/** What cells run in. */
export interface CellRuntime {
  readonly compiler: CompilerClient;
  readonly shared: SharedState;
  readonly output: Output;
  readonly cells: CellTracker;
  readonly stacks: StackTraces;
  readonly packages: PackageImports;
  readonly modules: CellModules;
  /** The notebook's variables, and the view of them that scripts write to. */
  readonly scope: Scope;
  readonly exports: Scope;
}

/** A cell that does not compile. */
class CompileError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super("The cell does not compile.");
    this.diagnostics = diagnostics;
  }
}

let sequence = 0;

/**
 * Runs a cell: compile, evaluate, show the value or the error.
 *
 * @returns the content of the execute_reply.
 */
export async function runCell(runtime: CellRuntime, request: ExecuteCell): Promise<Json> {
  const { cells, output } = runtime;
  const cell = createCell(request, output, (error) => console.error(error));
  const run = createEvaluation(runtime, cell);
  try {
    const value = await cells.run(cell, () => run(request.code));
    await cell.finish("ok");
    if (value !== undefined && !cell.silent) await showResult(output, cell, value);
    const user_expressions = await evaluateExpressions(runtime, run, request.userExpressions);
    return { status: "ok", payload: [], user_expressions };
  } catch (error) {
    return await fail(runtime, cell, request.code, error);
  } finally {
    cells.end(cell);
  }
}

/** Stops a cell that awaits something: its promise, its signal, and the queries it has asked Claude. */
export function interruptCell(cell: Cell): void {
  cell.interrupt();
  void abortQueries((origin) => origin.context === cell, cell.signal.reason);
}

/** Compiles and evaluates code for a cell; gives the value of its last expression. */
function createEvaluation(
  runtime: CellRuntime,
  cell: Cell,
): (code: string, commits?: boolean) => Promise<unknown> {
  const { compiler, modules, stacks, shared, scope, exports } = runtime;
  return async (code, commits = true) => {
    const key = `cell-${++sequence}`;
    const filename = `${key}.ts`;
    const compiled = await cell.orInterrupted(compile(runtime, key, code));
    if (!compiled.ok) throw new CompileError(compiled.diagnostics);
    const { script, resultName } = compiled;
    stacks.add(filename, { label: cellLabel(cell), code, script });
    if (script.text === "") return undefined;
    const imports = [...script.imports, ...(mentionsPackageGlobals(script.text) ? ["claude-notebook"] : [])];
    await cell.orInterrupted(modules.prefetch(imports));
    try {
      const promise = evaluateScript(compiled, { filename, exports, require: modules.require, shared });
      if (promise instanceof Promise) await cell.orInterrupted(promise);
    } finally {
      // Also when it failed: what it declared up to there stays, as in Python.
      if (commits) await compiler.commit(key);
    }
    return takeResult(scope, resultName);
  };
}

async function compile(
  { compiler, modules, stacks }: CellRuntime,
  key: string,
  code: string,
): Promise<CompileResult> {
  const compiled = await compiler.compile({ key, code });
  // The engine tells of a changed module once: it counts even when the cell was interrupted meanwhile.
  for (const module of (compiled as Emitted).modules ?? []) {
    modules.addLocal([module]);
    stacks.add(module.path, { label: module.path, code: "", script: module });
  }
  return compiled;
}

function takeResult(scope: Scope, name: string | undefined): unknown {
  if (name === undefined) return undefined;
  const value = scope[name];
  delete scope[name];
  return value;
}

async function showResult(output: Output, cell: Cell, value: unknown): Promise<void> {
  const data = await cell.orInterrupted(Promise.resolve(formatValue(value)));
  if (Object.keys(data).length === 0) return;
  output.publish(cell.id, "execute_result", { data, metadata: {}, execution_count: cell.executionCount });
}

async function evaluateExpressions(
  { stacks }: CellRuntime,
  run: (code: string, commits: boolean) => Promise<unknown>,
  expressions: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  for (const [name, code] of Object.entries(expressions)) {
    try {
      const data: MimeBundle = await formatValue(await run(code, false));
      results[name] = { status: "ok", data, metadata: {} };
    } catch (error) {
      results[name] = { status: "error", ...describe(stacks, error, { label: name, code }) };
    }
  }
  return results;
}

/** Ends a cell that threw: what it still shows goes out before the error, and the error before the reply. */
async function fail(
  { stacks, output }: CellRuntime,
  cell: Cell,
  code: string,
  error: unknown,
): Promise<Json> {
  const outcome: CellOutcome = isInterrupt(error) || cell.signal.aborted ? "interrupted" : "error";
  // Interrupted in its synchronous part, the cell's signal has not fired yet.
  if (outcome === "interrupted") interruptCell(cell);
  else if (ClaudeSDKError.isInstance(error)) await showSdkError(error, cell);
  await cell.finish(outcome);
  const content = describe(stacks, error, { label: cellLabel(cell), code });
  output.publish(cell.id, "error", { ...content });
  return { status: "error", ...content };
}

/** An error of the SDK gets a panel that says what to do about it. */
async function showSdkError(error: unknown, cell: Cell): Promise<void> {
  try {
    const { showCellError } = await import("../response/display-response.js");
    showCellError(error, cell);
  } catch (failure) {
    console.error("The error could not be shown as a panel:", failure);
  }
}

function describe(
  stacks: StackTraces,
  error: unknown,
  source: { label: string; code: string },
): ErrorContent {
  return error instanceof CompileError
    ? describeDiagnostics(error.diagnostics, source)
    : describeError(error, stacks);
}

function cellLabel({ executionCount }: Cell): string {
  return `cell[${executionCount}]`;
}
