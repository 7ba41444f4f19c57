import { applyCursorMoves, movesCursor } from "./terminal-screen.js";

/** How a stretch of terminal output looks. Colours: 0–15 of the terminal's palette, or `#rrggbb`. */
export interface AnsiStyle {
  readonly color?: number | string | undefined;
  readonly background?: number | string | undefined;
  readonly bold?: boolean | undefined;
  readonly dim?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly underline?: boolean | undefined;
  readonly inverse?: boolean | undefined;
}

export interface AnsiRun {
  readonly text: string;
  readonly style: AnsiStyle;
}

/**
 * Escape sequences (ECMA-48): CSI with its final byte; OSC, DCS, SOS, PM and APC up to their terminator (or, where it is
 * missing, the end of the line); two-byte escapes; a lone ESC.
 */
const ESCAPES =
  /(?:\u001b\[|\u009b)([0-9:;<=>?]*)[ -/]*([@-~])|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]|\u001b/g;

/** Plain text of terminal output: escape sequences gone, rewritten lines as they stand at the end. */
export function stripAnsi(text: string): string {
  return (movesCursor(text) ? applyCursorMoves(text) : text).replace(ESCAPES, "");
}

/** Splits terminal output into runs of one look each. Sequences that do not set colours or weight are dropped. */
export function parseAnsi(text: string): AnsiRun[] {
  const runs: AnsiRun[] = [];
  let style: AnsiStyle = {};
  let at = 0;
  const source = movesCursor(text) ? applyCursorMoves(text) : text;
  const push = (end: number): void => {
    if (end > at) runs.push({ text: source.slice(at, end), style });
  };
  for (const match of source.matchAll(ESCAPES)) {
    push(match.index);
    at = match.index + match[0].length;
    if (match[2] === "m") style = applySgr(style, match[1]!);
  }
  push(source.length);
  return runs;
}

/** SGR codes that stand alone. @see https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
const CODES: Readonly<Record<number, AnsiStyle>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  22: { bold: undefined, dim: undefined },
  23: { italic: undefined },
  24: { underline: undefined },
  27: { inverse: undefined },
  39: { color: undefined },
  49: { background: undefined },
};

function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map((code) => Number(code) || 0);
  let next = style;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === 0) next = {};
    else if (code === 38 || code === 48) {
      const { color, used } = extendedColor(codes.slice(i + 1));
      next = { ...next, [code === 38 ? "color" : "background"]: color };
      i += used;
    } else if (code >= 30 && code <= 37) next = { ...next, color: code - 30 };
    else if (code >= 90 && code <= 97) next = { ...next, color: code - 82 };
    else if (code >= 40 && code <= 47) next = { ...next, background: code - 40 };
    else if (code >= 100 && code <= 107) next = { ...next, background: code - 92 };
    else next = { ...next, ...CODES[code] };
  }
  return next;
}

/** `5;n` is one of 256 colours, `2;r;g;b` a free one. */
function extendedColor(codes: readonly number[]): { color: number | string | undefined; used: number } {
  if (codes[0] === 5) return { color: paletteColor(codes[1] ?? 0), used: 2 };
  if (codes[0] === 2) return { color: hex(codes[1] ?? 0, codes[2] ?? 0, codes[3] ?? 0), used: 4 };
  return { color: undefined, used: 1 };
}

/** The colour cube and the grey ramp of xterm's 256 colours. */
function paletteColor(index: number): number | string | undefined {
  if (index < 16) return index;
  if (index > 255) return undefined;
  if (index >= 232) return hex(8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232));
  const level = (n: number): number => (n === 0 ? 0 : 55 + 40 * n);
  const cube = index - 16;
  return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function hex(...channels: number[]): string {
  return `#${channels.map((c) => Math.min(255, Math.max(0, c)).toString(16).padStart(2, "0")).join("")}`;
}
