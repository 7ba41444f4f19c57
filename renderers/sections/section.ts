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
  | MatchesSection
  | LinksSection
  | FieldsSection
  | JsonSection
  | TableSection
  | FlowSection
  | NoteSection
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
  /** chosen: one of several answers, taken; not done, so not struck through. */
  readonly state: "done" | "now" | "open" | "chosen";
  /** Quiet words after the item. */
  readonly note?: string | undefined;
}

export interface ChecklistSection {
  readonly type: "checklist";
  readonly label?: string | undefined;
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

/** Quiet words about what is not shown: "12 more lines are not shown". */
export interface NoteSection {
  readonly type: "note";
  readonly text: string;
}

/** Parts under this part. */
export interface PartsSection {
  readonly type: "parts";
  readonly parts: readonly Part[];
}

/** A line that a search found, or one beside it. */
export interface MatchLine {
  readonly text: string;
  readonly number?: number | undefined;
  /** What matched: stretches of the text, from (inclusive) to (exclusive), in characters. */
  readonly marks: readonly (readonly [from: number, to: number])[];
}

/** Lines that a search found, by file. */
export interface MatchesSection {
  readonly type: "matches";
  readonly files: readonly { readonly path?: string | undefined; readonly lines: readonly MatchLine[] }[];
}

/** A list of addresses; those of other schemes than http, https and mailto are shown as text. */
export interface LinksSection {
  readonly type: "links";
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

/** Short facts by name, one a line. */
export interface FieldsSection {
  readonly type: "fields";
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** A JSON value: coloured when it is small, else a tree that folds. */
export interface JsonSection {
  readonly type: "json";
  readonly value: unknown;
}

/** Rows of the same columns. */
export interface TableSection {
  readonly type: "table";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Steps one after the other, with what runs at once side by side. */
export interface FlowSection {
  readonly type: "flow";
  readonly steps: readonly FlowStep[];
}

export interface FlowStep {
  readonly title: string;
  readonly state: "open" | "now" | "done" | "skipped" | "failed" | "blocked" | "stopped";
  /** What kind of step it is, e.g. "↻" for a loop. */
  readonly sign?: string | undefined;
  /** Quiet words after the title. */
  readonly facts: readonly string[];
  /** What came of it, or why it failed. */
  readonly detail?: string | undefined;
  /** What is inside: side by side; `isOff` for a way that was not taken. */
  readonly lanes: readonly {
    readonly title?: string | undefined;
    readonly isOff?: boolean | undefined;
    readonly steps: readonly FlowStep[];
  }[];
}
