import { rmSync } from "node:fs";
import { ensureChromium } from "./chromium.js";
import { ensureClaudeBinary } from "./claude-binary.js";
import { ensurePythonEnv } from "./python-env.js";
import { recordedMessages } from "./recorded-messages.js";

/** Global set-up of the end-to-end tests: fetches what most of them drive, once per checkout; what one file alone wants, it fetches. */
export default async function setUp(): Promise<void> {
  rmSync(recordedMessages, { recursive: true, force: true });
  const steps = {
    "the claude binary": ensureClaudeBinary,
    "the Python environment": ensurePythonEnv,
    Chromium: ensureChromium,
  };
  for (const [what, ensure] of Object.entries(steps)) {
    try {
      await ensure();
    } catch (error) {
      throw new Error(`The end-to-end tests could not set up ${what}.`, { cause: error });
    }
  }
}
