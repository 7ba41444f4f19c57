import { interruptRunningCell } from "../interrupt-cell.js";
import { answer } from "../io-kernel.js";

/** Answered at once, as ipykernel does; the cell's own reply tells when it has stopped. */
export const interruptRequest = answer((io) => {
  interruptRunningCell(io);
  return { status: "ok" };
});
