import { log } from "../../log.js";
import { interruptCell } from "../interrupt-cell.js";
import { answer } from "../io-kernel.js";

/** Answered at once, as ipykernel does; the cell's own reply tells when it has stopped. */
export const interruptRequest = answer((io) => {
  const stopped = interruptCell({
    shared: io.shared,
    running: () => io.queue.running,
    ask: (cell) => io.tellMain({ type: "interrupt", cell }),
  });
  stopped.catch((error: unknown) => log(`The interrupt failed: ${error}`));
  return { status: "ok" };
});
