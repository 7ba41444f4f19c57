import { defineConfig } from "vitest/config";
import SlowFirst from "./test/support/slow-first.js";

/**
 * Unit tests mostly wait for a process: two files at a time. So do the end-to-end tests, after the others: browsers, JupyterLab and
 * the CLI wait for one another, and their tests wait for what must come, not for a time.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    reporters: ["default", "./test/support/summary-reporter.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/protocol/**"],
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/support/set-up.ts"],
          setupFiles: ["test/support/record-messages.ts"],
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Again with the other engine: the protocol, the interrupt table, floods of output, and the demo notebook.
        test: {
          name: "tslab",
          include: [
            "test/kernel/run/{bulk-output,execute,interrupt,output}.test.ts",
            "test/e2e/kernel/kernel-test.test.ts",
            "test/e2e/demo.test.ts",
          ],
          env: { CLAUDE_NOTEBOOK_ENGINE: "tslab" },
          globalSetup: ["test/support/set-up.ts"],
          sequence: { groupOrder: 2 },
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        // What the kernels of the end-to-end tests have sent.
        test: {
          name: "protocol",
          include: ["test/protocol/**/*.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
