// Ends what is left of the CLI's runs when the process that started them is gone, however it went: SIGKILL leaves it no
// time to do so itself. The parent holds a pipe to this process and writes `+<run as JSON>` and `-<id>`; its end closes the pipe.
import { createInterface } from "node:readline";
import { killRun } from "./process-tree.mjs";

const runs = new Map();

// Whatever ends the parent's whole group (Ctrl-C in a terminal) must not end the guard before its work.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => {});

createInterface({ input: process.stdin })
  .on("line", (line) => {
    if (line.startsWith("+")) {
      const run = JSON.parse(line.slice(1));
      runs.set(run.id, run);
    } else runs.delete(line.slice(1));
  })
  .on("close", () => {
    for (const run of runs.values()) killRun(run);
    process.exit(0);
  });
