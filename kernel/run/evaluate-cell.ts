import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { describeWarnings } from "../compile/describe-diagnostics.js";
import type { CompileResult, Emitted } from "../compile/engine.js";
import { stopSlowCompiler } from "../compile/stop-compiler.js";
import { loadLadder } from "../display/format.js";
import { compileWithMagics } from "../magics/compile-with-magics.js";
import { createMagicCalls } from "../magics/magic-calls.js";
import { bindScript } from "./bind-script.js";
import { type Cell, cellLabel, isInterrupt } from "./cell.js";
import type { CellRuntime, Evaluate } from "./cell-runtime.js";
import { CompileError } from "./compile-error.js";
import { mentionsPackageGlobals } from "./globals.js";
import { type Author, scriptNames } from "./script-author.js";

let sequence = 0;

/** How long a check may go on after an interrupt, in ms: to start the compiler again takes about as long. */
const PATIENCE_MS = 400;

/** What compiles and evaluates code for a cell. @param author whose code it is, which its scripts are named after */
export function createEvaluate(runtime: CellRuntime, cell: Cell, author: Author = "user"): Evaluate {
  const { compiler, modules, stacks, stopped } = runtime;
  const evaluate: Evaluate = async (code, { commits = true, label = cellLabel(cell) } = {}) => {
    const key = `${scriptNames[author]}${++sequence}`;
    const filename = `${key}.ts`;
    const compile = (text: string): Promise<CompileResult> => compileText(runtime, key, text);
    let counts = false;
    let live: readonly string[] = [];
    try {
      const compiling = compileWithMagics(code, compile);
      const showing = loadLadder();
      const { compiled, text, lines, shifts } = await cell.orInterrupted(compiling).catch((error) => {
        if (isInterrupt(error)) void endCompiling(runtime, compiling);
        throw error;
      });
      if (!compiled.ok) throw new CompileError(compiled.diagnostics);
      warn(compiled, { label, code });
      const { script } = compiled;
      stacks.add(filename, { label, code, script, shifts });
      if (script.text === "") {
        counts = commits;
        return { value: undefined };
      }
      const bound = bindScript(runtime, compiled, filename);
      await showing;
      await cell.orInterrupted(modules.prefetch(prefetched(compiled)));
      const magics = createMagicCalls(lines, { runtime, cell, evaluate });
      let hasFailed = true;
      try {
        const promise = bound.start();
        if (promise instanceof Promise) {
          const goesOn = (): void => stopped.add(filename, cell, promise);
          cell.signal.addEventListener("abort", goesOn, { once: true });
          await cell.orInterrupted(promise);
        }
        hasFailed = false;
      } finally {
        // Also when it failed: what it declared up to there stays, as in Python.
        counts = commits;
        live = bound.end(hasFailed, commits);
        // After %reset the cell's declarations count without those of the cells before it.
        if (magics.hasReset) await compile(text);
        magics.forget();
      }
      return { value: bound.takeResult() };
    } finally {
      // Nobody waits for it: calls are answered in their order, so the next cell is compiled after it.
      const noted = counts ? compiler.commit(key, live) : compiler.discard(key);
      noted.catch((error) => process.stderr.write(`${error instanceof Error ? error.message : error}\n`));
    }
  };
  return evaluate;
}

/** What has to be loaded before a script runs; scripts in slots load the rest themselves. */
function prefetched({ script, binding }: Emitted): string[] {
  const globals = mentionsPackageGlobals(script.text) ? ["claude-notebook"] : [];
  return binding.type === "commonjs" ? [...script.imports, ...globals] : globals;
}

async function compileText(
  { compiler, modules, loader, stacks }: CellRuntime,
  key: string,
  code: string,
): Promise<CompileResult> {
  const compiled = await compiler.compile({ key, code });
  if (compiled.notice !== undefined) process.stderr.write(`${compiled.notice}\n`);
  if (!compiled.ok) return compiled;
  // The engine tells of a changed module once: it counts even when the cell was interrupted meanwhile.
  const { binding, modules: found } = compiled;
  if (binding.type === "commonjs") modules.addLocal(found);
  else loader.add(found);
  for (const module of found) stacks.add(module.path, { label: module.source, code: "", script: module });
  return compiled;
}

/** The user would not wait for the check: one that does not end soon is ended. */
async function endCompiling({ shared }: CellRuntime, compiling: Promise<unknown>): Promise<void> {
  const isDone = await Promise.race([compiling.then(always, always), sleep(PATIENCE_MS, false)]);
  if (!isDone) stopSlowCompiler(shared, PATIENCE_MS / 2);
}

const always = (): boolean => true;

function warn({ warnings }: Emitted, source: { readonly label: string; readonly code: string }): void {
  for (const line of describeWarnings(warnings, source)) {
    process.stderr.write(`${stripVTControlCharacters(line)}\n`);
  }
}
