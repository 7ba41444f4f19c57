/** How grave it is: `warn` costs a comfort, with `fail` something does not work. */
export type FindingStatus = "ok" | "warn" | "fail";

/** What one look has brought. */
export interface Finding {
  readonly status: FindingStatus;
  /** What was found, in a line. Never a key. */
  readonly found: string;
  /** What to do about it, a step each; commands in backticks. */
  readonly mend: readonly string[];
}

/** All is well. */
export function ok(found: string): Finding {
  return { status: "ok", found, mend: [] };
}

/** It works without. */
export function warn(found: string, ...mend: readonly string[]): Finding {
  return { status: "warn", found, mend };
}

/** It does not work. */
export function fail(found: string, ...mend: readonly string[]): Finding {
  return { status: "fail", found, mend };
}
