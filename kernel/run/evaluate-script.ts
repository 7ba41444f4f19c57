import { Script } from "node:vm";
import { type SharedState, slot } from "../io/shared-state.js";
import { isInterrupt } from "./cell.js";

/** How the function around a cell's code is called: by that name its frames are known. */
export const CELL_BODY = "__claudeNotebookCell";

/** The variables of the notebook, by name. */
export type Scope = Record<string, unknown>;

/** Without this, Node puts a line of the emitted script and an arrow above the stack of what is thrown. */
const quiet = { displayErrors: false } as const;
/** Where the function to call stands for a moment; scripts see nothing but globals. */
const CALL = "__claudeNotebookCall";
const callScript = new Script(`${CALL}()`, { filename: "claude-notebook:call" });

/**
 * The scope that cells export to. TypeScript defines imported names as getters; here they become plain values, so that a
 * later cell can assign them.
 */
export function createScope(): { readonly scope: Scope; readonly exports: Scope } {
  const scope: Scope = Object.create(null) as Scope;
  const exports = new Proxy(scope, {
    defineProperty(_target, name, { get, value }) {
      if (name !== "__esModule") scope[name as string] = get ? get.call(scope) : value;
      return true;
    },
  });
  return { scope, exports };
}

/**
 * Runs a cell up to its first await.
 * SIGINT ends this part (`breakOnSigint`): it throws an error with the code ERR_SCRIPT_EXECUTION_INTERRUPTED.
 *
 * @param body of {@link compileBody}, @param args for its parameters.
 * @returns for an asynchronous cell, its promise.
 */
export function evaluateScript(body: Script, args: readonly unknown[], shared: SharedState): unknown {
  const bind = body.runInThisContext(quiet) as (...args: readonly unknown[]) => () => unknown;
  const globals = globalThis as unknown as Record<string, unknown>;
  const run = bind(...args);
  Object.defineProperty(globalThis, CALL, {
    configurable: true,
    get() {
      delete globals[CALL];
      // Now that this script is there to be ended: the thread that hears SIGINT wants to start one after it.
      Atomics.add(shared, slot.synchronousParts, 1);
      Atomics.notify(shared, slot.synchronousParts);
      return run;
    },
  });
  Atomics.store(shared, slot.inSynchronousPart, 1);
  try {
    return callScript.runInThisContext({ breakOnSigint: true, ...quiet });
  } catch (error) {
    if (isInterrupt(error)) Atomics.store(shared, slot.ownSigintAt, 0);
    throw error;
  } finally {
    Atomics.store(shared, slot.inSynchronousPart, 0);
  }
}

/** The body of a function. */
export interface ScriptBody {
  readonly text: string;
  readonly parameters: readonly string[];
  readonly isAsync: boolean;
  /** Names the script in stack traces. */
  readonly filename: string;
}

/**
 * Makes code a function. The engine may not see every top-level await (`for await`): a body that is no synchronous
 * one is asynchronous. A function of its own inside, so that a cell may declare `require` or `exports` itself.
 *
 * @throws SyntaxError what TypeScript let pass and V8 refuses, or has no stack for.
 */
export function compileBody({ text, parameters, isAsync, filename }: ScriptBody): Script {
  const compile = (prefix: string): Script =>
    // The functions' heads have a line of their own, before the first.
    new Script(
      `(function (${parameters.join(", ")}) { return (${prefix}function ${CELL_BODY}() {\n${text}\n}); })`,
      { filename, lineOffset: -1, ...quiet },
    );
  try {
    if (isAsync) return compile("async ");
    try {
      return compile("");
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return compile("async ");
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SyntaxError("The code nests too deep for Node's V8. Give parts of it names.", { cause: error });
  }
}
