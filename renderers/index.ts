/** `claude-notebook/renderers`: messages → parts → HTML, markdown, text. No input or output; usable alone. */
export type { MimeBundle } from "./bundle/mime-bundle.js";
export { parseResponseBundle } from "./bundle/parse-response-bundle.js";
export { partsToHtml } from "./bundle/parts-to-html.js";
export { renderErrorBundle } from "./bundle/render-error-bundle.js";
export { renderMarkdownBundle } from "./bundle/render-markdown-bundle.js";
export { type RenderPartsOptions, renderParts } from "./bundle/render-parts.js";
export type { MarkdownOptions } from "./markdown/markdown.js";
export { createMarkdownStream, type MarkdownStream } from "./markdown/markdown-stream.js";
export type { MarkdownPatch } from "./markdown/patches.js";
export { renderMarkdownHtml } from "./markdown/render-markdown-html.js";
export type {
  NotebookCell,
  NotebookDocument,
  NotebookMetadata,
  NotebookOutput,
} from "./page/notebook-document.js";
export type { EmbeddedFile } from "./page/page-html.js";
export { type NotebookPageOptions, renderNotebookPage } from "./page/render-notebook-page.js";
export type { Fact, Panel, Summary, Tone } from "./panels/panel.js";
export { registerPanel } from "./panels/register-panel.js";
export {
  type BackgroundTask,
  type FooterPart,
  type NoticePart,
  type Part,
  type PartState,
  type PlanItem,
  RESPONSE_MIME,
  type ResponseBundle,
  type SessionInfo,
  type TextPart,
  type ThinkingPart,
  type ToolPart,
  type ToolResult,
  type ViewPart,
} from "./response/parts.js";
export { createResponse, type Response, type ResponseOptions } from "./response/response.js";
export type { Section } from "./sections/section.js";
export { renderSessionPage, type SessionPageOptions } from "./session/render-session-page.js";
export { type Hue, type Kind, setHues } from "./style/hues.js";
export { RESPONSE_STYLE, responseStyle } from "./style/response-style.js";
export {
  createTerminalPrinter,
  renderTerminal,
  type TerminalPrinter,
  type TerminalPrinterOptions,
} from "./terminal/terminal-printer.js";
export type { TerminalOptions } from "./terminal/terminal-text.js";
