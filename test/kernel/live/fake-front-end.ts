import type { Comm, CommMessage, CommRegistry } from "../../../kernel/comm.js";
import type { Clock } from "../../../kernel/response/update-schedule.js";
import {
  type FrontEndMessage,
  type KernelEnvelope,
  type KernelMessage,
  LIVE_COMM_ID,
  LIVE_TARGET,
  LIVE_VERSION,
} from "../../../renderers/live/live-protocol.js";

/** A clock that goes on when it is told to. */
export interface TestClock extends Clock {
  advance(ms: number): Promise<void>;
}

export function createTestClock(): TestClock {
  let now = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = [...timers].sort((a, b) => a.at - b.at).find(({ at }) => at <= end);
        if (!next) break;
        timers.delete(next);
        now = next.at;
        next.callback();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets everything that waits for a promise go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

/** A front end on the other end of the comm. */
export interface FakeFrontEnd {
  readonly comms: CommRegistry;
  /** Each comm message that the kernel sent. */
  readonly envelopes: readonly (readonly KernelMessage[])[];
  readonly messages: readonly KernelMessage[];
  open(version?: unknown): void;
  say(message: FrontEndMessage | Record<string, unknown>): void;
  close(): void;
}

export function createFakeFrontEnd(): FakeFrontEnd {
  const envelopes: (readonly KernelMessage[])[] = [];
  let onOpen: (comm: Comm, message: CommMessage) => void = () => {};
  let onMessage: (message: CommMessage) => void = () => {};
  let onClose: (message: CommMessage) => void = () => {};
  const message = (data: unknown): CommMessage => ({
    data: structuredClone(data),
    metadata: {},
    buffers: [],
  });
  return {
    envelopes,
    get messages() {
      return envelopes.flat();
    },
    comms: {
      open: () => {
        throw new Error("The kernel must not open a comm: front ends without the extension log an error.");
      },
      register(target, handler) {
        if (target === LIVE_TARGET) onOpen = handler;
        return () => {};
      },
    },
    open(version = LIVE_VERSION) {
      const comm: Comm = {
        id: LIVE_COMM_ID,
        target: LIVE_TARGET,
        send: (data) => void envelopes.push(structuredClone(data as KernelEnvelope).messages),
        close: () => {},
        onMessage: (handler) => {
          onMessage = handler;
        },
        onClose: (handler) => {
          onClose = handler;
        },
      };
      // As in the kernel: a comm that is opened again under its id begins without handlers.
      onMessage = onClose = () => {};
      onOpen(comm, message({ version }));
    },
    say: (data) => onMessage(message(data)),
    close: () => onClose(message({})),
  };
}
