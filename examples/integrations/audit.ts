// A command-line audit: `npx jiti examples/integrations/audit.ts FOLDER`. Exit code 0: nothing serious, 1: something is, 2: it failed.
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { ClaudeSDKError, type QueryOptions, queryObject } from "../../src/index.js";

const severities = ["low", "medium", "high"] as const;

const Finding = z.object({
  severity: z.enum(severities),
  file: z.string(),
  line: z.int().positive().optional(),
  problem: z.string(),
  advice: z.string(),
});

/** What a command line is given to write to. */
interface Output {
  write(text: string): unknown;
}

/** Audits a folder and prints what was found, the most serious first. Claude can read there, and nothing else. */
export async function audit(
  folder: string,
  options: QueryOptions = {},
  stdout: Output = process.stdout,
  stderr: Output = process.stderr,
): Promise<number> {
  try {
    const findings = await queryObject(
      "Audit the code in this folder for security problems. Report each with its file and line.",
      z.array(Finding),
      { tools: ["Read", "Glob", "Grep"], maxTurns: 50, retry: true, ...options, cwd: folder },
    );
    const rank = (finding: z.output<typeof Finding>): number => severities.indexOf(finding.severity);
    for (const { severity, file, line, problem, advice } of findings.sort((a, b) => rank(b) - rank(a))) {
      stdout.write(`${severity}\t${file}${line ? `:${line}` : ""}\t${problem} ${advice}\n`);
    }
    return findings.some(({ severity }) => severity === "high") ? 1 : 0;
  } catch (error) {
    if (!ClaudeSDKError.isInstance(error)) throw error;
    stderr.write(`${[error.message, ...error.hints].join("\n")}\n`);
    return 2;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = await audit(process.argv[2] ?? ".");
}
