/** Is told what the compiler's process does, so that somebody else can end it: whoever asks it is blocked meanwhile. */
export interface CompilerGuard {
  /** The process has been started. */
  started(pid: number): void;
  /** A question is put. */
  begin(): void;
  /** It was answered, or given up. */
  end(): void;
  /** Whether the process was ended because the present question took too long, or the user would not wait. */
  wasStopped(): boolean;
}

/** Lets the compiler take its time. */
export const noGuard: CompilerGuard = {
  started() {},
  begin() {},
  end() {},
  wasStopped: () => false,
};
