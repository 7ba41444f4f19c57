import { type PermissionAsker, setPermissionAsker } from "../src/control/permission-asker.js";
import { setQueryContext } from "../src/origin.js";
import { display } from "./display/display.js";
import { setNotebookHost } from "./host.js";
import { slot } from "./io/shared-state.js";
import { createTextWriter } from "./io/text-ring.js";
import type { PostedByMain, ToMain } from "./io/thread-messages.js";
import type { AskingHost } from "./live/ask-in-cell.js";
import { createLiveResponses } from "./live/live-responses.js";
import { adaptConsole } from "./run/adapt-console.js";
import { answerWidgets } from "./run/answer-widgets.js";
import { captureStreams } from "./run/capture-streams.js";
import { createCellJournal } from "./run/cell-journal.js";
import { createCellModules } from "./run/cell-require.js";
import type { CellRuntime } from "./run/cell-runtime.js";
import { createCellTracker } from "./run/cell-tracker.js";
import { createComms } from "./run/comms.js";
import { createScope } from "./run/evaluate-script.js";
import { installGlobals } from "./run/globals.js";
import { guardProcess } from "./run/guard-process.js";
import { interruptCell } from "./run/interrupt-cell.js";
import { createLiveNotebook } from "./run/live-notebook.js";
import { createModuleLoader } from "./run/module-loader.js";
import { createOutput, type PostToIo } from "./run/output.js";
import { createPackageImports } from "./run/package-imports.js";
import { replyToCell } from "./run/reply-to-cell.js";
import { createSlotScopes } from "./run/slot-scopes.js";
import { createStackTraces } from "./run/stack-traces.js";
import { createStdin } from "./run/stdin.js";
import { createStoppedCells } from "./run/stopped-cells.js";
import type { Threads } from "./start-threads.js";

/** Runs the main thread: the user's code. The other threads have been started, so that they load meanwhile. */
export function startKernel({ shared, text, io, input, compiler, folder, outputPipes }: Threads): void {
  const writer = createTextWriter(text);
  const post: PostToIo = (message) =>
    io.postMessage({ message, textBefore: writer.position } satisfies PostedByMain);

  const stopped = createStoppedCells(shared);
  const cells = createCellTracker(stopped);
  const { output, journal } = createCellJournal(
    createOutput({ post, text: writer, shared, pipes: outputPipes }),
  );
  captureStreams((name, text) => {
    stopped.check();
    output.write(cells.current()?.id, name, text);
  });
  adaptConsole(console, { stdout: process.stdout, check: stopped.check });
  const comms = createComms(output, cells);
  answerWidgets(comms);
  const stdin = createStdin(input, post, cells);
  const packages = createPackageImports();
  const stacks = createStackTraces();
  const modules = createCellModules(folder, packages);
  const variables = createScope();
  const runtime: CellRuntime = {
    compiler,
    shared,
    output,
    journal,
    cells,
    stopped,
    packages,
    stacks,
    modules,
    folder,
    loader: createModuleLoader({
      packages,
      compiler,
      requireFrom: modules.requireFrom,
      onModules: (found) => {
        for (const each of found) stacks.add(each.path, { label: each.source, code: "", script: each });
      },
    }),
    slots: createSlotScopes(variables.scope),
    ...variables,
  };
  const live = createLiveResponses(comms);
  setNotebookHost({
    currentCell() {
      stopped.check();
      return cells.current();
    },
    comms,
    live,
    notebook: createLiveNotebook(runtime, journal),
  });
  setQueryContext(() => cells.current());
  askInCells({ live, currentCell: () => cells.current(), input: stdin.input });
  installGlobals(packages, {
    display,
    input: stdin.input,
    prompt: stdin.prompt,
    clearOutput: (wait = false) =>
      output.publish(cells.current()?.id, "clear_output", { wait: Boolean(wait) }),
  });
  guardProcess(post, runtime);

  const handlers: { [T in ToMain["type"]]: (message: Extract<ToMain, { type: T }>) => void } = {
    async execute(request) {
      post({ type: "finish", id: request.id, content: await replyToCell(runtime, request) });
    },
    interrupt({ cell }) {
      Atomics.add(shared, slot.interruptsSeen, 1);
      // Set although no cell's code runs now: V8 has ended it from outside, and nothing else can say so.
      Atomics.store(shared, slot.inSynchronousPart, 0);
      if (cells.running && cells.running.id === cell) interruptCell(cells.running);
    },
    comm_info({ id, target }) {
      post({ type: "finish", id, content: { status: "ok", comms: comms.list(target) } });
    },
    comm(event) {
      try {
        comms.receive(event);
      } catch (error) {
        console.error(error);
      }
      post({ type: "finish", id: event.id });
    },
    exit: ({ code }) => process.exit(code),
  };
  io.on("message", (message: ToMain) => handlers[message.type](message as never));
}

/** Lets the user decide about tool calls. What that takes is loaded when the first question comes. */
function askInCells(host: AskingHost): void {
  let asker: Promise<PermissionAsker> | undefined;
  setPermissionAsker(async (...call) => {
    asker ??= import("./live/ask-in-cell.js").then((module) => module.createCellAsker(host));
    return (await asker)(...call);
  });
}
