/** What the comment above a cell's code asks for, in tslab's words. */
export interface CellMetadata {
  /** `@module NAME`: the cell is a module that others import as `./NAME`. */
  readonly module: string | undefined;
  /** `@jsx`: it has JSX. */
  readonly jsx: boolean;
  /** `@browser`: it is for a browser, of which there is none. */
  readonly browser: boolean;
}

const FIRST_COMMENTS = /^\s*(?:\/\/[^\n]*(?:\n|$)\s*|\/\*[\s\S]*?\*\/\s*)+/;

export function readMetadata(code: string): CellMetadata {
  const comment = code.includes("@") ? (FIRST_COMMENTS.exec(code)?.[0] ?? "") : "";
  const has = (tag: string): boolean => new RegExp(`^[\\s/*]*@${tag}\\b`, "m").test(comment);
  return {
    module: /^[\s/*]*@module\s+([\w$./-]+)/m.exec(comment)?.[1],
    // `@jsx h` names a factory, and says nothing of a module.
    jsx: /^[\s/*]*@jsx[ \t]*$/m.test(comment),
    browser: has("browser"),
  };
}
