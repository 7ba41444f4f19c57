import { Socket, type SocketConstructorOpts } from "node:net";
import { StringDecoder } from "node:string_decoder";
import { createCrashJournal } from "./crash-journal.js";
import { readPipe } from "./read-pipe.js";
import type { PipeDescriptors, StreamName } from "./thread-messages.js";

/** Reads what child processes and native code write to the kernel's own descriptors 1 and 2. */
export interface OutputPipes {
  /** Hands over what lingers: before anything goes out that has its place behind it. */
  settle(): void;
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

/** As much as a pipe holds. */
const PIPE_BYTES = 64 * 1024;
/**
 * How long the first lines in 2 stay there, in ms. Who aborts writes some more of them and dies: what has been read in that
 * moment and is not in the journal yet is lost, what stands in the pipe is not.
 */
const LINGER_MS = 25;
/** What is no few lines, in bytes: who writes so much is not kept waiting. Some systems make pipes of 4 kB. */
const MANY_BYTES = 2 * 1024;

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
  const createPipe = (name: StreamName) => {
    const decoder = new StringDecoder("utf8");
    let held = "";
    const decode = (bytes: Uint8Array): string => {
      if (name === "stderr") journal.keep(bytes);
      return decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    };
    const take = (bytes: Uint8Array): void => {
      const text = held + decode(bytes);
      held = "";
      taken.push(() => write(name, text));
    };
    return {
      take,
      /** Keeps what goes out together with what follows it. */
      hold(bytes: Uint8Array): void {
        held += decode(bytes);
      },
      /** @returns how much there was, in bytes. */
      takeAll(): number {
        const chunks = readPipe(descriptors[name]);
        if (chunks.length === 0 && held !== "") chunks.push(new Uint8Array(0));
        chunks.forEach(take);
        return chunks.reduce((sum, { length }) => sum + length, 0);
      },
    };
  };
  const pipes = { stdout: createPipe("stdout"), stderr: createPipe("stderr") };

  /** Passes on what was taken. @returns whether the pipe may be read on now; if not, it is later. */
  const passOnFrom = (socket: Socket): boolean => {
    passOn();
    const since = Date.now();
    const resumeLater = (): void => {
      if (!isBackedUp() || Date.now() - since > MAX_PAUSE_MS) socket.resume();
      else setTimeout(resumeLater, RETRY_MS);
    };
    const goesOn = !isBackedUp();
    if (!goesOn) setTimeout(resumeLater, RETRY_MS);
    return goesOn;
  };
  let isLingering = false;
  /** What has lingered was there before what has been taken since. */
  const settle = (): void => {
    if (!isLingering) return;
    const later = taken.splice(0);
    pipes.stderr.takeAll();
    passOn();
    taken.push(...later);
  };
  const stdout: Socket = openPipe(descriptors.stdout, PIPE_BYTES, (bytes) => {
    pipes.stdout.take(bytes);
    // At once: who has waited for what the bytes say goes on to write by now.
    onData();
    settle();
    return passOnFrom(stdout);
  });
  // One byte tells that there is something; the rest follows when it has lingered.
  let isFlowing = false;
  const stderr: Socket = openPipe(descriptors.stderr, 1, (bytes) => {
    pipes.stderr.hold(bytes);
    isLingering = true;
    setTimeout(takeLingering, isFlowing ? 0 : LINGER_MS);
    return false;
  });
  const takeLingering = (): void => {
    isLingering = false;
    isFlowing = pipes.stderr.takeAll() >= MANY_BYTES;
    onData();
    if (passOnFrom(stderr)) stderr.resume();
  };
  return {
    settle,
    drain() {
      settle();
      for (const { takeAll } of Object.values(pipes)) takeAll();
      passOn();
    },
    take(name, bytes) {
      pipes[name].take(bytes);
      passOn();
    },
  };
}

/** @param onBytes tells whether to read on; if not, what comes stays in the pipe. A stream that is paused would read on into its own buffer. */
function openPipe(fd: number, atOnce: number, onBytes: (bytes: Uint8Array) => boolean): Socket {
  const onread = {
    buffer: new Uint8Array(atOnce),
    callback: (length: number, buffer: Uint8Array): boolean => onBytes(buffer.slice(0, length)),
  };
  return new Socket({ fd, readable: true, writable: false, onread } as SocketConstructorOpts);
}
