import { readSync } from "node:fs";
import { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "./thread-messages.js";

/** Reads what child processes and native code write to the kernel's own descriptors 1 and 2. */
export interface OutputPipes {
  /** Hands over what has been written up to now: before a cell is called done. */
  drain(): void;
}

export interface OutputPipesOptions {
  /** Where to read, by name of the stream. */
  readonly descriptors: Readonly<Record<StreamName, number>>;
  write(name: StreamName, text: string): void;
  /** Whether so much output waits for the clients that writers should wait too. */
  isBackedUp(): boolean;
}

/** How often a paused pipe looks whether it may go on, in ms. */
const RETRY_MS = 20;
/** Longest pause, in ms, as for all output: a client that has gone must not stop the writer for ever. */
const MAX_PAUSE_MS = 10_000;
/** Bytes taken by one read. */
const CHUNK_BYTES = 64 * 1024;
/** Reads of one {@link OutputPipes.drain}: a pipe holds 64 KB, a writer that goes on is not waited for. */
const MAX_DRAIN_READS = 4;

/** A pipe that is not read fills up, and its writer waits: so memory stays bounded. */
export function createOutputPipes({ descriptors, write, isBackedUp }: OutputPipesOptions): OutputPipes {
  const pipes = (["stdout", "stderr"] as const).map((name) => {
    const decoder = new StringDecoder("utf8");
    const fd = descriptors[name];
    const take = (bytes: Buffer): void => write(name, decoder.write(bytes));
    const socket = new Socket({ fd, readable: true, writable: false });
    const resumeLater = (since: number): void => {
      const isDue = !isBackedUp() || Date.now() - since > MAX_PAUSE_MS;
      if (isDue) socket.resume();
      else setTimeout(resumeLater, RETRY_MS, since);
    };
    socket.on("data", (bytes) => {
      take(bytes);
      if (!isBackedUp()) return;
      socket.pause();
      setTimeout(resumeLater, RETRY_MS, Date.now());
    });
    return { fd, take };
  });
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const readNow = (fd: number): number => {
    try {
      return readSync(fd, chunk);
    } catch (error) {
      // The pipe is open without waiting (libuv made it so): nothing is there.
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0;
      throw error;
    }
  };
  return {
    drain() {
      for (const { fd, take } of pipes) {
        for (let reads = 0; reads < MAX_DRAIN_READS; reads++) {
          const length = readNow(fd);
          if (length === 0) break;
          take(chunk.subarray(0, length));
        }
      }
    },
  };
}
