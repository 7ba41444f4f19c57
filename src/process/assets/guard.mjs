// Ends what is left of the CLI's runs when the process that started them is gone, however it went: SIGKILL leaves it no
// time to do so itself. The parent holds a pipe to this process and writes all runs that live, as a JSON array in a line, whenever
// they change; its end closes the pipe.
import { killRun } from "./process-tree.mjs";

// Whatever ends the parent's whole group (Ctrl-C in a terminal) must not end the guard before its work.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => {});

let runs = "[]";
let rest = "";

process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => {
  const lines = (rest + text).split("\n");
  rest = lines.pop();
  runs = lines.at(-1) ?? runs;
});
process.stdin.on("close", () => {
  for (const run of JSON.parse(runs)) killRun(run);
  process.exit(0);
});
