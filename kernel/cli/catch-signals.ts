/** The user's wish to stop, as an AbortSignal. */
export interface SignalCatch {
  readonly signal: AbortSignal;
  /** 128 + the signal's number, as shells count; 130 after Ctrl-C. */
  exitCode(): number;
  /** Signals do again what they did before. */
  release(): void;
}

const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The first signal aborts, so that what was done can be kept; the second ends the process at once. */
export function catchSignals(onFirst: () => void): SignalCatch {
  const controller = new AbortController();
  let exitCode: number = codes.SIGINT;
  const handlers = Object.entries(codes).map(([name, code]) => {
    const handler = (): void => {
      if (controller.signal.aborted) process.exit(code);
      exitCode = code;
      controller.abort();
      onFirst();
    };
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    release: () => {
      for (const remove of handlers) remove();
    },
  };
}
