import type { Part, ToolPart } from "../../../renderers/index.js";

function tool(
  name: string,
  input: unknown,
  content: unknown,
  structured?: unknown,
  isError = false,
): ToolPart {
  return {
    id: "t",
    type: "tool",
    state: isError ? "failed" : "done",
    name,
    input,
    result: { content, structured, isError },
    children: [],
  };
}

/** Every place in a response where a model or a tool puts text. */
export function partsWith(text: string): Part[] {
  const patch = [{ oldStart: 1, newStart: 1, lines: [` ${text}`, `-${text}`, `+${text}!`] }];
  const image = { type: "image", source: { type: "base64", media_type: text, data: text } };
  return [
    { id: "1", type: "text", state: "done", text },
    { id: "2", type: "text", state: "streaming", text },
    { id: "3", type: "thinking", state: "done", text },
    { id: "4", type: "notice", state: "failed", level: "error", title: text, text, hints: [text, `\`${text}\``] },
    tool(text, { [text]: text }, text),
    tool(`mcp__${text}__${text}`, text, [{ type: "text", text }, image, { type: text }]),
    tool("Bash", { command: text }, text, { stdout: text, stderr: text }),
    tool("Bash", { command: text }, `Exit code 1\n${text}`, text, true),
    tool("Bash", { command: text }, "", { stdout: `data:image/png;base64,${text}` }),
    tool("Read", { file_path: text }, text, { file: { content: text, startLine: 1, totalLines: 9 } }),
    tool("Read", { file_path: `${text}.html` }, text, { file: { base64: text, type: `image/${text}` } }),
    tool("Edit", { file_path: `${text}.ts`, old_string: text, new_string: `${text}\n` }, text, { structuredPatch: patch }),
    tool("MultiEdit", { file_path: text, edits: [{ old_string: text, new_string: "" }] }, text),
    tool("Write", { file_path: `${text}.html`, content: text }, text),
    tool("TodoWrite", { todos: [{ content: text, status: text }, { content: text, status: "completed" }, text] }, text),
    { ...tool("Task", { description: text, prompt: text }, text), children: [{ id: "c", type: "text", state: "done", text }] },
    tool("Grep", { pattern: text, path: text }, text, { numFiles: text, numMatches: 3 }),
    tool("Grep", { pattern: text, output_mode: "content" }, text, { content: `${text}:1:${text}\n2:${text}`, numLines: 2 }),
    tool("Glob", { pattern: text }, text, { filenames: [text, text], numFiles: 2 }),
    tool("NotebookEdit", { notebook_path: text, cell_id: text, new_source: text }, text, { old_source: `${text}\n`, language: text, cell_type: text }),
    tool("NotebookEdit", { notebook_path: text, new_source: text, cell_type: "markdown" }, text, undefined, true),
    tool("Read", { file_path: text }, text, { type: "notebook", file: { cells: [{ cellType: "markdown", source: text }, { source: [text], outputs: [{ text }] }] } }),
    tool("WebSearch", { query: text }, text, { results: [text, { content: [{ title: text, url: text }, { title: text, url: `https://e.example/${text}` }] }] }),
    tool("WebFetch", { url: text, prompt: text }, text, { code: 404, bytes: 3, result: text }),
    { ...tool("TaskUpdate", { taskId: text, subject: text, description: text, status: text }, text), plan: [{ id: text, text, state: "now" }] } as ToolPart,
    tool("TaskCreate", { subject: text, description: text }, text),
    tool("ExitPlanMode", { plan: text }, text),
    tool("AskUserQuestion", { questions: [{ question: text, header: text, options: [{ label: text, description: text }] }] }, text, { answers: { [text]: text } }),
    tool("Skill", { skill: text, args: text }, text),
    tool("TaskOutput", { task_id: text }, `<status>${text}</status><output>${text}</output><stderr>${text}</stderr>`),
    tool("TaskStop", { task_id: text }, text, { message: text, command: text }),
    tool("ReportFindings", { findings: [{ file: text, line: 1, summary: text, failure_scenario: text, outcome: text }] }, text),
    tool("CronCreate", { cron: text, prompt: text }, text, { humanSchedule: text }),
    tool("CronList", {}, text, { jobs: [{ id: text, humanSchedule: text, prompt: text }] }),
    tool("mcp__a__b", { [text]: [text, { [text]: text.repeat(30) }] }, [{ type: "text", text: JSON.stringify([{ [text]: text }, { [text]: text }]) }]),
    tool("mcp__a__c", {}, [{ type: "resource", resource: { uri: text, mimeType: text, text } }, { type: "resource", resource: { uri: text, mimeType: "image/svg+xml", blob: text } }, { type: "resource_link", uri: text, name: text }, { type: "resource_link", uri: `https://e.example/${text}`, name: text }, { type: "audio", mimeType: text, data: text }]),
    { ...tool("Bash", { command: text, run_in_background: true }, text), task: { id: text, status: "failed", summary: text } } as ToolPart,
    { id: "5", type: "notice", state: "done", level: "warning", title: text, text, output: text },
    { id: "6", type: "footer", state: "done", replayed: false, session: { id: text, model: text, version: text, permissionMode: text, tools: [text], mcpServers: [{ name: text, status: text }] } },
    tool("WebFetch", { url: text, prompt: text }, JSON.stringify({ [text]: text })),
  ]; // biome-ignore format: one line a place
}
