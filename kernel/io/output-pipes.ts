import { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";
import { createCrashJournal } from "./crash-journal.js";
import { readPipe } from "./read-pipe.js";
import type { PipeDescriptors, StreamName } from "./thread-messages.js";

/** Reads what child processes and native code write to the kernel's own descriptors 1 and 2. */
export interface OutputPipes {
  /** Hands over what has been written up to now: before a cell is called done. */
  drain(): void;
  /** Hands over what was read elsewhere. */
  take(name: StreamName, bytes: Uint8Array): void;
}

export interface OutputPipesOptions {
  readonly descriptors: PipeDescriptors;
  /** Called when something has come and before it is written: what the main thread said until now was said earlier. */
  onData(): void;
  write(name: StreamName, text: string): void;
  /** Whether so much output waits for the clients that writers should wait too. */
  isBackedUp(): boolean;
}

/** How often a paused pipe looks whether it may go on, in ms. */
const RETRY_MS = 20;
/** Longest pause, in ms, as for all output: a client that has gone must not stop the writer for ever. */
const MAX_PAUSE_MS = 10_000;

/** A pipe that is not read fills up, and its writer waits: so memory stays bounded. */
export function createOutputPipes({
  descriptors,
  onData,
  write,
  isBackedUp,
}: OutputPipesOptions): OutputPipes {
  const journal = createCrashJournal(descriptors.journal);
  /** What has been read, until it is known what comes before it. */
  const taken: (() => void)[] = [];
  const passOn = (): void => {
    for (const each of taken.splice(0)) each();
  };
  const open = (name: StreamName) => {
    const decoder = new StringDecoder("utf8");
    const fd = descriptors[name];
    const take = (bytes: Uint8Array): void => {
      if (name === "stderr") journal.keep(bytes);
      const text = decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      taken.push(() => write(name, text));
    };
    const socket = new Socket({ fd, readable: true, writable: false });
    const resumeLater = (since: number): void => {
      const isDue = !isBackedUp() || Date.now() - since > MAX_PAUSE_MS;
      if (isDue) socket.resume();
      else setTimeout(resumeLater, RETRY_MS, since);
    };
    socket.on("data", (bytes) => {
      take(bytes);
      onData();
      passOn();
      if (!isBackedUp()) return;
      socket.pause();
      setTimeout(resumeLater, RETRY_MS, Date.now());
    });
    return { fd, take };
  };
  const pipes = { stdout: open("stdout"), stderr: open("stderr") };
  return {
    drain() {
      for (const { fd, take } of Object.values(pipes)) readPipe(fd).forEach(take);
      passOn();
    },
    take(name, bytes) {
      pipes[name].take(bytes);
      passOn();
    },
  };
}
