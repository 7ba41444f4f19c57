import { SourceMap, type SourceMapPayload } from "node:module";
import { join } from "node:path";
import type { Script } from "../compile/engine.js";
import { packageRoot } from "../package-root.js";
import { CELL_BODY } from "./evaluate-script.js";

/** A script whose frames are shown in terms of what the user wrote. */
export interface SourceScript {
  /** How frames name it: `cell[3]`, or a path. */
  readonly label: string;
  /** What the user wrote in a cell; empty for a file. */
  readonly code: string;
  readonly script: Script;
  /** By line: how many columns further right the code stands than the user wrote it. */
  readonly shifts?: ReadonlyMap<number, number>;
}

/** A place in the user's code. */
export interface UserPlace {
  readonly label: string;
  readonly code: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

export interface MappedStack {
  /** What stands above the frames: name and message. */
  readonly head: string;
  /** The line of source that Node put above the head, with its arrow. */
  readonly arrow: string | undefined;
  /** Frames as lines; those of the kernel and of Node are left out. */
  readonly frames: readonly string[];
  /** The innermost place in a cell. */
  readonly place: UserPlace | undefined;
}

/** Translates stacks from the emitted scripts to the cells. */
export interface StackTraces {
  /** @param filename the name under which the script runs. */
  add(filename: string, source: SourceScript): void;
  /** @param onlyCells leaves out frames of packages too. */
  map(stack: string, onlyCells?: boolean): MappedStack;
}

/** Longest line that is looked into, in characters: a line of a message may look like a frame and hold a file's contents. */
const MAX_FRAME_CHARS = 8_192;
const FRAME = /^\s+at /;
const PLACE = /(?:file:\/\/)?([^\s()]+?):(\d+):(\d+)(?=\)?$)/;
/** `FILE:LINE`, the line, `^^^` below it, and an empty line. */
const ARROW = /^[^\n]*:\d+\n[^\n]*\n[ \t]*\^+\n\n?/;
const BODY = new RegExp(`(\\bat (?:async )?)${CELL_BODY} \\((.*)\\)$`);
const KERNEL = ["run", "magics", "compile", "kernel.js"].map((name) =>
  join(packageRoot, "dist", "kernel", name),
);

export function createStackTraces(): StackTraces {
  const sources = new Map<string, SourceScript & { maps?: SourceMap[] }>();

  const find = (file: string, line: number, column: number): UserPlace | undefined => {
    const source = sources.get(file);
    if (!source) return undefined;
    source.maps ??= source.script.sourceMaps.map(
      (text) => new SourceMap(JSON.parse(text) as SourceMapPayload),
    );
    let place = { line: line - 1, column: column - 1 };
    for (const map of source.maps) {
      const entry = map.findEntry(place.line, place.column);
      if (!("originalLine" in entry)) return undefined;
      place = { line: entry.originalLine, column: entry.originalColumn };
    }
    const { label, code, script, shifts } = source;
    const userLine = place.line - script.prefixLines + 1;
    const userColumn = Math.max(1, place.column + 1 - (shifts?.get(userLine) ?? 0));
    return { label, code, line: userLine, column: userColumn };
  };

  return {
    add: (filename, source) => void sources.set(filename, source),
    map(stack, onlyCells = false) {
      const lines = stack.split("\n");
      const first = lines.findIndex((line) => FRAME.test(line));
      const above = (first < 0 ? lines : lines.slice(0, first)).join("\n");
      const arrow = ARROW.exec(above)?.[0];
      const head = above.slice(arrow?.length ?? 0);
      let innermost: UserPlace | undefined;
      const frames: string[] = [];
      for (const line of first < 0 ? [] : lines.slice(first)) {
        const match = line.length > MAX_FRAME_CHARS ? null : PLACE.exec(line);
        const file = match?.[1] ?? "";
        const place = match && find(file, Number(match[2]), Number(match[3]));
        if (place) {
          if (place.code !== "") innermost ??= place;
          // Neither the cell's own function nor the scope, whose methods functions of earlier cells are, says anything to users.
          const named = line.replace(/\bat (async )?Proxy\./, "at $1").replace(BODY, "$1$2");
          frames.push(named.replace(PLACE, `${place.label}:${place.line}:${place.column}`));
        } else if (!onlyCells && !isInternal(line, file)) frames.push(line);
      }
      return { head, arrow: arrow?.trimEnd(), frames, place: innermost };
    },
  };
}

function isInternal(line: string, file: string): boolean {
  return (
    file.startsWith("node:") ||
    file.startsWith("claude-notebook:") ||
    KERNEL.some((folder) => line.includes(folder))
  );
}
