import { formatValue } from "../display/format.js";
import type { CellHandle, LiveNotebook } from "../host.js";
import { runCellMagic } from "../magics/run-cell-magic.js";
import type { Cell } from "./cell.js";
import type { CellRuntime } from "./cell-runtime.js";
import { declaredNames } from "./declared-names.js";
import { createEvaluate } from "./evaluate-cell.js";
import type { Scope } from "./evaluate-script.js";
import { describeFailure } from "./fail-cell.js";
import type { CellJournal } from "./journal-entry.js";

/** The notebook from inside, for what its cells' code may do with it. */
export function createLiveNotebook(runtime: CellRuntime, journal: CellJournal): LiveNotebook {
  const { scope, compiler, packages, stacks, cells } = runtime;
  const isDeclared = (name: string): boolean => declaredNames(scope).includes(name);

  const notebook: LiveNotebook = {
    journal,
    get names() {
      return declaredNames(scope).sort();
    },
    read(name) {
      if (!isDeclared(name)) return undefined;
      try {
        return { value: scope[name] };
      } catch {
        // Declared by a cell that failed before it had a value.
        return { value: undefined };
      }
    },
    async describeType(name) {
      if (!isDeclared(name)) return undefined;
      const found = await compiler.inspect(name, name.length);
      return found?.signature;
    },
    isOwn: (value) => packages.holds(value),
    async run(cell, code) {
      if (!cell.running) throw new Error("The cell that asked has ended, so no code can run in its name.");
      const own = cell as Cell;
      const evaluate = createEvaluate(runtime, own, "claude");
      const { value: failure, output } = await journal.during(cell.id, async () => {
        try {
          const { value } = await runCellMagic(code, { runtime, cell: own, evaluate });
          if (value === undefined) return undefined;
          const data = await own.orInterrupted(Promise.resolve(formatValue(value)));
          if (Object.keys(data).length > 0) cell.display(data);
          return undefined;
        } catch (error) {
          own.signal.throwIfAborted();
          return describeFailure(stacks, error, { label: "Claude's code", code });
        }
      });
      return failure ? { ok: false, error: failure, output } : { ok: true, output };
    },
    async declare(cell: CellHandle, name, value, type) {
      const place = Symbol.for("claude-notebook.declared");
      const globals = globalThis as unknown as Record<symbol, unknown>;
      globals[place] = value;
      try {
        const read = `(globalThis as any)[Symbol.for("${place.description}")]`;
        await createEvaluate(runtime, cell as Cell)(`let ${name}: ${type} = ${read};`);
      } finally {
        delete globals[place];
      }
    },
    async restore(name, value, signature) {
      const isSame = signature === undefined || (await notebook.describeType(name)) === signature;
      if (isSame && canAssign(scope, name, value)) return;
      const cell = cells.current() as Cell;
      const declare = (type: string): Promise<void> => notebook.declare(cell, name, value, type);
      const type = signature === undefined ? undefined : typeIn(signature, name);
      // A type that cannot be written down, such as that of a class in a function, is not known any more.
      await declare(type ?? "any").catch(() => declare("any"));
    },
    setNextCell(cell, code) {
      const { payload } = cell as Cell;
      const earlier = payload.findIndex(({ source }) => source === "set_next_input");
      // Front ends heed one, JupyterLab the first: the last word counts, as with ipykernel.
      if (earlier >= 0) payload.splice(earlier, 1);
      payload.push({ source: "set_next_input", text: code, replace: false });
    },
  };
  return notebook;
}

/** Gives a variable a value. @returns false for a constant, which can only be declared anew */
function canAssign(scope: Scope, name: string, value: unknown): boolean {
  try {
    scope[name] = value;
    return true;
  } catch {
    return false;
  }
}

/** The type of a variable in what the checker says of it, as in `const rows: Row[]`. */
function typeIn(signature: string, name: string): string | undefined {
  const [, declared, type] = /^(?:const|let|var) ([^:\s]+): ([\s\S]+)$/.exec(signature) ?? [];
  return declared === name ? type : undefined;
}
