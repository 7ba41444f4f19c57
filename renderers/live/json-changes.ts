/** A step into a JSON value: a field's name, or an index. */
export type Step = string | number;

/**
 * One change of a JSON value, short on the wire:
 * `["~", path, keep, text]` keeps the first `keep` characters of a text and puts `text` after them;
 * `["=", path, value]` sets a field or item; `["-", path]` removes a field; `["#", path, length]` shortens a list.
 */
export type Change =
  | readonly ["~", readonly Step[], number, string]
  | readonly ["=", readonly Step[], unknown]
  | readonly ["-", readonly Step[]]
  | readonly ["#", readonly Step[], number];

type Fields = Readonly<Record<string, unknown>>;

/** Names that would reach a prototype; a change that steps through one is refused. */
const FORBIDDEN: readonly Step[] = ["__proto__", "constructor", "prototype"];

/**
 * What turns `before` into `after`, at the cost of what is not the same object in both: values that kept their identity are
 * not looked into. Fields that are undefined count as absent, as in JSON.
 */
export function diffJson(before: unknown, after: unknown): Change[] {
  const changes: Change[] = [];
  compare(before, after, [], changes);
  return changes;
}

function compare(before: unknown, after: unknown, path: readonly Step[], changes: Change[]): void {
  if (before === after) return;
  if (typeof before === "string" && typeof after === "string") {
    const keep = commonLength(before, after);
    changes.push(keep === 0 ? ["=", path, after] : ["~", path, keep, after.slice(keep)]);
  } else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, path, changes);
  else if (isFields(before) && isFields(after)) compareFields(before, after, path, changes);
  else changes.push(["=", path, after]);
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly Step[],
  changes: Change[],
): void {
  if (after.length < before.length) changes.push(["#", path, after.length]);
  for (let i = 0; i < after.length; i++) {
    if (i < before.length) compare(before[i], after[i], [...path, i], changes);
    else changes.push(["=", [...path, i], after[i]]);
  }
}

function compareFields(before: Fields, after: Fields, path: readonly Step[], changes: Change[]): void {
  for (const name of Object.keys(before)) {
    if (before[name] !== undefined && after[name] === undefined) changes.push(["-", [...path, name]]);
  }
  for (const [name, value] of Object.entries(after)) {
    if (value === undefined) continue;
    if (before[name] === undefined) changes.push(["=", [...path, name], value]);
    else compare(before[name], value, [...path, name], changes);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The appended text is the common case: there the whole of `before` is compared at once, at the speed of memory. */
function commonLength(before: string, after: string): number {
  if (after.startsWith(before)) return before.length;
  const most = Math.min(before.length, after.length);
  let length = 0;
  while (length < most && before.charCodeAt(length) === after.charCodeAt(length)) length++;
  return length;
}

/**
 * The value after the changes. What they touch is new, everything else keeps its identity.
 *
 * @throws RangeError for a change that does not fit the value: then the two sides have lost each other.
 */
export function applyChanges(value: unknown, changes: readonly Change[]): unknown {
  let result = value;
  for (const change of changes) result = applyAt(result, change, 0);
  return result;
}

function applyAt(value: unknown, change: Change, depth: number): unknown {
  const path = change[1];
  if (depth === path.length) return replace(value, change);
  const step = path[depth]!;
  const isLast = depth === path.length - 1;
  if (Array.isArray(value) && typeof step === "number" && step >= 0 && step <= value.length) {
    const copy = [...value];
    copy[step] = applyAt(value[step], change, depth + 1);
    return copy;
  }
  if (!isFields(value) || typeof step !== "string" || FORBIDDEN.includes(step)) throw unfit(change);
  const { [step]: old, ...others } = value;
  if (isLast && change[0] === "-") return others;
  return { ...value, [step]: applyAt(old, change, depth + 1) };
}

function replace(value: unknown, change: Change): unknown {
  const [kind, , operand, text] = change;
  if (kind === "=") return operand;
  if (kind === "~" && typeof value === "string" && Number(operand) <= value.length)
    return value.slice(0, Number(operand)) + text;
  if (kind === "#" && Array.isArray(value)) return value.slice(0, Number(operand));
  throw unfit(change);
}

function unfit(change: Change): RangeError {
  return new RangeError(`The change ${JSON.stringify(change).slice(0, 100)} does not fit the value.`);
}
