import { join } from "node:path";

/** Where the kernels of the end-to-end tests write down what they send: a folder for each test file, a file for each kernel. */
export const recordedMessages = join(import.meta.dirname, "../../.cache/messages");

/** What makes a kernel that is started with these variables write down what it sends; empty outside the end-to-end tests. */
export function recorderEnv(): Record<string, string> {
  const { RECORD_MESSAGES, NODE_OPTIONS } = process.env;
  return RECORD_MESSAGES && NODE_OPTIONS ? { RECORD_MESSAGES, NODE_OPTIONS } : {};
}
