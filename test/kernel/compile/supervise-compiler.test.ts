import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { type EngineCall, READY } from "../../../kernel/compile/compiler-client.js";
import { type CompilerThread, superviseCompiler } from "../../../kernel/compile/supervise-compiler.js";

/** A thread that answers what it is told to and records the calls. */
class FakeThread extends EventEmitter {
  readonly calls: EngineCall[] = [];
  postMessage(call: EngineCall): void {
    this.calls.push(call);
    const [argument] = call.args as [{ code?: string }?];
    if (argument?.code === "deadly") {
      setImmediate(() => {
        this.emit("error", new Error("a fault"));
        this.emit("exit", 1);
      });
      return;
    }
    const text = argument?.code?.startsWith("/** @module") ? "" : "text";
    const script = { text, sourceMaps: [], prefixLines: 0, imports: [] };
    const value = { ok: true, script, binding: { type: "commonjs" }, modules: [] };
    setImmediate(() => this.emit("message", { call: call.call, value }));
  }
}

function supervise() {
  const threads: FakeThread[] = [];
  const messages: string[] = [];
  const hopeless: string[] = [];
  const compiler = superviseCompiler({
    isWanted: Promise.resolve(),
    start() {
      const thread = new FakeThread();
      threads.push(thread);
      return thread as CompilerThread;
    },
    onReplaced: (message) => messages.push(message),
    onHopeless: (message) => hopeless.push(message),
  });
  const run = async (key: string, code: string): Promise<void> => {
    await compiler.compile({ key, code });
    await compiler.commit(key, []);
  };
  return { compiler, threads, messages, hopeless, run };
}

const codes = (thread: FakeThread | undefined): unknown[] =>
  (thread?.calls ?? []).map(({ method, args }) => [method, (args[0] as { code?: string }).code ?? args[0]]);

test("the successor of a dead compiler compiles the committed cells again, in order, and no others", async () => {
  const { compiler, threads, messages, run } = supervise();
  await run("1", "one");
  await compiler.compile({ key: "2", code: "never committed" });
  await compiler.discard("2");
  await run("3", "/** @module three */");
  await run("4", "four");
  await expect(compiler.compile({ key: "5", code: "deadly" })).rejects.toThrow(
    /The compiler ended: a fault.*types of earlier cells are there/s,
  );
  await run("6", "six");
  expect(messages).toHaveLength(1);
  expect(codes(threads[1])).toEqual([
    ...[
      ["compile", "one"],
      ["commit", "1"],
    ],
    ...[
      ["compile", "/** @module three */"],
      ["commit", "3"],
    ],
    ...[
      ["compile", "four"],
      ["commit", "4"],
    ],
    ...[
      ["compile", "six"],
      ["commit", "6"],
    ],
  ]);
});

test("a cell that runs while the compiler dies can be committed afterwards", async () => {
  const { compiler, threads } = supervise();
  await compiler.compile({ key: "1", code: "one" });
  threads[0]?.emit("exit", 1);
  await compiler.commit("1", []);
  expect(codes(threads[1])).toEqual([
    ["compile", "one"],
    ["commit", "1"],
  ]);
});

test("what %reset forgot is not compiled again", async () => {
  const { compiler, threads, run } = supervise();
  await run("1", "one");
  await compiler.reset();
  await run("2", "two");
  await compiler.compile({ key: "3", code: "deadly" }).catch(() => {});
  await compiler.isComplete("x");
  expect(codes(threads[1]).slice(0, 2)).toEqual([
    ["compile", "two"],
    ["commit", "2"],
  ]);
});

test("a compiler that dies while it compiles earlier cells again is replaced by one without them, which says so", async () => {
  const { compiler, threads, messages, run } = supervise();
  await run("1", "one");
  threads[0]?.emit("exit", 1);
  threads[1]?.emit("exit", 1);
  await compiler.isComplete("x");
  expect(threads).toHaveLength(3);
  expect(codes(threads[2])).toEqual([["isComplete", "x"]]);
  expect(messages[1]).toMatch(/without the types of the 1 earlier cell/);
});

test("a compiler that cannot even start ends the kernel instead of being started for ever", async () => {
  const { threads, hopeless } = supervise();
  await Promise.resolve();
  threads[0]?.emit("error", new Error("no such file"));
  threads[0]?.emit("exit", 1);
  expect(threads).toHaveLength(1);
  expect(hopeless).toEqual([expect.stringContaining("no such file")]);
});

test("a notebook whose first cell kills the compiler, again and again, gets the error each time and goes on", async () => {
  const { compiler, threads, hopeless, run } = supervise();
  for (let i = 0; i < 3; i++) {
    await Promise.resolve();
    threads[i]?.emit("message", READY);
    await expect(compiler.compile({ key: `${i}`, code: "deadly" })).rejects.toThrow(/a fault/);
  }
  await run("4", "one");
  expect(threads).toHaveLength(4);
  expect(hopeless).toEqual([]);
});
