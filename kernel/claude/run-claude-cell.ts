import { parseArgs } from "node:util";
import { Script } from "node:vm";
import { type CellHandle, type LiveNotebook, notebookHost } from "../host.js";
import { MagicError } from "../magics/magic.js";
import { interpolate } from "./interpolate.js";
import { type ClaudeCallOptions, runCellTurn } from "./run-cell-turn.js";
import { hiddenValues } from "./values/hidden-values.js";

const USAGE =
  "%%claude [--new] [-o NAME] [--model NAME] [--max-turns N] [--permission-mode MODE] [--allow TOOL]…, and the prompt below";

/** What a cell magic may be told, by its flags. */
const flags = {
  new: { type: "boolean" },
  output: { type: "string", short: "o" },
  model: { type: "string" },
  "max-turns": { type: "string" },
  "permission-mode": { type: "string" },
  allow: { type: "string", multiple: true },
} as const;

/** The options of a `%%claude` cell, read from its first line. */
export interface ClaudeCell {
  readonly options: ClaudeCallOptions;
  /** The variable that gets the turn. */
  readonly output: string | undefined;
}

/** @throws MagicError for what is no option. */
export function readClaudeCell(args: string): ClaudeCell {
  const { values, positionals } = parse(splitWords(args));
  if (positionals.length > 0)
    throw new MagicError(`%%claude: ${positionals[0]} is no option; the prompt goes below. ${USAGE}`);
  const { output, allow } = values;
  if (output !== undefined && !canBeDeclared(output))
    throw new MagicError(`%%claude: ${output} cannot be the name of a variable.`);
  const options = {
    ...(values.new && { new: true }),
    ...(values.model !== undefined && { model: values.model }),
    ...(values["max-turns"] !== undefined && { maxTurns: Number(values["max-turns"]) }),
    ...(values["permission-mode"] !== undefined && { permissionMode: values["permission-mode"] }),
    ...(allow && { allowedTools: allow }),
  } as ClaudeCallOptions;
  return { options, output };
}

/**
 * Asks Claude with the text of a cell.
 *
 * @throws MagicError for options that do not exist and a cell without a prompt; as `claude()` for the rest.
 */
export async function runClaudeCell(args: string, body: string, cell: CellHandle): Promise<void> {
  const { options, output } = readClaudeCell(args);
  if (body.trim() === "") throw new MagicError(`%%claude needs a prompt. ${USAGE}`);
  const notebook = notebookHost()?.notebook as LiveNotebook;
  const turn = await runCellTurn(
    interpolate(body.trim(), (name) => notebook.read(name), hiddenValues(notebook.isOwn)),
    options,
  );
  if (output !== undefined) await notebook.declare(cell, output, turn, "ClaudeNotebook.ClaudeTurn");
}

/** Told before Claude is asked and paid: `const` is a word that no variable can have. */
function canBeDeclared(name: string): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return false;
  try {
    new Script(`"use strict"; async () => { let ${name}; }`);
    return true;
  } catch {
    return false;
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true });
  } catch (error) {
    throw new MagicError(`%%claude: ${error instanceof Error ? error.message : error} ${USAGE}`);
  }
}

/** Words, and texts in quotes. */
function splitWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((each) => each[1] ?? each[2] ?? each[3] ?? "");
}
