/**
 * Makes `process.on("SIGINT")` do nothing. A listener of Node's takes the signal from the thread that interrupts cells, and
 * when it is removed, the next SIGINT ends the kernel. Programs set such listeners in order to exit, which a notebook must
 * not do when a cell is stopped; libraries, to end their children, which they do on "exit" as well.
 */
export function holdSigint(): void {
  for (const name of ["on", "once", "addListener", "prependListener", "prependOnceListener"] as const) {
    const original = process[name] as (event: string, listener: () => void) => NodeJS.Process;
    const held = (event: string, listener: () => void): NodeJS.Process =>
      event === "SIGINT" ? process : original.call(process, event, listener);
    Object.assign(process, { [name]: held });
  }
}
