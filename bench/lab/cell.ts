/** What the ways have in common: the messages of a turn whose panels grow. */

/** Characters to write, so that the finished panels have about 500,000 characters of HTML. */
const CONTENT_CHARS = 590_000;

/** Updates a second, and how many seconds they go on. */
export const UPDATES_A_SECOND = 20;
const SECONDS = 25;

/** The ways of showing it, by name: code that is run for each message, and code for the end. */
const WAYS = {
  /** As notebooks show a turn: with the extension live, without it as HTML. */
  response: {
    before: "",
    each: "display_claude_response(message);",
  },
  /** The whole document again, at each update. */
  naive: {
    before: `const { createResponse, renderParts } = await import("claude-notebook/renderers");
const response = createResponse(); let shown = false;`,
    each: `response.apply(message);
if (message.tick) { const bundle = renderParts(response.parts, { includeStyle: true, response: "naive" });
display({ "text/html": bundle["text/html"] }, { raw: true, display_id: "naive", update: shown }); shown = true; }`,
  },
} as const;

export type Way = keyof typeof WAYS;

/** The code of a cell that shows the turn in one of the ways. Each update carries the time at which it was made. */
export function cellOf(way: Way): string {
  const { before, each } = WAYS[way];
  return `${before}
const updates = ${UPDATES_A_SECOND * SECONDS};
const words = "Counting is the easy half; divide by the orders of the month before you compare. ";
const size = ${Math.round(CONTENT_CHARS / UPDATES_A_SECOND / SECONDS)};
const stamp = (): string => "⟦" + Date.now() + "⟧ ";
let blocks = 0;
function* turn(): Generator<any> {
  const event = (event: object): object => ({ type: "stream_event", event, parent_tool_use_id: null });
  const perBlock = 20;
  for (let block = 0; block * perBlock < updates; block++) {
    const id = "toolu_" + block;
    const isTool = block % 3 === 2;
    yield event({ type: "message_start", message: { id: "msg_" + block } });
    const start = isTool ? { type: "tool_use", id, name: "Write", input: {} } : { type: "text", text: "" };
    yield event({ type: "content_block_start", index: 0, content_block: start });
    let content = "";
    for (let i = 0; i < perBlock; i++) {
      const line = isTool ? "export const a" + i + " = " + JSON.stringify(stamp() + words) + ";\\n" : stamp() + words + "\`code " + i + "\` and **more**.\\n\\n";
      const piece = line.repeat(1) + (isTool ? "// " + words.repeat(3) + "\\n" : words.repeat(Math.floor(size / words.length) - 2) + "\\n\\n");
      content += piece;
      const json = (i === 0 ? '{"file_path":"/tmp/a' + block + '.ts","content":"' : "") + JSON.stringify(piece).slice(1, -1);
      const delta = isTool ? { type: "input_json_delta", partial_json: json } : { type: "text_delta", text: piece };
      yield { ...event({ type: "content_block_delta", index: 0, delta }), tick: true };
    }
    const whole = isTool ? { type: "tool_use", id, name: "Write", input: { file_path: "/tmp/a" + block + ".ts", content } } : { type: "text", text: content };
    const message = { id: "msg_" + block, role: "assistant", model: "m", content: [whole] };
    yield { type: "assistant", message, content: [whole], parent_tool_use_id: null };
    if (isTool) {
      const result = [{ type: "tool_result", tool_use_id: id, content: "ok" }];
      yield { type: "user", message: { role: "user", content: result }, content: result, parent_tool_use_id: null };
    }
  }
  yield { type: "result", subtype: "success", is_error: false, num_turns: 1, duration_ms: 1, total_cost_usd: 0, session_id: "s", result: "⟦end⟧", tick: true };
}
const begun = Date.now(); let tick = 0;
for (const message of turn()) {
  if ((message as any).tick) {
    const waitMs = begun + ++tick * ${1000 / UPDATES_A_SECOND} - Date.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  ${each}
}
Date.now()`;
}
