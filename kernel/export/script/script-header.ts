const WORDS = " as a script. Run it in the notebook's folder, for example with `npx tsx`.";

/** First line of a script. @param name of the notebook */
export function scriptHeader(name: string): string {
  return `// ${name.replace(/\s+/g, " ")}${WORDS}`;
}

/** Whether a program was written by an export, and so can be written again. */
export function hasScriptHeader(program: string): boolean {
  const [first = ""] = program.split(/\r?\n/, 1);
  return first.startsWith("// ") && first.endsWith(WORDS);
}
