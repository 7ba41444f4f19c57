/** Places of the integers that the threads share without messages, because a blocked thread reads none. */
export const slot = {
  /** Bytes of output handed to the I/O thread and not yet taken by the sockets. */
  outstanding: 0,
  /** Counts the interrupts the main thread has seen. */
  interruptsSeen: 1,
  /** 1 while the synchronous part of a cell runs, which SIGINT can end. */
  inSynchronousPart: 2,
  /**
   * When the I/O thread sent SIGINT to the process itself, by {@link sharedNow}; 0 once the main thread has noticed.
   * Node may swallow a signal that comes while a script ends, hence a time and not a flag.
   */
  ownSigintAt: 3,
  /** Counts the synchronous parts of cells that have begun. */
  synchronousParts: 5,
  /** 1 when the I/O thread has sent all that the ending process had to say. */
  drained: 4,
  /** Id of the compiler's own process; 0 without one. */
  compilerPid: 6,
  /** Since when it has been at a question, by {@link sharedNow}; 0 while it has none. */
  compilerBusySince: 7,
  /** 1 when it was ended because it took too long. */
  compilerStopped: 8,
} as const;

/** Output that may wait for the sockets before those who write it wait too, in bytes. */
export const MAX_OUTSTANDING = 16 * 1024 * 1024;

export type SharedState = Int32Array<SharedArrayBuffer>;

export function createSharedState(): SharedState {
  return new Int32Array(new SharedArrayBuffer(Object.keys(slot).length * Int32Array.BYTES_PER_ELEMENT));
}

/** The time in ms, modulo 2^31 so that it fits a slot. */
export function sharedNow(): number {
  return Date.now() & 0x7fffffff;
}
