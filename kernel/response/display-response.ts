import { randomUUID } from "node:crypto";
import { isQueryActive } from "../../src/active-queries.js";
import { isAborted } from "../../src/errors.js";
import type { Message, ResultMessage } from "../../src/messages/types.js";
import { originOf, type QueryOrigin } from "../../src/origin.js";
import { type CellHandle, notebookHost } from "../host.js";
import { type TurnChanges, turnChanges } from "../turn-changes/turn-changes.js";
import { createTurnRecorder, turnRecordOf } from "../turn-changes/turn-record.js";
import { openResponseView, openViewsOf } from "./response-view.js";
import { terminalView } from "./terminal-view.js";
import type { ResponseView } from "./view.js";

/** The result of a turn that was shown, and what the turn changed; the changes are not enumerable. */
export type ShownResult = ResultMessage & TurnChanges;

/** What is being shown of one source of messages: a view in each cell that shows it, or in the terminal. */
type Views = WeakMap<object, ResponseView>;

const viewsOfQuery = new WeakMap<QueryOrigin, Views>();
/** Of messages that no query produced (transcripts, hand-made objects): consecutive ones extend one response. */
const looseViews: Views = new WeakMap();
/** Errors that a response already shows, so that the failing cell does not show them again. */
const shownErrors = new WeakSet<object>();

/** Key of {@link Views} outside a notebook. */
const TERMINAL = {};

/**
 * Shows Claude's messages as a rendered response: markdown, highlighted code and a panel per tool, updated while the
 * answer streams. In plain Node it prints readable text.
 *
 * @param source one message: consecutive messages of one query extend one response; or a whole stream of messages.
 * @returns for a stream: the turn's result message with what the turn changed, or undefined when the stream ended without one.
 * @throws what the stream throws, after the response shows it.
 *
 * @example
 *     for await (const message of query({ prompt: "Explain decorators" })) display_claude_response(message);
 *     const result = await display_claude_response(query({ prompt: "List the files" }));
 */
export function displayClaudeResponse(source: Message): void;
export function displayClaudeResponse(source: AsyncIterable<Message>): Promise<ShownResult | undefined>;
export function displayClaudeResponse(
  source: Message | AsyncIterable<Message>,
): undefined | Promise<ShownResult | undefined> {
  if (isMessageStream(source)) return displayStream(source);
  if (!isMessage(source)) throw notDisplayable(source);
  viewOf(source).apply(source);
  return undefined;
}

async function displayStream(source: AsyncIterable<Message>): Promise<ShownResult | undefined> {
  const cell = notebookHost()?.currentCell();
  const origin = (source as { readonly origin?: QueryOrigin }).origin;
  let reading = true;
  let view: ResponseView | undefined;
  const open = (): ResponseView => {
    view ??= openView(cell, () => reading);
    return view;
  };
  let result: ResultMessage | undefined;
  const recorder = createTurnRecorder();
  try {
    for await (const message of source) {
      open().apply(message);
      await recorder.note(message);
      if (message.type === "result") result = message as ResultMessage;
    }
  } catch (error) {
    if (isAborted(error)) open().interrupt();
    else open().fail(error);
    markShown(error);
    throw error;
  } finally {
    reading = false;
  }
  if (!view && origin) {
    throw new TypeError(
      "This query has been read already; ask again with query({ prompt }) to show it again.",
    );
  }
  if (view && !view.ended) view.interrupt();
  return result && withChanges(hideFromResult(result));
}

/** The response that a message extends, in the cell that reads the query; messages that were kept show where they are shown. */
function viewOf(message: Message): ResponseView {
  const query = originOf(message)?.query;
  const isLive = query !== undefined && isQueryActive(query.id);
  const cell = isLive ? (query.context as CellHandle | undefined) : notebookHost()?.currentCell();
  const views = query ? viewsOf(query) : looseViews;
  const known = views.get(cell ?? TERMINAL);
  if (known && (isLive || !known.ended)) return known;
  const view = openView(cell, () => query !== undefined && isQueryActive(query.id));
  views.set(cell ?? TERMINAL, view);
  return view;
}

function viewsOf(query: QueryOrigin): Views {
  const known = viewsOfQuery.get(query);
  if (known) return known;
  const created: Views = new WeakMap();
  viewsOfQuery.set(query, created);
  return created;
}

/** @param goesOn whether more messages may come when the cell has ended: then its panels stay as they are. */
function openView(cell: CellHandle | undefined, goesOn: () => boolean): ResponseView {
  if (!cell) return terminalView(randomUUID());
  const view = openResponseView(cell, randomUUID());
  if (!cell.running) return view;
  cell.onEnd((outcome) => {
    // A loop that was left early leaves its panels open; one that goes on in the background does not count.
    if (!view.ended && (outcome === "interrupted" || !goesOn())) view.interrupt();
  });
  return view;
}

/**
 * Shows why a cell failed, when an error of the SDK is the cause: in the response it belongs to, or as a panel of its own.
 * Called by the kernel before it sends the error itself.
 */
export function showCellError(error: unknown, cell: CellHandle): void {
  if (typeof error === "object" && error !== null && shownErrors.has(error)) return;
  const view = openViewsOf(cell).at(-1) ?? openResponseView(cell, randomUUID());
  if (isAborted(error)) view.interrupt();
  else view.fail(error);
}

/** A response shows this error already: the cell that it fails shows no panel for it. */
export function markShown(error: unknown): void {
  if (typeof error === "object" && error !== null) shownErrors.add(error);
}

/** A result that was just shown as a footer need not be shown again as the value of the cell. */
function hideFromResult(result: ResultMessage): ResultMessage {
  return Object.defineProperty(result, Symbol.for("Jupyter.display"), {
    value: () => ({}),
    configurable: true,
  });
}

function withChanges(result: ResultMessage): ShownResult {
  for (const [name, value] of Object.entries(turnChanges(turnRecordOf(result))))
    Object.defineProperty(result, name, { value, configurable: true });
  return result as ShownResult;
}

function isMessageStream(source: unknown): source is AsyncIterable<Message> {
  return typeof source === "object" && source !== null && Symbol.asyncIterator in source;
}

function isMessage(source: unknown): source is Message {
  return typeof (source as { type?: unknown } | null | undefined)?.type === "string";
}

function notDisplayable(source: unknown): TypeError {
  const what =
    source instanceof Promise ? "a Promise (await it first)" : source === null ? "null" : typeof source;
  return new TypeError(
    `display_claude_response takes a message of query(), or the query itself; it got ${what}. ` +
      "Try: for await (const message of query({ prompt })) display_claude_response(message)",
  );
}
