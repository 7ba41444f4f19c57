import { createResponse } from "../../renderers/response/response.js";
import { createTerminalPrinter } from "../../renderers/terminal/terminal-printer.js";
import type { ResponseView } from "./response-view.js";

/** Columns of a terminal that does not say how wide it is. */
const DEFAULT_WIDTH = 80;

/** A response printed to the terminal as it comes; in colour only on a TTY, and never with NO_COLOR. @see https://no-color.org */
export function terminalView(id: string): ResponseView {
  const { stdout } = process;
  const response = createResponse({ id });
  const printer = createTerminalPrinter({
    write: (text) => void stdout.write(text),
    color: stdout.isTTY === true && !process.env.NO_COLOR,
    width: stdout.columns ?? DEFAULT_WIDTH,
  });
  let ended = false;
  const print = (): void => printer.update(response.parts);
  const end = (): void => {
    ended = true;
    print();
  };
  return {
    id,
    get ended() {
      return ended;
    },
    apply(message) {
      response.apply(message);
      if (message.type === "result") end();
      else print();
    },
    fail(error) {
      response.fail(error);
      end();
    },
    interrupt() {
      response.interrupt();
      end();
    },
  };
}
