/** Scenarios on one subject; they share a folder and, one after the other, a kernel that forgets in between. */
export interface Theme {
  readonly title: string;
  /** `compilerOptions` of a tsconfig.json beside the notebook; without them the folder has none. */
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  /** Further files of the folder, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly scenarios: readonly Scenario[];
}

/** A promise about cells, told by cells that run one after the other. */
export interface Scenario {
  /** The promise, in a sentence. */
  readonly title: string;
  readonly steps: readonly Step[];
}

/** A cell that runs and of whose value nothing is said; with a value, the one it must show (`undefined`: none). */
export type Step =
  | string
  | readonly [code: string, value: unknown]
  | Ran
  | Rejected
  | Thrown
  | Assisted
  | Written;

/** A cell that runs. */
export interface Ran {
  readonly code: string;
  /** What it writes to stdout. */
  readonly prints?: string;
  /** What it says beside its value without being stopped. */
  readonly warns?: RegExp;
  /** What it must not say beside its value. */
  readonly quiet?: true;
}

/** A cell that does not compile. */
export interface Rejected {
  readonly code: string;
  /** Diagnostics that must be there: `2322`, `2322 at 1:7`, `2304|2552 at 3:4`. */
  readonly errors: readonly string[];
  /** What the whole error must say, and must not say. */
  readonly says?: RegExp;
  readonly never?: RegExp;
}

/** A cell that throws. */
export interface Thrown {
  readonly code: string;
  readonly throws: RegExp;
  /** What the traceback holds, places included. */
  readonly traceback?: RegExp;
}

/** Code that is being written: `‸` is the cursor. */
export type Assisted =
  | {
      readonly complete: string;
      readonly offers: readonly string[];
      readonly never?: RegExp;
      /** The text that a match replaces. */
      readonly replaces?: string;
    }
  | { readonly inspect: string; readonly shows: RegExp | undefined }
  | {
      readonly isComplete: string;
      readonly status: "complete" | "incomplete" | "invalid";
      readonly indent?: string;
    };

/** Files of the folder that are written between two cells. */
export interface Written {
  readonly write: Readonly<Record<string, string>>;
}
