import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect } from "vitest";
import { recordedMessages } from "./recorded-messages.js";

/** Set-up of each file of end-to-end tests: kernels that it brings about, by whatever client, write down what they send. */
const root = join(import.meta.dirname, "../..");
const { testPath = "unknown" } = expect.getState();
const folder = join(recordedMessages, relative(join(root, "test"), testPath).replaceAll(/[\\/]/g, "-"));
mkdirSync(folder, { recursive: true });
process.env.RECORD_MESSAGES = folder;
const recorder = join(import.meta.dirname, "record-messages.cjs");
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(recorder)}`.trim();
