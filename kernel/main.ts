#!/usr/bin/env node
/** What the kernelspec runs: `node … main.js CONNECTION_FILE`. */
import { readConnectionFile } from "./io/connection-file.js";
import { PIPED_OUTPUT_FLAG, pipedOutput } from "./kernel-argv.js";
import { log, setLogDescriptor } from "./log.js";
import { startThreads } from "./start-threads.js";

const given = process.argv.slice(2);
const hasPipedOutput = given.includes(PIPED_OUTPUT_FLAG);
const [connectionFile] = given.filter((each) => each !== PIPED_OUTPUT_FLAG);
if (hasPipedOutput) setLogDescriptor(pipedOutput.log);
try {
  if (connectionFile === undefined) throw new Error("The kernel needs the path of a connection file.");
  const threads = startThreads(readConnectionFile(connectionFile), hasPipedOutput);
  // Only now, so that the I/O thread does not wait for it.
  const { startKernel } = await import("./kernel.js");
  startKernel(threads);
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
