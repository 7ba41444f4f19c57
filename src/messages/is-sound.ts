type Fields = Readonly<Record<string, unknown>>;
type Line = Fields & { readonly type: string };

/** One row for each kind of message whose usual shape can be told at a glance. */
const glances: Readonly<Record<string, (raw: Line) => boolean>> = {
  assistant: ({ message }) => isObject(message) && areBlocks(message.content),
  user: ({ message }) =>
    isObject(message) && (typeof message.content === "string" || areBlocks(message.content)),
  result: ({ subtype, is_error, result, errors, total_cost_usd, num_turns, duration_ms }) =>
    typeof subtype === "string" &&
    typeof is_error === "boolean" &&
    (result === undefined || typeof result === "string") &&
    (errors === undefined || (Array.isArray(errors) && errors.every((each) => typeof each === "string"))) &&
    [total_cost_usd, num_turns, duration_ms].every((each) => each === undefined || Number.isFinite(each)),
  system: ({ subtype }) => typeof subtype === "string",
  stream_event: ({ event }) => isObject(event) && isSoundEvent(event),
};

/** The same for the events of the API that a `stream_event` carries. */
const eventGlances: Readonly<Record<string, (event: Fields) => boolean>> = {
  message_start: ({ message }) => isObject(message),
  content_block_start: ({ index, content_block }) => Number.isFinite(index) && isBlock(content_block),
  content_block_delta: ({ index, delta }) => Number.isFinite(index) && isBlock(delta),
  content_block_stop: ({ index }) => Number.isFinite(index),
  message_delta: ({ delta }) => isObject(delta),
  message_stop: () => true,
};

/**
 * Whether a message has the usual shape of its kind; then its schema would say so too. Nearly every message has it: fifty
 * thousand of a long answer need not go through zod, which copies what it checks.
 */
export function isSound(raw: Line): boolean {
  if (!Object.hasOwn(glances, raw.type) || !glances[raw.type]!(raw)) return false;
  return isText(raw.parent_tool_use_id) && isText(raw.session_id) && isText(raw.uuid);
}

function isSoundEvent(event: Fields): boolean {
  const kind = String(event.type);
  return Object.hasOwn(eventGlances, kind) && eventGlances[kind]!(event);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBlock(value: unknown): boolean {
  return typeof (value as Fields | null | undefined)?.type === "string";
}

function areBlocks(value: unknown): boolean {
  return Array.isArray(value) && value.every(isBlock);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || value === null || value === undefined;
}
