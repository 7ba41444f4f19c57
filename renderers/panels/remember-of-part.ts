import type { ToolPart } from "../response/parts.js";

/** Makes what is dear to make once for each part. A part never changes: what changes it puts another in its place. */
export function rememberOfPart<Made extends object>(
  make: (part: ToolPart) => Made,
): (part: ToolPart) => Made {
  const known = new WeakMap<ToolPart, Made>();
  return (part) => {
    const made = known.get(part) ?? make(part);
    known.set(part, made);
    return made;
  };
}
