import {
  type CompilerClient,
  type CompilerPort,
  createCompilerConnection,
  type EngineAnswer,
  READY,
} from "./compiler-client.js";
import type { CellSource, Engine } from "./engine.js";

/** A thread that runs the engine. */
export interface CompilerThread extends CompilerPort {
  on(event: "message", take: (answer: EngineAnswer) => void): unknown;
  on(event: "error", take: (error: Error) => void): unknown;
  on(event: "exit", take: (code: number) => void): unknown;
}

export interface CompilerSupervision {
  /** When the first is to be started. Calls made before that wait. */
  readonly isWanted: Promise<unknown>;
  /** Starts a thread; called again each time the one before has died. */
  start(): CompilerThread;
  /** Is told that a thread died, and what of the notebook its successor knows. */
  onReplaced(message: string): void;
  /** Is told that there is no compiler and will be none. */
  onHopeless(message: string): void;
}

interface CommittedCell {
  readonly cell: CellSource;
  readonly live: readonly string[];
}

/** The compiler ended while it worked on a cell. */
export class CompilerError extends Error {
  override readonly name = "CompilerError";
}

/** The number of calls whose answers nobody waits for. */
const REPLAYED = 0;

/**
 * Keeps a compile thread running: when it dies (of a full heap, of a fault of the compiler), what it worked on fails with
 * the reason, and another takes its place, which compiles the committed cells again. Should it die of that, the next one
 * starts without them. A thread that dies before it is ready, with nothing to compile again, is hopeless.
 */
export function superviseCompiler({
  isWanted,
  start,
  onReplaced,
  onHopeless,
}: CompilerSupervision): CompilerClient {
  const connection = createCompilerConnection();
  const { client } = connection;
  /** Cells that were compiled and may be committed yet, by key. */
  const pending = new Map<string, CellSource>();
  let committed: CommittedCell[] = [];

  const open = (): void => {
    const thread = start();
    const replayed: [keyof Engine, unknown[]][] = committed.flatMap(({ cell, live }) => [
      ["compile", [cell]],
      ["commit", [cell.key, live]],
    ]);
    for (const cell of pending.values()) replayed.push(["compile", [cell]]);
    let answers = 0;
    let isReady = false;
    let error: Error | undefined;
    thread.on("message", ({ call }) => {
      isReady = true;
      if (call !== READY.call) answers++;
    });
    thread.on("error", (thrown) => {
      error = thrown;
    });
    thread.on("exit", (code) => {
      const reason = describeEnd(error, code);
      const hasReplayed = answers >= replayed.length;
      if (!isReady && replayed.length === 0) return onHopeless(`The compiler cannot be started: ${reason}`);
      const lost = hasReplayed ? 0 : committed.length;
      if (!hasReplayed) {
        committed = [];
        pending.clear();
      }
      const message = `${reason} ${describeLoss(lost)}`;
      giveUp(new CompilerError(message));
      onReplaced(message);
      open();
    });
    for (const [method, args] of replayed) {
      thread.postMessage({ call: REPLAYED, method, args });
    }
    const giveUp = connection.connect(thread);
  };
  void isWanted.then(open);

  return {
    ...client,
    async compile(cell) {
      const result = await client.compile(cell);
      if (!result.ok) return result;
      const { script, binding } = result;
      // Scopes are known by their slots: who compiles the cell again must give it the same one.
      const again = binding.type === "slots" ? { ...cell, slot: binding.slot } : cell;
      // A cell that is a module counts as soon as it is compiled, and has nothing to run.
      if (script.text === "") committed.push({ cell: again, live: [] });
      else pending.set(cell.key, again);
      return result;
    },
    commit(key, live) {
      // At once: should the thread die before it has done so, its successor is told.
      const cell = pending.get(key);
      if (cell) committed.push({ cell, live });
      pending.delete(key);
      return client.commit(key, live);
    },
    async discard(key) {
      pending.delete(key);
      await client.discard(key);
    },
    reset() {
      committed = [];
      return client.reset();
    },
  };
}

function describeEnd(error: Error | undefined, code: number): string {
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY") {
    return "The compiler ended because its memory was full: make the cell smaller, read data from a file, or start the kernel with NODE_OPTIONS=--max-old-space-size=8192.";
  }
  return `The compiler ended: ${error ? error.message : `exit code ${code}`}.`;
}

function describeLoss(lost: number): string {
  return lost === 0
    ? "It was started again; the variables and the types of earlier cells are there."
    : `It was started again without the types of the ${lost} earlier cells: run those that you need again. The values are there.`;
}
