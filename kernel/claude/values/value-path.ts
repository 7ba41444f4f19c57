import { types } from "node:util";
import { dataProperty } from "./read-property.js";

/** A path that cannot be followed; the message is for whoever wrote it. */
export class PathError extends Error {
  override readonly name = "PathError";
}

/** A step: a property's name, or an index. */
export type PathStep = string | number;

const STEP =
  /\s*(?:\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)|\[\s*(?:(\d{1,15})|("(?:[^"\\]|\\.)*"|'[^'\\]*'))\s*\])/uy;
const NAME = /\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/uy;

/** Longest path that is read, in characters. */
const MAX_PATH_CHARS = 1_000;

/**
 * Reads `name`, `name.field[0]["key"]`. It is read, not evaluated: a call or an operator is an error.
 *
 * @returns the name, and the steps from it.
 * @throws PathError
 */
export function parsePath(path: string): [name: string, ...steps: PathStep[]] {
  NAME.lastIndex = 0;
  const first = path.length <= MAX_PATH_CHARS ? NAME.exec(path) : null;
  if (!first) throw new PathError(`${shorten(path)} is no path: write a name, as in rows or rows[0].city.`);
  const steps: PathStep[] = [];
  let at = NAME.lastIndex;
  while (path.slice(at).trim() !== "") {
    STEP.lastIndex = at;
    const step = STEP.exec(path);
    if (!step) {
      throw new PathError(
        `${shorten(path)} is no path: from ${JSON.stringify(path.slice(at, at + 20))} on it cannot be read. Paths hold names, [0] and ["key"] only; nothing is called.`,
      );
    }
    const [, name, index, text] = step;
    steps.push(name ?? (index === undefined ? unquote(text!) : Number(index)));
    at = STEP.lastIndex;
  }
  return [first[1]!, ...steps];
}

/**
 * The value at the end of the steps, by own properties, and by the keys of Maps.
 *
 * @param name how messages call the value that the steps begin at.
 * @throws PathError for what does not exist, and for what could only be read by running code: getters, proxies.
 */
export function dataAt(value: unknown, steps: readonly PathStep[], name: string): unknown {
  let at = value;
  let where = name;
  for (const step of steps) {
    if (typeof at !== "object" || at === null) {
      throw new PathError(`${where} is ${at === null ? "null" : typeof at}, which has no ${String(step)}.`);
    }
    const found =
      types.isMap(at) && Map.prototype.has.call(at, step)
        ? ({ type: "value", value: Map.prototype.get.call(at, step) } as const)
        : dataProperty(at, step);
    if (found.type === "missing")
      throw new PathError(`${where} has no own property ${JSON.stringify(step)}.`);
    if (found.type !== "value") {
      const what = types.isProxy(at)
        ? `${where} is a proxy`
        : `${JSON.stringify(step)} of ${where} is a getter`;
      throw new PathError(`${what}, and reading it would run its code.`);
    }
    at = found.value;
    where += typeof step === "number" ? `[${step}]` : `.${step}`;
  }
  return at;
}

function unquote(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    throw new PathError(`${shorten(text)} is no text in quotes.`);
  }
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
