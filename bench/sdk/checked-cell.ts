import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelArgv } from "../../kernel/kernel-argv.js";
import { startBenchKernel } from "../kernel/bench-client.js";
import { median } from "../kernel/measure.js";

/** What importing the SDK costs the cells of a notebook, in milliseconds. */
export interface CheckedCell {
  /** The cell with the import. */
  readonly importMs: number;
  /** A cell that declares something, in a notebook without the import and in one with it; medians. */
  readonly withoutMs: number;
  readonly withMs: number;
  /** The same for a cell that uses what was imported, beside one of that form that does not. */
  readonly plainMs: number;
  readonly usingMs: number;
}

const CELLS = 25;
const declaration = (i: number): string => `const value${i} = { index: ${i}, name: "n${i}" };`;
const plain = (i: number): string => `const kind${i}: string = typeof structuredClone;`;
const using = (i: number): string => `const kind${i}: string = typeof query({ prompt: "hi" }).origin.id;`;

/** Two kernels side by side; their cells take turns, so that whatever else the machine does meets both alike. */
export async function measureCheckedCell(): Promise<CheckedCell> {
  const cwd = mkdtempSync(join(tmpdir(), "claude-notebook-bench-"));
  const [without, withSdk] = [
    await startBenchKernel(kernelArgv, cwd),
    await startBenchKernel(kernelArgv, cwd),
  ];
  const run = async ({ kernel }: typeof without, code: string): Promise<number> => {
    const { ms, status } = await kernel.execute(code);
    if (status !== "ok") throw new Error(`A cell of the benchmark failed: ${code}`);
    return ms;
  };
  try {
    for (const kernel of [without, withSdk]) await run(kernel, "1 + 1");
    const importMs = await run(withSdk, 'import { query } from "claude-notebook/sdk";');
    // The first cells of a form teach both kernels; they are not what a notebook feels.
    for (let i = 0; i < 3; i++)
      for (const kernel of [without, withSdk]) await run(kernel, `const first${i} = ${i};`);
    const found = {
      without: [] as number[],
      with: [] as number[],
      plain: [] as number[],
      using: [] as number[],
    };
    for (let i = 0; i < CELLS; i++) {
      found.without.push(await run(without, declaration(i)));
      found.with.push(await run(withSdk, declaration(i)));
      found.plain.push(await run(without, plain(i)));
      found.using.push(await run(withSdk, using(i)));
    }
    return {
      importMs,
      withoutMs: median(found.without),
      withMs: median(found.with),
      plainMs: median(found.plain),
      usingMs: median(found.using),
    };
  } finally {
    for (const { kernel } of [without, withSdk]) await kernel.close();
    rmSync(cwd, { recursive: true, force: true, maxRetries: 5 });
  }
}
