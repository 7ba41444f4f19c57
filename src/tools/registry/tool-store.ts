import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { lockFile } from "../../storage/file-lock.js";
import { writeFileAtomically } from "../../storage/write-file-atomically.js";
import { noUsage, type ToolUsage } from "./tool-definition.js";
import { ToolError } from "./tool-error.js";

const usage = z.object({
  calls: z.number(),
  failures: z.number(),
  timeouts: z.number(),
  invalid: z.number(),
  denied: z.number(),
  totalMs: z.number(),
  lastUsed: z.string().optional(),
});

const storedTool = z.object({ enabled: z.boolean(), permission: z.enum(["allow", "ask", "deny"]), usage });
const storedFile = z.record(z.string(), storedTool);

/** What outlives the process of a tool. */
export type StoredTool = z.output<typeof storedTool>;

/** Keeps settings and usage of tools in a folder, for several processes at once. */
export interface ToolStore {
  /** Undefined for a registry that keeps nothing. */
  readonly folder: string | undefined;
  read(name: string, version: string): StoredTool | undefined;
  /** Kept soon; {@link ToolStore.flush} says when. */
  write(
    name: string,
    version: string,
    tool: {
      readonly enabled: boolean;
      readonly permission: StoredTool["permission"];
      readonly usage: ToolUsage;
    },
  ): void;
  /** Resolves when all is on the disk. @throws ToolError `unreadable` when it cannot be written. */
  flush(): Promise<void>;
}

/** How long another process may hold the file, in ms. */
const LOCK_WAIT_MS = 15_000;

/** Writes are gathered for so long, in ms. */
const WRITE_DELAY_MS = 200;

export function createToolStore(folder: string | undefined, lockWaitMs = LOCK_WAIT_MS): ToolStore {
  const path = folder === undefined ? undefined : join(folder, "tools.json");
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  /** What was there when it was read last, to tell what this process has added. */
  const known = new Map(Object.entries(path === undefined ? {} : readTools(path)));
  const base = new Map(known);
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (path === undefined || changed.size === 0) return;
    try {
      const lock = await lockFile(path, lockWaitMs);
      if (!lock) throw new Error(`Another process held it for ${lockWaitMs} ms.`);
      try {
        await writeChanges(path);
      } finally {
        await lock.release();
      }
    } catch (cause) {
      throw new ToolError("unreadable", "", `The file ${path} cannot be written.`, { cause });
    }
  }

  async function writeChanges(path: string): Promise<void> {
    const now = readTools(path);
    const written = [...changed].map((key) => [key, known.get(key)!] as const);
    for (const [key, mine] of written) {
      // Another process may have counted, too.
      now[key] = { ...mine, usage: mergeUsage(now[key]?.usage, base.get(key)?.usage, mine.usage) };
    }
    await writeFileAtomically(path, `${JSON.stringify(now, undefined, 2)}\n`, { mode: 0o600 });
    for (const [key, mine] of written) {
      base.set(key, mine);
      // What changed meanwhile is for the next time.
      if (known.get(key) === mine) changed.delete(key);
    }
  }

  /** One after the other; what could not be written is written with what comes next. */
  const saveInTurn = (): Promise<void> => {
    writing = writing.catch(() => {}).then(save);
    return writing;
  };

  const saveSoon = (): void => {
    timer ??= setTimeout(() => {
      // Tried again, and told, by the next flush.
      saveInTurn().catch(() => {});
    }, WRITE_DELAY_MS);
    timer.unref();
  };

  return {
    folder,
    read: (name, version) => known.get(`${name}@${version}`),
    write(name, version, tool) {
      const key = `${name}@${version}`;
      known.set(key, tool);
      changed.add(key);
      if (path !== undefined) saveSoon();
    },
    flush: saveInTurn,
  };
}

/** A file that is damaged is set aside, so that it costs the statistics and not the tools. */
function readTools(path: string): Record<string, StoredTool> {
  if (!existsSync(path)) return {};
  try {
    return storedFile.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    const aside = `${path}.damaged`;
    renameSync(path, aside);
    process.emitWarning(`${path} could not be read and was set aside as ${aside}.`, "ToolStoreWarning");
    return {};
  }
}

function mergeUsage(stored: ToolUsage | undefined, base: ToolUsage | undefined, mine: ToolUsage): ToolUsage {
  const [there, before] = [stored ?? noUsage, base ?? noUsage];
  const add = (name: "calls" | "failures" | "timeouts" | "invalid" | "denied" | "totalMs"): number =>
    there[name] + mine[name] - before[name];
  return {
    calls: add("calls"),
    failures: add("failures"),
    timeouts: add("timeouts"),
    invalid: add("invalid"),
    denied: add("denied"),
    totalMs: add("totalMs"),
    lastUsed: [there.lastUsed, mine.lastUsed]
      .filter((time) => time !== undefined)
      .sort()
      .at(-1),
  };
}
