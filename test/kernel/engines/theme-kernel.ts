import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { tempFolder } from "../../support/temp-folder.js";
import { type Difference, runScenario, writeFiles } from "./run-scenario.js";
import type { Scenario, Theme } from "./scenario.js";

export type EngineName = "typescript" | "tslab";

/** A kernel in a theme's folder; replaced by a new one when a scenario leaves it dead. */
export interface ThemeKernel {
  /** @returns what differs from the promise, or undefined. */
  run(scenario: Scenario): Promise<Difference | undefined>;
  close(): Promise<void>;
}

export async function startThemeKernel(engine: EngineName, theme: Theme): Promise<ThemeKernel> {
  const folder = tempFolder("engines");
  const { compilerOptions, files } = theme;
  if (compilerOptions) writeFiles(folder, { "tsconfig.json": JSON.stringify({ compilerOptions }) });
  if (files) writeFiles(folder, files);
  const start = (): Promise<KernelClient> =>
    startKernelClient({ cwd: folder, env: { CLAUDE_NOTEBOOK_ENGINE: engine } });
  let kernel = await start();
  return {
    async run(scenario) {
      try {
        return await runScenario(kernel, scenario);
      } catch (error) {
        kernel.process.kill("SIGKILL");
        await kernel.close();
        kernel = await start();
        return { code: "", outcome: `the kernel does not answer: ${String(error).split(". Log:")[0]}` };
      }
    },
    close: () => kernel.close(),
  };
}
