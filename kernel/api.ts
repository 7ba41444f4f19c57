/**
 * `import … from "claude-notebook"`: the SDK, and what shows its messages in a cell or a terminal.
 * Loads no ZeroMQ, compiler or web server, so that programs can use it too.
 */
export * from "../src/index.js";
export type { CellConversation } from "./claude/cell-conversation.js";
export { type ClaudeInNotebook, claude } from "./claude/claude.js";
export type { ClaudeTurn } from "./claude/claude-turn.js";
export { BudgetSpentError, type NotebookCost, type TurnCost } from "./claude/cost-ledger.js";
export type { ClaudeMap, ClaudeMapOptions } from "./claude/map/map-items.js";
export type { ClaudeCallOptions } from "./claude/run-cell-turn.js";
export { type Displayable, html, image, md, svg } from "./display/deno.js";
export { display } from "./display/display.js";
export {
  displayClaudeResponse,
  displayClaudeResponse as display_claude_response,
  type ShownResult,
} from "./response/display-response.js";
export { renderMarkdown, renderMarkdown as render_markdown } from "./response/render-markdown.js";
export type { ChangedFile, TurnChanges, TurnDiff, UndoOptions } from "./turn-changes/turn-changes.js";
export { UndoError } from "./turn-changes/undo-error.js";
export type { UndoneTurn } from "./turn-changes/undo-turn.js";
