/** Places of the integers that the threads share without messages, because a blocked thread reads none. */
export const slot = {
  /** Bytes of output handed to the I/O thread and not yet taken by the sockets. */
  outstanding: 0,
  /** Counts the interrupts the main thread has seen. */
  interruptsSeen: 1,
  /** 1 while the synchronous part of a cell runs, which SIGINT can end. */
  inSynchronousPart: 2,
  /** 1 from when the I/O thread sends SIGINT to the process itself until the main thread has noticed. */
  ownSigint: 3,
  /** 1 when the I/O thread has sent all that the ending process had to say. */
  drained: 4,
} as const;

export type SharedState = Int32Array<SharedArrayBuffer>;

export function createSharedState(): SharedState {
  return new Int32Array(new SharedArrayBuffer(Object.keys(slot).length * Int32Array.BYTES_PER_ELEMENT));
}
