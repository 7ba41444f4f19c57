import { events, type QueryOptions, query, ResultError } from "../../src/index.js";

/** One run of the tests. */
export interface TestRun {
  readonly command: string;
  readonly output: string;
  readonly passed: boolean;
}

/**
 * Test writing: Claude writes tests of a file and runs them until they pass. What the runs said is collected from Bash, so
 * that the last of them tells whether the tests pass, whatever Claude says.
 */
export async function writeTests(
  file: string,
  command: string,
  options: QueryOptions = {},
): Promise<readonly TestRun[]> {
  const turn = query(`Write tests of ${file}, and run them with \`${command}\` until they pass.`, {
    permissionMode: "acceptEdits",
    allowedTools: [`Bash(${command}:*)`],
    ...options,
  });
  const runs: TestRun[] = [];
  for await (const event of events(turn)) {
    if (event.type === "error") throw new ResultError(event.message);
    if (event.type !== "tool_result" || event.tool_name !== "Bash") continue;
    const { command } = event.input as { command: string };
    runs.push({ command, output: String(event.result), passed: event.success });
  }
  return runs;
}
