import type { Part } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import type { Kind } from "../style/hues.js";

/** How loud a fact is: good news, bad news, or neither. */
export type Tone = "ok" | "bad" | "warn";

/** A figure or a word at the right end of a summary. */
export interface Fact {
  readonly text: string;
  readonly tone?: Tone | undefined;
  /** From 0 to 1: draws a small bar before the words, which say the same. */
  readonly share?: number | undefined;
}

/** The one line that stands for a panel. */
export interface Summary {
  readonly name: string;
  /** What it works on: a file, a command, a pattern. Cut at the end of the line. */
  readonly target?: string | undefined;
  /** True when the target is a sentence, not code. */
  readonly isProse?: boolean | undefined;
  readonly facts?: readonly Fact[] | undefined;
  /** Says how it failed, e.g. "exit 1"; the default is "failed". */
  readonly failure?: string | undefined;
}

/**
 * A row of the table of panels: what a part looks like, as data. How sections become HTML, text or markdown is decided in
 * one place for all panels, and so are escaping, folding and limits.
 */
export interface Panel<P extends Part = Part> {
  /** Names the row in errors. */
  readonly name: string;
  readonly matches: (part: Part) => boolean;
  /** panel: a box that folds; bare: the sections alone; notice: a box that does not fold; footer: one line of facts. */
  readonly frame: "panel" | "bare" | "notice" | "footer";
  readonly kind: (part: P) => Kind;
  readonly summary: (part: P) => Summary;
  readonly body: (part: P) => readonly Section[];
  /** Whether the box is open when it first appears; the default is: while it runs, and when it failed. */
  readonly isOpen?: ((part: P) => boolean) | undefined;
}

/** Checks a row against the type of part it draws, and forgets that type, so that rows can stand in one table. */
export function definePanel<P extends Part>(panel: Panel<P>): Panel {
  return panel as unknown as Panel;
}
