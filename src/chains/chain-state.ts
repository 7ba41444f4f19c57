import { readFile } from "node:fs/promises";
import { z } from "zod";
import { InvalidOptionsError } from "../errors.js";
import { writeFileAtomically } from "../storage/write-file-atomically.js";

/** Version of the state's form. */
const FORMAT_VERSION = 1;

/** `blocked`: a step that it needs has failed. `stopped`: it was interrupted. */
const statuses = ["waiting", "running", "done", "skipped", "failed", "blocked", "stopped"] as const;

const stepState = z.object({
  status: z.enum(statuses),
  /** How often it was tried, in this round. */
  attempts: z.number().default(0),
  /** What came of it: text, or what its schema made of it. Must be JSON to be saved. */
  output: z.unknown().optional(),
  error: z.string().optional(),
  /** US dollars, of all attempts and rounds. */
  costUsd: z.number().default(0),
  durationMs: z.number().optional(),
  replayed: z.boolean().optional(),
  /** The CLI's session that it ran in, how many turns that has, and what names the recording of the last of them. */
  session: z.object({ id: z.string(), turns: z.number(), key: z.string().optional() }).optional(),
  /** Of a branch: which way it took. */
  chosen: z.string().optional(),
  /** Of a loop: the round it is in, from 1. */
  round: z.number().optional(),
});

const chainState = z.object({
  version: z.literal(FORMAT_VERSION),
  chain: z.string(),
  /** The inputs. */
  context: z.record(z.string(), z.unknown()),
  steps: z.record(z.string(), stepState),
  /** US dollars that count towards the budget: a turn that is replayed counts as when it was recorded. */
  spentUsd: z.number(),
});

/** How far a step has come. */
export type StepStatus = (typeof statuses)[number];
/** How far a step has come, and what it gave; plain JSON. */
export type StepState = Readonly<z.output<typeof stepState>>;
/** How far a chain has come; plain JSON. */
export type ChainState = Readonly<z.output<typeof chainState>>;

export function newChainState(chain: string, context: Readonly<Record<string, unknown>>): ChainState {
  return { version: FORMAT_VERSION, chain, context: { ...context }, steps: {}, spentUsd: 0 };
}

/** Writes a state to a file, whole or not at all. */
export async function saveChainState(path: string, state: ChainState): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
}

/**
 * Reads a state, or the file that holds one.
 *
 * @throws InvalidOptionsError when it is none, or of another chain; the system error when the file cannot be read.
 */
export async function loadChainState(chain: string, given: ChainState | string): Promise<ChainState> {
  const value: unknown = typeof given === "string" ? parse(await readFile(given, "utf8"), given) : given;
  const parsed = chainState.safeParse(value);
  const where = typeof given === "string" ? `The file ${given}` : "`resume`";
  if (!parsed.success) {
    const message = `${where} is no state of a chain: ${z.prettifyError(parsed.error)}`;
    throw new InvalidOptionsError("resume", given, message, { cause: parsed.error });
  }
  if (parsed.data.chain === chain) return parsed.data;
  const message = `${where} is a state of the chain \`${parsed.data.chain}\`, not of \`${chain}\`.`;
  throw new InvalidOptionsError("resume", given, message);
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidOptionsError("resume", path, `The file ${path} is not JSON.`, { cause });
  }
}
