import type { Json } from "../wire.js";

/** The code a request is about and the place of the cursor in it, in code points; the end when it names none. */
export function cursorOf(content: Json): { readonly code: string; readonly cursor: number } {
  const { code, cursor_pos: cursor } = content;
  if (typeof code !== "string") throw new TypeError("`code` is not a string");
  return { code, cursor: typeof cursor === "number" ? cursor : code.length };
}
