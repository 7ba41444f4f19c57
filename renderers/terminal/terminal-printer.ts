import type { Part } from "../response/parts.js";
import { type TerminalOptions, terminalText } from "./terminal-text.js";

/** How a response is printed while it grows. */
export interface TerminalPrinterOptions extends TerminalOptions {
  readonly write: (text: string) => void;
}

/** Prints a response to a terminal as it grows. */
export interface TerminalPrinter {
  /** Prints what is new in `parts`. A part begins to print when the parts before it are final. */
  update(parts: readonly Part[]): void;
}

/**
 * Prints each part once: Claude's text as it streams, a tool's headline when it starts and its output when it ends. After
 * the last update the same text stands there as {@link renderTerminal} gives.
 */
export function createTerminalPrinter({ write, ...options }: TerminalPrinterOptions): TerminalPrinter {
  const finished = new Set<string>();
  let printedChars = 0;
  let isFirst = true;
  return {
    update(parts) {
      let output = "";
      for (const part of parts) {
        if (finished.has(part.id)) continue;
        const { text, isFinal } = terminalText(part, options);
        if (printedChars === 0 && text !== "" && !isFirst) output += "\n";
        output += text.slice(printedChars);
        if (text !== "") isFirst = false;
        printedChars = text.length;
        if (!isFinal) break;
        finished.add(part.id);
        printedChars = 0;
      }
      if (output !== "") write(output);
    },
  };
}

/** Parts as text for a terminal. */
export function renderTerminal(parts: readonly Part[], options: TerminalOptions): string {
  let output = "";
  createTerminalPrinter({
    ...options,
    write: (text) => {
      output += text;
    },
  }).update(parts);
  return output;
}
