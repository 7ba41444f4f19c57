#!/usr/bin/env node
/** What the kernelspec runs: `node … main.js CONNECTION_FILE`. */
import { readConnectionFile } from "./io/connection-file.js";
import { startKernel } from "./kernel.js";
import { log } from "./log.js";

const [connectionFile] = process.argv.slice(2);
try {
  if (connectionFile === undefined) throw new Error("The kernel needs the path of a connection file.");
  startKernel(readConnectionFile(connectionFile));
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
