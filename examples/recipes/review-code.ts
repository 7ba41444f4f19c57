import { execa } from "execa";
import { z } from "zod";
import { type QueryOptions, queryObject } from "../../src/index.js";

const Comment = z.object({ file: z.string(), line: z.int().positive(), comment: z.string() });

/**
 * Code review: comments on what has changed in a git repository. Claude reads the files around the changes, and cannot
 * change or run anything.
 */
export async function reviewCode(
  repository: string,
  options: QueryOptions = {},
): Promise<z.output<typeof Comment>[]> {
  const { stdout: changes } = await execa("git", ["diff", "HEAD"], { cwd: repository });
  if (changes === "") return [];
  const prompt = `Review these changes. Comment on what is wrong, not on taste.\n\n${changes}`;
  return queryObject(prompt, z.array(Comment), {
    tools: ["Read", "Glob", "Grep"],
    ...options,
    cwd: repository,
  });
}
