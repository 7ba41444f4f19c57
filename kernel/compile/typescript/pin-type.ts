import { identifiersIn } from "./prelude.js";

/** Cells that build on one another before types are written out: they are inferred from source to source. */
export const PIN_DEPTH = 12;
/** Longest type that is written out, in characters. */
const MAX_LENGTH = 4000;

const standardTypes = new Set(
  "string number boolean bigint symbol null undefined void never any unknown object true false Array ReadonlyArray Map Set Promise Date RegExp Error Record".split(
    " ",
  ),
);
/** Types that say what a value is without literals that could still widen. */
const PLAIN = /^(?:[{(]|string$|number$|boolean$|bigint$|Map<|Set<)|\[\]$/;

/** A variable's type as a declaration can repeat it: only if it needs nothing but the standard library. */
export function pinType(type: string | undefined, isDeclared: (name: string) => boolean): string | undefined {
  if (!type || !PLAIN.test(type) || /\breadonly\b/.test(type) || type.length > MAX_LENGTH) return undefined;
  const words = identifiersIn(type.replace(/"(?:\\.|[^"\\])*"/g, "").replace(/[\w$]+\??:/g, ""));
  return words.every((each) => standardTypes.has(each) && !isDeclared(each)) ? type : undefined;
}
