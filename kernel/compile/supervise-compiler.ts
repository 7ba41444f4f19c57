import {
  type CompilerClient,
  type CompilerPort,
  createCompilerConnection,
  type EngineAnswer,
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

/** The compiler ended while it worked on a cell. */
export class CompilerError extends Error {
  override readonly name = "CompilerError";
}

/** The number of calls whose answers nobody waits for. */
const REPLAYED = 0;

/**
 * Keeps a compile thread running: when it dies (of a full heap, of a fault of the compiler), what it worked on fails with
 * the reason, and another takes its place, which compiles the committed cells again. Should it die of that, the next one
 * starts without them. A thread that dies before it has answered anything, with nothing to compile again, is hopeless.
 */
export function superviseCompiler({
  isWanted,
  start,
  onReplaced,
  onHopeless,
}: CompilerSupervision): CompilerClient {
  const connection = createCompilerConnection();
  const { client } = connection;
  /** The cell that was compiled last; it may be committed yet. */
  let latest: CellSource | undefined;
  let committed: CellSource[] = [];

  const open = (): void => {
    const thread = start();
    const replayed: [keyof Engine, unknown][] = committed.flatMap((cell) => [
      ["compile", cell],
      ["commit", cell.key],
    ]);
    if (latest) replayed.push(["compile", latest]);
    let answers = 0;
    let error: Error | undefined;
    thread.on("message", () => answers++);
    thread.on("error", (thrown) => {
      error = thrown;
    });
    thread.on("exit", (code) => {
      const reason = describeEnd(error, code);
      const hasReplayed = answers >= replayed.length;
      if (answers === 0 && replayed.length === 0)
        return onHopeless(`The compiler cannot be started: ${reason}`);
      const lost = hasReplayed ? 0 : committed.length;
      if (!hasReplayed) {
        committed = [];
        latest = undefined;
      }
      const message = `${reason} ${describeLoss(lost)}`;
      giveUp(new CompilerError(message));
      onReplaced(message);
      open();
    });
    for (const [method, argument] of replayed) {
      thread.postMessage({ call: REPLAYED, method, args: [argument] });
    }
    const giveUp = connection.connect(thread);
  };
  void isWanted.then(open);

  return {
    ...client,
    async compile(cell) {
      const result = await client.compile(cell);
      if (!result.ok) return result;
      // A cell that is a module counts as soon as it is compiled, and has nothing to run.
      if (result.script.text === "") committed.push(cell);
      else latest = cell;
      return result;
    },
    async commit(key) {
      await client.commit(key);
      if (latest?.key === key) committed.push(latest);
      latest = undefined;
    },
    async reset() {
      committed = [];
      latest = undefined;
      await client.reset();
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
