import type { StateCore } from "markdown-it";

/** `- [ ] open` and `- [x] done`, as GitHub writes them. @see https://github.github.com/gfm/#task-list-items-extension- */
const TASK = /^\[([ xX])\](?=\s)/;

/** Core rule: turns the marker at the start of a list item into a ballot box, which needs no form element and reads unstyled. */
export function markTaskItems(state: StateCore): void {
  const { tokens } = state;
  for (let i = 2; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.type !== "inline" || tokens[i - 1]!.type !== "paragraph_open") continue;
    if (tokens[i - 2]!.type !== "list_item_open") continue;
    const first = token.children?.[0];
    const marker = first?.type === "text" ? TASK.exec(first.content) : null;
    if (!first || !marker) continue;
    first.content = `${marker[1] === " " ? "☐" : "☑"}${first.content.slice(marker[0].length)}`;
  }
}
