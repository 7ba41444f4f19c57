import { statSync } from "node:fs";
import type { FileWatcherCallback, System } from "@tslab/typescript-for-tslab";
import type { Ts } from "./load-converter.js";

/** Stands in for watching files: the user's own are looked at before each cell. */
export interface FileChecks {
  readonly sys: System;
  /** Reports the files that have changed since the last call. */
  check(): void;
}

interface Watched {
  readonly callback: FileWatcherCallback;
  modifiedMs: number;
}

/**
 * Packages and declarations do not change under a cell. A change of a `package.json`, as `npm install` makes, would start
 * a second timer, for which tslab's converter has no place ("Unexpected pending rebuildTimer").
 */
const UNWATCHED = /\/node_modules\/|\.d\.ts$|\/package\.json$/;

/**
 * A `ts.sys` that watches nothing. TypeScript would watch the whole working folder and every declaration file it reads:
 * 32,149 watches and 3 s in a big folder. A look at the few local modules is exact, also when a cell runs at once after
 * an edit; packages do not change under a running notebook (a missing one is looked for again, see tslab-engine.ts).
 */
export function replaceWatching(ts: Ts): FileChecks {
  const watched = new Map<string, Watched>();
  const sys: System = {
    ...ts.sys,
    watchDirectory: () => ({ close() {} }),
    watchFile(path, callback) {
      if (UNWATCHED.test(path)) return { close() {} };
      watched.set(path, { callback, modifiedMs: modifiedAt(path) });
      return { close: () => void watched.delete(path) };
    },
  };
  return {
    sys,
    check() {
      for (const [path, file] of watched) {
        const modifiedMs = modifiedAt(path);
        if (modifiedMs === file.modifiedMs) continue;
        file.modifiedMs = modifiedMs;
        file.callback(path, ts.FileWatcherEventKind.Changed);
      }
    },
  };
}

/** 0 for a file that is not there. */
function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
