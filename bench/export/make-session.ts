/** A record of a transcript as Claude Code writes it to `~/.claude/projects`; also a message for the renderers. */
export type SessionRecord = Readonly<Record<string, unknown>> & { readonly type: string };

/** How large the session is: so many calls of tools, and so many records in all. */
export const TOOL_CALLS = 250;
export const RECORDS = 575;

/** When the session began; records are 2 s apart. */
const STARTED_AT = Date.UTC(2026, 0, 5, 9);

const CODE = Array.from(
  { length: 30 },
  (_, i) => `export const value${i} = compute(${i}, "name ${i}"); // step ${i}`,
).join("\n");
const OUTPUT = Array.from(
  { length: 20 },
  (_, i) => `\u001b[32m✓\u001b[0m test ${i} passed in ${i * 3} ms`,
).join("\n");
const PROSE =
  "The join drops returns without an order, so the **rate** is too low; `joinReturns` keeps them now.\n\n";

/** Calls in turn, as work on a program has them: input, what Claude sees, the structured result. */
const CALLS: readonly ((i: number) => { name: string; input: unknown; content: string; structured: unknown })[] = [
  (i) => ({
    name: "Read",
    input: { file_path: `src/file${i}.ts` },
    content: CODE.split("\n").map((line, n) => `${n + 1}→${line}`).join("\n"),
    structured: { type: "text", file: { filePath: `src/file${i}.ts`, content: CODE, numLines: 30, startLine: 1, totalLines: 30 } },
  }),
  (i) => ({
    name: "Edit",
    input: { file_path: `src/file${i}.ts`, old_string: "compute(3", new_string: `compute(${i}` },
    content: `The file src/file${i}.ts has been updated.`,
    structured: {
      filePath: `src/file${i}.ts`,
      structuredPatch: [{ oldStart: 3, newStart: 3, oldLines: 3, newLines: 3, lines: [" // before", "-const a = compute(3);", `+const a = compute(${i});`, " // after"] }],
    },
  }),
  (i) => ({
    name: "Bash",
    input: { command: `npm test -- file${i}`, description: "Run the tests" },
    content: OUTPUT,
    structured: { stdout: OUTPUT, stderr: "", interrupted: false, isImage: false },
  }),
  (i) => ({
    name: "Grep",
    input: { pattern: `value${i}`, output_mode: "content" },
    content: `src/a.ts:${i}:const value${i} = 1;`,
    structured: { mode: "content", numFiles: 1, filenames: [], content: `src/a.ts:${i}:const value${i} = 1;`, numLines: 1 },
  }),
  (i) => ({
    name: "TodoWrite",
    input: { todos: [{ content: `Step ${i}`, status: "in_progress", activeForm: "Working" }, { content: "Test", status: "pending", activeForm: "Testing" }] },
    content: "Todos have been modified successfully.",
    structured: { oldTodos: [], newTodos: [] },
  }),
]; // biome-ignore format: a call a row

/** A long session, the same every time: 250 calls of five tools, with words between them. */
export function makeSession(): SessionRecord[] {
  const records: SessionRecord[] = [];
  const add = (type: "user" | "assistant", message: object, more: object = {}): void => {
    const n = records.length;
    const uuid = `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
    const parentUuid = (records.at(-1)?.uuid as string | undefined) ?? null;
    const timestamp = new Date(STARTED_AT + n * 2000).toISOString();
    const base = { parentUuid, isSidechain: false, userType: "external", cwd: "/work", sessionId: "s", version: "2.1.197" };
    records.push({ ...base, type, message, uuid, timestamp, ...more });
  };
  const say = (id: string, block: object): void =>
    add("assistant", { id, type: "message", role: "assistant", model: "claude-test", content: [block], stop_reason: null, stop_sequence: null, usage: { input_tokens: 10, output_tokens: 20 } });
  add("user", { role: "user", content: "Fix the rate of returns." });
  for (let i = 0; i < TOOL_CALLS; i++) {
    const { name, input, content, structured } = CALLS[i % CALLS.length]!(i);
    // Words before some calls, as many as the number of records asks for.
    if (i * (RECORDS - 1 - 2 * TOOL_CALLS) % TOOL_CALLS < RECORDS - 1 - 2 * TOOL_CALLS) say(`w${i}`, { type: "text", text: PROSE.repeat(1 + (i % 3)) });
    say(`c${i}`, { type: "tool_use", id: `t${i}`, name, input });
    add("user", { role: "user", content: [{ type: "tool_result", tool_use_id: `t${i}`, content }] }, { toolUseResult: structured });
  }
  return records;
} // biome-ignore format: a record a line
