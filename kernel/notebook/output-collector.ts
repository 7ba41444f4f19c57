import type { ZodError } from "zod";
import { MALFORMED_TYPE } from "../remote/tolerant-serializer.js";
import { applyOverwrites } from "./apply-overwrites.js";
import type { CodeCell, DisplayOutput, Output, OutputData, ResultOutput, StreamOutput } from "./notebook.js";
import { type OutputContent, type OutputType, outputContents } from "./output-content.js";

/** An iopub message as far as outputs go. */
export interface OutputMessage {
  readonly header: { readonly msg_type: string };
  readonly parent_header: { readonly msg_id?: string } | Record<string, never>;
  readonly content: unknown;
}

export interface OutputCollector {
  /** From now on the output of the request `messageId` belongs to `cell`. */
  expect(messageId: string, cell: CodeCell): void;
  /**
   * Takes a message into the outputs of the cell that it belongs to, also after that cell has ended.
   * @returns the cell, or undefined when the message belongs to none or changes no output.
   */
  collect(message: OutputMessage): CodeCell | undefined;
}

type Displayed = DisplayOutput | ResultOutput;

interface State {
  /** `clear_output(wait=True)` arrived: clear before the next output. */
  readonly clearNext: Set<CodeCell>;
  /** The outputs that `update_display_data` changes, over all cells. */
  readonly displays: Map<string, Set<Displayed>>;
  /** Streams whose last character is a carriage return, so that what follows may overwrite their last line. */
  readonly openReturns: WeakSet<StreamOutput>;
}

type DisplayContent = OutputContent<"display_data">;

type Handlers = {
  readonly [T in OutputType]: (cell: CodeCell, content: OutputContent<T>, state: State) => void;
};

const handlers: Handlers = {
  stream: (cell, { name, text }, state) => {
    clearIfDue(cell, state);
    appendStream(cell, name, text, state);
  },
  display_data: (cell, content, state) => {
    appendDisplay(cell, { output_type: "display_data", ...bundleOf(content) }, content, state);
  },
  execute_result: (cell, content, state) => {
    const { execution_count } = content;
    appendDisplay(
      cell,
      { output_type: "execute_result", execution_count, ...bundleOf(content) },
      content,
      state,
    );
  },
  update_display_data: (_cell, content, state) => updateDisplays(content, state),
  error: (cell, { ename, evalue, traceback }, state) => {
    clearIfDue(cell, state);
    cell.outputs.push({ output_type: "error", ename, evalue, traceback });
  },
  clear_output: (cell, { wait }, state) => {
    if (wait) state.clearNext.add(cell);
    else clear(cell, state);
  },
  execute_input: (cell, { execution_count }) => {
    if (execution_count !== null) cell.execution_count = execution_count;
  },
  [MALFORMED_TYPE]: () => {},
};

/**
 * Turns iopub messages into the outputs of cells by nbclient's rules: an update of a display, or a display with an id
 * that was shown before, changes every output with that id in all cells; `clear_output(wait)` clears before the next
 * output. Consecutive text of one stream is one output, as JupyterLab stores it, so that the file does not depend on
 * how the kernel cut its writes. A message that is not of Jupyter's protocol is left out; the cell's stderr says so.
 * @see https://github.com/jupyter/nbclient/blob/main/nbclient/client.py `process_message`
 */
export function createOutputCollector(): OutputCollector {
  const cells = new Map<string, CodeCell>();
  const state: State = { clearNext: new Set(), displays: new Map(), openReturns: new WeakSet() };
  return {
    expect: (messageId, cell) => {
      cells.set(messageId, cell);
    },
    collect: (message) => {
      const cell = cells.get(message.parent_header.msg_id ?? "");
      const { msg_type: type } = message.header;
      if (cell === undefined || !isOutputType(type)) return undefined;
      const parsed = outputContents[type].safeParse(message.content ?? {});
      if (parsed.success) (handlers[type] as Handlers["stream"])(cell, parsed.data as never, state);
      else handlers.stream(cell, { name: "stderr", text: describeMalformed(type, parsed.error) }, state);
      return cell;
    },
  };
}

function isOutputType(type: string): type is OutputType {
  return Object.hasOwn(outputContents, type);
}

function describeMalformed(type: OutputType, { issues }: ZodError): string {
  const what = type === MALFORMED_TYPE ? "A message" : `A message ${type}`;
  const reasons = issues.map(({ path, message }) => [...path, message].join(": ")).join("; ");
  return `${what} of the kernel was left out, since it is not of Jupyter's protocol: ${reasons}\n`;
}

function bundleOf(content: DisplayContent): { data: OutputData; metadata: OutputData } {
  return { data: content.data, metadata: content.metadata };
}

function appendStream(cell: CodeCell, name: string, text: string, { openReturns }: State): void {
  let last: Output | undefined = cell.outputs.at(-1);
  if (last?.output_type !== "stream" || last.name !== name) {
    last = { output_type: "stream", name, text: "" };
    cell.outputs.push(last);
  }
  const stream = last as StreamOutput;
  if (!/[\b\r]/.test(text) && !openReturns.has(stream)) {
    // Nothing may look into the text here: each look at a text that grows copies it, and there may be 200 MB of it.
    stream.text += text;
    return;
  }
  stream.text = applyOverwrites(stream.text + text);
  if (stream.text.endsWith("\r")) openReturns.add(stream);
  else openReturns.delete(stream);
}

function appendDisplay(cell: CodeCell, output: Displayed, content: DisplayContent, state: State): void {
  updateDisplays(content, state);
  clearIfDue(cell, state);
  cell.outputs.push(output);
  const id = content.transient?.display_id;
  if (id === undefined) return;
  const shown = state.displays.get(id);
  if (shown === undefined) state.displays.set(id, new Set([output]));
  else shown.add(output);
}

function updateDisplays(content: DisplayContent, { displays }: State): void {
  for (const output of displays.get(content.transient?.display_id ?? "") ?? []) {
    Object.assign(output, bundleOf(content));
  }
}

function clearIfDue(cell: CodeCell, state: State): void {
  if (state.clearNext.delete(cell)) clear(cell, state);
}

function clear(cell: CodeCell, { displays }: State): void {
  const gone = new Set<Output>(cell.outputs);
  for (const shown of displays.values()) {
    for (const output of shown) if (gone.has(output)) shown.delete(output);
  }
  cell.outputs.length = 0;
}
