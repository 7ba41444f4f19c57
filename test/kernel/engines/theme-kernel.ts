import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { tempFolder } from "../../support/temp-folder.js";
import { type Difference, runScenario, writeFiles } from "./run-scenario.js";
import type { Scenario, Theme } from "./scenario.js";

export type EngineName = "typescript" | "tslab";

/** Kernels for themes: themes that want nothing of their folder share one. */
export interface ThemeKernels {
  /** @returns what differs from the promise, or undefined. */
  run(theme: Theme, scenario: Scenario): Promise<Difference | undefined>;
  close(): Promise<void>;
}

export function createThemeKernels(engine: EngineName): ThemeKernels {
  const kernels = new Map<Theme | "shared", KernelClient>();
  const keyOf = (theme: Theme): Theme | "shared" => (theme.compilerOptions || theme.files ? theme : "shared");

  const start = async ({ compilerOptions, files }: Theme): Promise<KernelClient> => {
    const folder = tempFolder("engines");
    if (compilerOptions) writeFiles(folder, { "tsconfig.json": JSON.stringify({ compilerOptions }) });
    if (files) writeFiles(folder, files);
    return startKernelClient({ cwd: folder, env: { CLAUDE_NOTEBOOK_ENGINE: engine } });
  };
  const end = async (key: Theme | "shared"): Promise<void> => {
    const kernel = kernels.get(key);
    kernels.delete(key);
    await kernel?.close();
  };

  return {
    async run(theme, scenario) {
      const key = keyOf(theme);
      let kernel = kernels.get(key);
      if (!kernel) {
        // One beside the shared one: a theme's kernel has done its work when the next theme begins.
        for (const each of [...kernels.keys()]) if (each !== "shared") await end(each);
        kernel = await start(theme);
        kernels.set(key, kernel);
      }
      try {
        return await runScenario(kernel, scenario);
      } catch (error) {
        // The next scenario gets a new one.
        kernel.process.kill("SIGKILL");
        await end(key);
        return { code: "", outcome: `the kernel does not answer: ${String(error).split(". Log:")[0]}` };
      }
    },
    async close() {
      for (const key of [...kernels.keys()]) await end(key);
    },
  };
}
