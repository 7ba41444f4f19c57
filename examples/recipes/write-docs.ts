import { events, type QueryOptions, query, ResultError } from "../../src/index.js";

/**
 * Documentation: Claude reads a folder and writes pages about it. Path → text of what was written, collected from Write; a
 * page that Claude was refused is not among them.
 */
export async function writeDocs(
  folder: string,
  options: QueryOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const turn = query("Document the code in this folder: one markdown page for each module, in docs/.", {
    tools: ["Read", "Glob", "Grep", "Write"],
    permissionMode: "acceptEdits",
    ...options,
    cwd: folder,
  });
  const pages = new Map<string, string>();
  for await (const event of events(turn)) {
    if (event.type === "error") throw new ResultError(event.message);
    if (event.type !== "tool_result" || event.tool_name !== "Write" || !event.success) continue;
    const { file_path, content } = event.input as { file_path: string; content: string };
    pages.set(file_path, content);
  }
  return pages;
}
