#!/usr/bin/env node
import { reportError } from "./report-error.js";
import { runCommandLine } from "./run-command-line.js";

/** `claude-auth login|status|logout`: short for `claude-notebook auth …`. */
const argv = process.argv.slice(2);
process.exitCode = await runCommandLine(["auth", ...(argv.length > 0 ? argv : ["--help"])]).catch(
  reportError,
);
