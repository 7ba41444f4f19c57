import { join } from "node:path";
import {
  type Binding,
  type CommonJsBinding,
  type Emitted,
  SLOT_PARAMETERS,
  type SlotBinding,
} from "../compile/engine.js";
import type { CellRuntime } from "./cell-runtime.js";
import { compileBody, evaluateScript, type Scope } from "./evaluate-script.js";
import { liveNames } from "./slot-scopes.js";

/** A script that can run, connected with the cells before it. */
export interface BoundScript {
  /** Runs it up to its first await; the promise of the rest, if there is one. */
  start(): unknown;
  /** It has run, or failed. @returns the values that it has. */
  end(hasFailed: boolean, counts: boolean): readonly string[];
  /** The value of its last expression, once. */
  takeResult(): unknown;
}

type Binder<B extends Binding> = (
  runtime: CellRuntime,
  compiled: Emitted,
  binding: B,
  filename: string,
) => BoundScript;

const bindCommonJs: Binder<CommonJsBinding> = (runtime, { script, isAsync }, { resultName }, filename) => {
  const { exports, scope, modules, shared } = runtime;
  const parameters = ["exports", "require"];
  const body = compileBody({ text: script.text, parameters, isAsync, filename });
  return {
    start: () => evaluateScript(body, [exports, modules.require], shared),
    end: () => [],
    takeResult() {
      if (resultName === undefined) return undefined;
      const value = scope[resultName];
      delete scope[resultName];
      return value;
    },
  };
};

const bindToSlot: Binder<SlotBinding> = (runtime, { script, isAsync }, binding, filename) => {
  const { slots, loader, folder, shared } = runtime;
  const { slot, uses, values, replaces } = binding;
  const parameters = [...SLOT_PARAMETERS, ...uses.map((each) => `__cell${each}`)];
  const body = compileBody({ text: script.text, parameters, isAsync, filename });
  // Before the slot gets its new scope: a cell may use what its slot had last.
  const used = uses.map(slots.get);
  const scope: Scope = slots.open(slot);
  const result: { value?: unknown } = {};
  return {
    start: () =>
      evaluateScript(body, [scope, result, ...loader.parameters(join(folder, filename)), ...used], shared),
    end(hasFailed, counts) {
      const live = !counts ? [] : hasFailed ? liveNames(scope, values) : values;
      slots.close(slot, live, replaces);
      return live;
    },
    takeResult: () => result.value,
  };
};

const binders: { [T in Binding["type"]]: Binder<Extract<Binding, { type: T }>> } = {
  commonjs: bindCommonJs,
  slots: bindToSlot,
};

/** @throws SyntaxError what the compiler let pass and V8 refuses. */
export function bindScript(runtime: CellRuntime, compiled: Emitted, filename: string): BoundScript {
  const bind = binders[compiled.binding.type] as Binder<Binding>;
  return bind(runtime, compiled, compiled.binding, filename);
}
