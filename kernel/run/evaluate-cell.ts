import type { CompileResult, Emitted } from "../compile/engine.js";
import { compileWithMagics } from "../magics/compile-with-magics.js";
import { createMagicCalls } from "../magics/magic-calls.js";
import { type Cell, cellLabel } from "./cell.js";
import type { CellRuntime, Evaluate } from "./cell-runtime.js";
import { CompileError } from "./compile-error.js";
import { compileBody, evaluateScript, type Scope } from "./evaluate-script.js";
import { mentionsPackageGlobals } from "./globals.js";

let sequence = 0;

/** What compiles and evaluates code for a cell. */
export function createEvaluate(runtime: CellRuntime, cell: Cell): Evaluate {
  const { compiler, modules, stacks, stopped, shared, scope, exports } = runtime;
  const evaluate: Evaluate = async (code, { commits = true, label = cellLabel(cell) } = {}) => {
    const key = `cell-${++sequence}`;
    const filename = `${key}.ts`;
    const compile = (text: string): Promise<CompileResult> => compileText(runtime, key, text);
    const { compiled, text, lines, shifts } = await cell.orInterrupted(compileWithMagics(code, compile));
    if (!compiled.ok) throw new CompileError(compiled.diagnostics);
    const { script, resultName } = compiled;
    stacks.add(filename, { label, code, script, shifts });
    if (script.text === "") return { value: undefined };
    const body = compileBody(compiled, filename);
    const imports = [...script.imports, ...(mentionsPackageGlobals(script.text) ? ["claude-notebook"] : [])];
    await cell.orInterrupted(modules.prefetch(imports));
    const magics = createMagicCalls(lines, { runtime, cell, evaluate });
    try {
      const promise = evaluateScript(body, { exports, require: modules.require, shared });
      if (promise instanceof Promise) {
        const goesOn = (): void => stopped.add(filename, cell, promise);
        cell.signal.addEventListener("abort", goesOn, { once: true });
        await cell.orInterrupted(promise);
      }
    } finally {
      // After %reset the cell's declarations count without those of the cells before it.
      if (magics.hasReset) await compile(text);
      // Also when it failed: what it declared up to there stays, as in Python.
      if (commits) await compiler.commit(key);
      magics.forget();
    }
    return { value: takeResult(scope, resultName) };
  };
  return evaluate;
}

async function compileText(
  { compiler, modules, stacks }: CellRuntime,
  key: string,
  code: string,
): Promise<CompileResult> {
  const compiled = await compiler.compile({ key, code });
  // The engine tells of a changed module once: it counts even when the cell was interrupted meanwhile.
  for (const module of (compiled as Partial<Emitted>).modules ?? []) {
    modules.addLocal([module]);
    stacks.add(module.path, { label: module.source, code: "", script: module });
  }
  return compiled;
}

function takeResult(scope: Scope, name: string | undefined): unknown {
  if (name === undefined) return undefined;
  const value = scope[name];
  delete scope[name];
  return value;
}
