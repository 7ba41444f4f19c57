import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { QueryOptions } from "../../src/index.js";
import { temporaryFolder } from "./fake-claude.js";

const path = join(import.meta.dirname, "fixtures", "answering-claude.mjs");

/** What the fake CLI answers to prompts that fit; fixtures/answering-claude.mjs explains the fields. */
export interface Row {
  readonly when: string;
  readonly text?: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly costUsd?: number;
  readonly waitMs?: number;
  readonly times?: number;
  readonly silent?: boolean;
}

export interface Asked {
  readonly row: number;
  readonly prompt: string;
  readonly args: readonly string[];
  readonly session_id: string;
}

/** A CLI that answers by prompt. `asked()` tells what it was asked so far, in order. */
export function answeringClaude(rows: readonly Row[]): {
  readonly options: QueryOptions;
  asked(): Asked[];
} {
  const file = join(temporaryFolder(), "asked.jsonl");
  return {
    options: {
      mode: "live",
      pathToClaudeCodeExecutable: path,
      env: { ANSWERS: JSON.stringify(rows), ASKED: file },
    },
    asked: () =>
      existsSync(file)
        ? readFileSync(file, "utf8")
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line) as Asked)
        : [],
  };
}
