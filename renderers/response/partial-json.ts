/** Deepest nesting that is read; what is deeper becomes null. */
const MAX_DEPTH = 100;

/** Position in the text that is being read. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** What stands where the text ends before a value begins. */
const NOTHING = Symbol("nothing");

/**
 * What a JSON text that is still being written already says: open strings, arrays and objects count as they stand; a key
 * without a value, a half-written literal or number is left out. Never throws; text that is no JSON gives undefined.
 *
 * @example
 *     parsePartialJson('{"file_path": "a.ts", "content": "line 1\\nli'); // { file_path: "a.ts", content: "line 1\nli" }
 */
export function parsePartialJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const value = readValue({ text, at: 0 }, 0);
    return value === NOTHING ? undefined : value;
  }
}

function readValue(cursor: Cursor, depth: number): unknown {
  skipBlanks(cursor);
  const char = cursor.text[cursor.at];
  if (depth > MAX_DEPTH) {
    cursor.at = cursor.text.length;
    return null;
  }
  if (char === '"') return readString(cursor);
  if (char === "{") return readObject(cursor, depth);
  if (char === "[") return readArray(cursor, depth);
  return readLiteral(cursor);
}

function readObject(cursor: Cursor, depth: number): unknown {
  const entries: [string, unknown][] = [];
  cursor.at++;
  for (;;) {
    skipSeparators(cursor);
    if (cursor.text[cursor.at] !== '"') break;
    const key = readString(cursor);
    skipBlanks(cursor);
    if (cursor.text[cursor.at] !== ":") break;
    cursor.at++;
    const value = readValue(cursor, depth + 1);
    if (value === NOTHING) break;
    entries.push([key, value]);
  }
  closeWith(cursor, "}");
  return Object.fromEntries(entries);
}

function readArray(cursor: Cursor, depth: number): unknown {
  const items: unknown[] = [];
  cursor.at++;
  for (;;) {
    skipSeparators(cursor);
    if (cursor.at >= cursor.text.length || cursor.text[cursor.at] === "]") break;
    const value = readValue(cursor, depth + 1);
    if (value === NOTHING) break;
    items.push(value);
  }
  closeWith(cursor, "]");
  return items;
}

/** Moves behind the closing bracket; anything else there is the end of what can be read. */
function closeWith(cursor: Cursor, bracket: string): void {
  if (cursor.text[cursor.at] === bracket) cursor.at++;
  else cursor.at = cursor.text.length;
}

function readString(cursor: Cursor): string {
  const start = cursor.at;
  let end = start + 1;
  while (end < cursor.text.length && cursor.text[end] !== '"') end += cursor.text[end] === "\\" ? 2 : 1;
  const isClosed = end < cursor.text.length;
  cursor.at = Math.min(end + 1, cursor.text.length);
  if (isClosed) return decodeString(cursor.text.slice(start + 1, end));
  return decodeString(cursor.text.slice(start + 1).replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, dropHalfEscape));
}

/** A backslash at the end is half an escape, unless it is itself escaped. */
function dropHalfEscape(half: string, offset: number, text: string): string {
  let start = offset;
  while (text[start - 1] === "\\") start--;
  return (offset - start) % 2 === 0 ? "" : half;
}

function decodeString(body: string): string {
  try {
    return JSON.parse(`"${body}"`) as string;
  } catch {
    return body;
  }
}

function readLiteral(cursor: Cursor): unknown {
  const text = /^[-+.\w]+/.exec(cursor.text.slice(cursor.at, cursor.at + 40))?.[0] ?? "";
  const isOpen = cursor.at + text.length >= cursor.text.length;
  cursor.at += text.length;
  if (text === "true" || text === "false" || text === "null") return JSON.parse(text);
  const number = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isNaN(number) || isOpen ? NOTHING : number;
}

function skipBlanks(cursor: Cursor): void {
  while (/[\s]/.test(cursor.text[cursor.at] ?? "x")) cursor.at++;
}

function skipSeparators(cursor: Cursor): void {
  while (/[\s,]/.test(cursor.text[cursor.at] ?? "x")) cursor.at++;
}
