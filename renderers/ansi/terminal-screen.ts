/** A printed character, and the colour sequences in force when it was printed. */
interface Cell {
  readonly char: string;
  readonly look: string;
}

/** Sequences that move the cursor or erase: CSI with A–H, J, K, f; and CR, BS. */
const MOVES = /\u001b\[[0-9;?]*[A-HJKf]|[\r\b]/;

/** One step of the text: a sequence, a control, a line break, a run of characters or a lone ESC. */
const STEPS = /\u001b\[([0-9;:?<=>]*)[ -/]*([@-~])|\r|\n|\u0008|[^\u001b\r\n\u0008]+|\u001b/g;

/** Furthest column that a cursor can go to, most lines, and longest run of colour sequences that is kept. */
const MAX_COLUMN = 500;
const MAX_LINES = 20_000;
const MAX_LOOK_CHARS = 200;

const RESET = "\u001b[0m";
const BLANK: Cell = { char: " ", look: "" };

/** Whether a text moves the cursor, so that what stands there in the end is not what was printed last. */
export function movesCursor(text: string): boolean {
  return MOVES.test(text);
}

/**
 * What a terminal shows after a text that moves its cursor: progress bars and lists that programs draw again and again end
 * as they stood at the end. Characters keep the colours they were printed with.
 *
 * The terminal is as wide as it needs to be and what scrolls away stays. Takes time and room in proportion to the text.
 */
export function applyCursorMoves(text: string): string {
  let lines: Cell[][] = [[]];
  let row = 0;
  let column = 0;
  let look = "";
  // Jumps to the right leave blanks; a text that only jumps must not take more room than one that prints.
  let blanks = 10_000 + 2 * text.length;

  const toRow = (to: number): void => {
    row = Math.min(lines.length - 1, Math.max(0, to));
  };
  const toColumn = (to: number): void => {
    column = Math.min(MAX_COLUMN, Math.max(0, to));
  };
  const newLine = (): void => {
    if (row === lines.length - 1 && lines.length < MAX_LINES) lines.push([]);
    toRow(row + 1);
    column = 0;
  };
  const print = (char: string): void => {
    const line = lines[row]!;
    while (line.length < column && blanks-- > 0) line.push(BLANK);
    column = Math.min(column, line.length);
    line[column++] = { char, look };
  };
  const cut = (): void => {
    const line = lines[row]!;
    line.length = Math.min(line.length, column);
  };

  /** Final byte → what it does; the parameter is the number given, 0 for none. */
  const sequences: Readonly<Record<string, (parameter: number, parameters: string) => void>> = {
    A: (n) => toRow(row - (n || 1)),
    B: (n) => toRow(row + (n || 1)),
    C: (n) => toColumn(column + (n || 1)),
    D: (n) => toColumn(column - (n || 1)),
    E(n) {
      toRow(row + (n || 1));
      column = 0;
    },
    F(n) {
      toRow(row - (n || 1));
      column = 0;
    },
    G: (n) => toColumn((n || 1) - 1),
    H(n) {
      toRow((n || 1) - 1);
      column = 0;
    },
    J(mode) {
      if (mode >= 2) {
        lines = [[]];
        row = 0;
      } else if (mode === 0) {
        cut();
        lines.length = row + 1;
      }
    },
    K(mode) {
      if (mode === 0) cut();
      else if (mode === 2) lines[row]!.length = 0;
      else lines[row]!.fill(BLANK, 0, column);
    },
    m(n, parameters) {
      const isReset = n === 0 && !parameters.includes(";");
      const added = `${look}\u001b[${parameters}m`;
      look = isReset ? "" : added.length > MAX_LOOK_CHARS ? added.slice(look.length) : added;
    },
  };
  const controls: Readonly<Record<string, () => void>> = {
    "\r": () => toColumn(0),
    "\b": () => toColumn(column - 1),
    "\n": newLine,
  };

  for (const [step, parameters = "", final = ""] of text.matchAll(STEPS)) {
    if (final !== "") sequences[final]?.(Number.parseInt(parameters, 10) || 0, parameters);
    else if (Object.hasOwn(controls, step)) controls[step]!();
    else for (const char of step) print(char);
  }
  return lines.map(lineText).join("\n");
}

function lineText(cells: readonly Cell[]): string {
  let text = "";
  let look = "";
  for (const cell of cells) {
    if (cell.look !== look) text += RESET + cell.look;
    look = cell.look;
    text += cell.char;
  }
  return look === "" ? text : text + RESET;
}
