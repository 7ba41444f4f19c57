/** Where progress goes: process.stderr, or what a test takes for it. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Lines that stay, and on a terminal one below them that is drawn again and again. */
export interface LiveLine {
  /** Shows `text` and, once it stands for a second, for how long; nothing without a terminal. */
  set(text: string): void;
  /** Prints lines above the live one. */
  print(text: string): void;
  clear(): void;
}

/** How often the live line is drawn again, in ms: the seconds it shows change once a second. */
const REDRAW_MS = 500;

/** Columns when the terminal does not say. */
const DEFAULT_COLUMNS = 80;

const CLEAR_LINE = "\r\u001b[K";

export function createLiveLine(stream: ProgressStream): LiveLine {
  let live = "";
  let liveSince = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    const seconds = Math.floor((performance.now() - liveSince) / 1000);
    stream.write(CLEAR_LINE + clip(seconds > 0 ? `${live} ${seconds} s` : live, stream.columns));
  };
  return {
    set: (text) => {
      if (!stream.isTTY) return;
      live = text;
      liveSince = performance.now();
      timer ??= setInterval(draw, REDRAW_MS).unref();
      draw();
    },
    print: (text) => {
      const isLive = timer !== undefined;
      if (isLive) stream.write(CLEAR_LINE);
      stream.write(text.endsWith("\n") ? text : `${text}\n`);
      if (isLive) draw();
    },
    clear: () => {
      if (timer !== undefined) stream.write(CLEAR_LINE);
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** Cuts a text that is wider than the terminal, less `reserve` columns. */
export function clip(text: string, columns: number | undefined, reserve = 0): string {
  // A terminal may also say 0.
  const width = (columns || DEFAULT_COLUMNS) - 1 - reserve;
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join("")}…`;
}
