#!/usr/bin/env node
import { reportError } from "./report-error.js";
import { runCommandLine } from "./run-command-line.js";

// `claude-notebook --help | head -1`: the reader has seen enough, which is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2)).catch(reportError);
