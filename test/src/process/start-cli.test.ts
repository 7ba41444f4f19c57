import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { chmodSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import {
  CLIConnectionError,
  CLIJSONDecodeError,
  InvalidOptionsError,
  query,
  type SpawnedProcess,
  type SpawnOptions,
} from "../../../src/index.js";
import { fakeClaude, readAll, temporaryFolder } from "../fake-claude.js";

const result = ["say", { type: "result", subtype: "success", is_error: false, result: "ok" }] as const;

/** Only what the interface promises, as of a process on another computer. */
function elsewhere(options: SpawnOptions): SpawnedProcess {
  const { command, args, cwd, env } = options;
  const child = spawn(command, args, { cwd, env: { ...env } });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    get killed() {
      return child.killed;
    },
    get exitCode() {
      return child.exitCode;
    },
    kill: (name) => child.kill(name),
    on: child.on.bind(child),
    once: child.once.bind(child),
    off: child.off.bind(child),
  } as SpawnedProcess;
}

/** A process that answers nothing and cannot be ended. */
function immortal(): SpawnedProcess & EventEmitter {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough() };
  return Object.assign(new EventEmitter(), { ...streams, killed: false, exitCode: null, kill: () => true });
}

describe("spawnClaudeCodeProcess", () => {
  test("starts the CLI, with its whole environment and with texts in place of files", async () => {
    const started: SpawnOptions[] = [];
    const options = fakeClaude([["echo"], result], {
      systemPrompt: "Be brief.",
      cwd: temporaryFolder(),
      spawnClaudeCodeProcess: (given) => {
        started.push(given);
        return elsewhere({ ...given, command: process.execPath });
      },
    });
    const turn = query("hi", options);
    const { messages, error } = await readAll(turn);
    expect(error).toBeUndefined();
    expect(turn.pid).toBeUndefined();
    const [{ command, args, env, signal }] = started as [SpawnOptions];
    expect(command).toBe("node");
    expect(args).toContain("Be brief.");
    expect(args).toContain("--system-prompt");
    expect(env.PATH).toBe(process.env.PATH);
    expect(signal.aborted).toBe(false);
    expect(messages.map(({ type }) => type)).toEqual(["echo", "result"]);
  });

  test("may name a folder and a program that are not on this computer", async () => {
    let given: SpawnOptions | undefined;
    const turn = query("hi", {
      ...fakeClaude([result]),
      cwd: "/not/here",
      pathToClaudeCodeExecutable: "/opt/elsewhere/claude",
      spawnClaudeCodeProcess: (options) => {
        given = options;
        throw new Error("no container");
      },
    });
    const { error } = await readAll(turn);
    expect(given).toMatchObject({ command: "/opt/elsewhere/claude", cwd: "/not/here" });
    expect(CLIConnectionError.isInstance(error)).toBe(true);
    expect(String(error)).toContain("no container");
  });

  test("that gives a process which fails ends the turn by that", async () => {
    const child = immortal();
    const spawnClaudeCodeProcess = () => {
      setImmediate(() => child.emit("error", new Error("the container died")));
      return child;
    };
    const { error } = await readAll(query("hi", { ...fakeClaude([]), spawnClaudeCodeProcess }));
    expect(String(error)).toContain("the container died");
  });

  test("that gives a process which cannot be ended holds nobody up, and is told to force it", async () => {
    const aborted: boolean[] = [];
    const spawnClaudeCodeProcess = ({ signal }: SpawnOptions) => {
      signal.addEventListener("abort", () => aborted.push(true));
      return immortal();
    };
    const turn = query("hi", { ...fakeClaude([]), spawnClaudeCodeProcess, timeoutMs: 200 });
    const { error } = await readAll(turn);
    expect(String(error)).toContain("200 ms");
    await turn.close();
    expect(aborted).toEqual([true]);
  });
});

describe("user", () => {
  test.runIf(process.getuid?.() === 0)(
    "is who the CLI runs as, and may read what is private to it",
    async () => {
      const folder = temporaryFolder();
      chmodSync(folder, 0o755);
      const path = join(folder, "claude.mjs");
      copyFileSync(String(fakeClaude([]).pathToClaudeCodeExecutable), path);
      const options = fakeClaude([["echo"], result], {
        user: "nobody",
        cwd: folder,
        systemPrompt: "Be brief.",
        pathToClaudeCodeExecutable: path,
        executable: "/usr/bin/env",
        executableArgs: ["node"],
      });
      const { messages, error } = await readAll(query("hi", options));
      expect(error).toBeUndefined();
      const { uid, gid, files } = messages[0] as unknown as { uid: number; gid: number; files: object };
      expect(uid).toBe(65534);
      expect(gid).toBe(65534);
      expect(Object.values(files)).toContain("Be brief.");
    },
  );

  test("that does not exist is refused", async () => {
    const { error } = await readAll(query("hi", fakeClaude([result], { user: "nobody-of-that-name" })));
    expect(InvalidOptionsError.isInstance(error)).toBe(true);
    expect(String(error)).toContain("nobody-of-that-name");
  });
});

test("a line longer than maxBufferSize is a CLIJSONDecodeError, one of that length is not", async () => {
  const options = (maxBufferSize: number) => fakeClaude([["big", 5_000], result], { maxBufferSize });
  const { error } = await readAll(query("hi", options(1_000)));
  expect(CLIJSONDecodeError.isInstance(error)).toBe(true);
  expect((await readAll(query("hi", options(6_000)))).error).toBeUndefined();
});
