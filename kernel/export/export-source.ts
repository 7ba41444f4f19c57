import { extname } from "node:path";
import { HostError } from "../host-error.js";

/** What a file holds that can be exported. */
export type SourceType = "notebook" | "session";

/** A file to export. */
export interface ExportSource {
  readonly path: string;
  readonly type: SourceType;
  /** What its page is called in a folder of pages, with the ending: the path below the folder that was named, else the file's name. */
  readonly name: string;
}

/** Endings of the files that can be exported. */
const TYPES: Readonly<Record<string, SourceType>> = { ".ipynb": "notebook", ".jsonl": "session" };

/** @throws HostError `export-input` for a file with another ending. */
export function sourceTypeOf(path: string): SourceType {
  const extension = extname(path).toLowerCase();
  if (Object.hasOwn(TYPES, extension)) return TYPES[extension]!;
  throw new HostError(
    "export-input",
    `${path} is neither a notebook (.ipynb) nor a saved session (.jsonl), so it cannot be exported.`,
  );
}
