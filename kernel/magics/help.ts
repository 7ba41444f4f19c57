import { inspectionData } from "../io/inspection-data.js";
import type { MagicSite } from "./magic.js";

const HELP =
  /^\s*((?:[\p{ID_Start}$_][\p{ID_Continue}$]*)(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*)\s*\?{1,2}\s*$/u;

/** The name that a cell asks about: the whole cell is `name?`, which is no TypeScript. */
export function helpSubject(code: string): string | undefined {
  return HELP.exec(code)?.[1];
}

/** Shows the signature and the documentation of a name in the front end's pager. */
export async function showHelp(name: string, { runtime, cell }: MagicSite): Promise<void> {
  const found = await cell.orInterrupted(runtime.compiler.inspect(name, name.length));
  // What the compiler does not know has the type any, and no name.
  if (found && found.signature !== "any")
    cell.payload.push({ source: "page", data: inspectionData(found), start: 0 });
  else process.stdout.write(`Nothing is known of ${name}.\n`);
}
