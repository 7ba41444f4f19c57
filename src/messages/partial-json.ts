/** Reads a JSON value while it is being written. */
export interface PartialJson {
  /** Adds text that was cut anywhere. @throws SyntaxError for what cannot be JSON */
  push(text: string): void;
  /**
   * The value so far: strings as far as they have come; numbers, `true`, `false` and `null` once they are whole; undefined
   * before anything is known. Snapshots share what is finished, so that a long input costs no more than its length.
   */
  snapshot(): unknown;
}

type Container = unknown[] | Record<string, unknown>;

interface Frame {
  /** The finished children. */
  readonly value: Container;
  key: string | undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

export function createPartialJson(): PartialJson {
  const open: Frame[] = [];
  let root: unknown;
  /** A string that is being read; `escape` is what came of an escape sequence. */
  let string: { text: string; escape: string; isKey: boolean } | undefined;
  /** A number or a word that is being read. */
  let bare = "";

  const finish = (value: unknown): void => {
    const frame = open.at(-1);
    if (frame) assign(frame.value, frame.key, value);
    else root = value;
    if (frame) frame.key = undefined;
  };
  const finishBare = (): void => {
    if (bare === "") return;
    const text = bare;
    bare = "";
    finish(JSON.parse(text));
  };
  const close = (): void => {
    finishBare();
    const frame = open.pop();
    if (!frame) throw new SyntaxError("A bracket closes what was not open.");
    finish(frame.value);
  };
  const inString = (char: string, current: NonNullable<typeof string>): void => {
    if (current.escape !== "") readEscape(char, current);
    else if (char === "\\") current.escape = char;
    else if (char !== '"') current.text += char;
    else {
      string = undefined;
      const frame = open.at(-1);
      if (current.isKey && frame) frame.key = current.text;
      else finish(current.text);
    }
  };
  /** One row for each character that is not part of a string, a number or a word. */
  const structure: Readonly<Record<string, () => void>> = {
    "{": () => void open.push({ value: {}, key: undefined }),
    "[": () => void open.push({ value: [], key: undefined }),
    "}": close,
    "]": close,
    ",": finishBare,
    ":": () => {},
    '"': () => {
      const frame = open.at(-1);
      string = { text: "", escape: "", isKey: isObject(frame?.value) && frame?.key === undefined };
    },
  };

  return {
    push(text) {
      // By UTF-16 units: a surrogate pair may be cut in two.
      for (let at = 0; at < text.length; at++) {
        const char = text[at]!;
        if (string) inString(char, string);
        else if (Object.hasOwn(structure, char)) structure[char]!();
        else if (/\s/.test(char)) finishBare();
        else bare += char;
      }
    },
    snapshot() {
      let current: unknown = string && !string.isKey ? string.text : undefined;
      if (open.length === 0) return current ?? root;
      for (const { value, key } of [...open].reverse()) {
        const copy = Array.isArray(value) ? [...value] : { ...value };
        if (current !== undefined && (Array.isArray(copy) || key !== undefined)) assign(copy, key, current);
        current = copy;
      }
      return current;
    },
  };
}

function readEscape(char: string, string: { text: string; escape: string }): void {
  const sequence = string.escape + char;
  if (sequence[1] === "u") {
    string.escape = sequence.length < 6 ? sequence : "";
    if (sequence.length === 6) string.text += String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
    return;
  }
  string.escape = "";
  string.text += ESCAPES[char] ?? char;
}

function isObject(value: Container | undefined): boolean {
  return value !== undefined && !Array.isArray(value);
}

function assign(container: Container, key: string | undefined, value: unknown): void {
  if (Array.isArray(container)) container.push(value);
  // A plain assignment to `__proto__` would change the prototype.
  else if (key === "__proto__")
    Object.defineProperty(container, key, { value, enumerable: true, writable: true, configurable: true });
  else if (key !== undefined) container[key] = value;
}
