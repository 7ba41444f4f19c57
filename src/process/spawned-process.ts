import type { Readable, Writable } from "node:stream";

/** What is to be started; the same for every way of starting it. */
export interface SpawnOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment, not only what differs from this process's. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Fires when the process has been asked to end, has had its time, and lives: stop it by force. */
  readonly signal: AbortSignal;
}

/** A process that was started here or anywhere else; Node's ChildProcess is one. */
export interface SpawnedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr?: Readable | null | undefined;
  readonly killed: boolean;
  /** null while it runs. */
  readonly exitCode: number | null;
  readonly signalCode?: NodeJS.Signals | null | undefined;
  kill(signal: NodeJS.Signals): boolean;
  on(event: "exit", listener: (code: number | null, signal: NodeJS.Signals | null) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  once(event: "exit", listener: (code: number | null, signal: NodeJS.Signals | null) => void): unknown;
  once(event: "error", listener: (error: Error) => void): unknown;
  off(event: "exit", listener: (code: number | null, signal: NodeJS.Signals | null) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** Starts the CLI somewhere else: in a container, in a virtual machine, on another computer. */
export type SpawnClaudeCodeProcess = (options: SpawnOptions) => SpawnedProcess;
