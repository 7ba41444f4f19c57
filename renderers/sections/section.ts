import type { DiffHunk } from "../diff/diff-hunks.js";
import type { Part } from "../response/parts.js";

/** A piece of a panel's body. */
export type Section =
  | CodeSection
  | OutputSection
  | DiffSection
  | MarkdownSection
  | ProseSection
  | ChecklistSection
  | HintsSection
  | ImageSection
  | PartsSection;

/** Code or a file, coloured by language; with line numbers when `firstLine` is given. */
export interface CodeSection {
  readonly type: "code";
  readonly code: string;
  readonly language?: string | undefined;
  readonly firstLine?: number | undefined;
  /** True while it is being written: the end is shown rather than the beginning. */
  readonly isGrowing?: boolean | undefined;
}

/** What a program printed; may hold escape sequences. */
export interface OutputSection {
  readonly type: "output";
  readonly text: string;
  readonly label?: string | undefined;
}

export interface DiffSection {
  readonly type: "diff";
  readonly hunks: readonly DiffHunk[];
  readonly language?: string | undefined;
  readonly isGrowing?: boolean | undefined;
}

export interface MarkdownSection {
  readonly type: "markdown";
  readonly text: string;
  readonly isGrowing?: boolean | undefined;
}

/** Plain text in quiet type, with its line breaks. */
export interface ProseSection {
  readonly type: "prose";
  readonly text: string;
}

export interface ChecklistItem {
  readonly text: string;
  readonly state: "done" | "now" | "open";
}

export interface ChecklistSection {
  readonly type: "checklist";
  readonly items: readonly ChecklistItem[];
}

/** What the reader can do; commands stand in backticks. */
export interface HintsSection {
  readonly type: "hints";
  readonly hints: readonly string[];
}

export interface ImageSection {
  readonly type: "image";
  readonly mediaType: string;
  /** The image in base64. */
  readonly data: string;
  readonly alt: string;
}

/** Parts under this part. */
export interface PartsSection {
  readonly type: "parts";
  readonly parts: readonly Part[];
}
