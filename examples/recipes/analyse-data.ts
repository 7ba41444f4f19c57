import { z } from "zod";
import { type QueryOptions, queryObject } from "../../src/index.js";

const Analysis = z.object({
  answer: z.string(),
  /** What the answer rests on, computed by commands. */
  figures: z.array(z.object({ name: z.string(), value: z.number() })),
});

/** Data analysis: a question about a data file, answered in words and in figures that a program can go on with. */
export async function analyseData(
  file: string,
  question: string,
  options: QueryOptions = {},
): Promise<z.output<typeof Analysis>> {
  const prompt = `${question}\n\nThe data is in ${file}. Compute every figure with a command; do not estimate.`;
  return queryObject(prompt, Analysis, { allowedTools: ["Read", "Bash"], ...options });
}
