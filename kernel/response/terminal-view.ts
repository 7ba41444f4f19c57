import type { Response } from "../../renderers/response/response.js";
import { createTerminalPrinter } from "../../renderers/terminal/terminal-printer.js";
import { createView, type ResponseView } from "./view.js";

/** Columns of a terminal that does not say how wide it is. */
const DEFAULT_WIDTH = 80;

/** A response printed to the terminal as it comes; in colour only on a TTY, and never with NO_COLOR. @see https://no-color.org */
export function terminalView(id: string): ResponseView {
  const { stdout } = process;
  const printer = createTerminalPrinter({
    write: (text) => void stdout.write(text),
    color: stdout.isTTY === true && !process.env.NO_COLOR,
    width: stdout.columns ?? DEFAULT_WIDTH,
  });
  const print = ({ parts }: Response): void => printer.update(parts);
  return createView(id, { changed: print, ended: print });
}
