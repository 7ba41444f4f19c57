import { fieldOf, stringField } from "../panels/read-value.js";
import { destructiveActs } from "./destructive.js";
import { invisibleKinds } from "./invisible-characters.js";
import { findPlaces, type NamedPlaces } from "./named-places.js";

/** What there is to know of a tool call before it is allowed; all of it read from the exact input. */
export interface CallDescription extends NamedPlaces {
  /** What it may destroy; empty says nothing. */
  readonly destroys: readonly string[];
  /** Kinds of characters that hide or reorder text. */
  readonly invisible: readonly string[];
  /** What always must be said of the tool, whatever its input. */
  readonly always: readonly string[];
  /** The command, for tools that run one. */
  readonly command: string | undefined;
  /** The TypeScript, for the tool that runs some in the notebook's kernel. */
  readonly code: string | undefined;
  /** Fields that are drawn nowhere else, as `name: value`: what is allowed is all of the input. */
  readonly more: readonly string[];
}

/** Runs TypeScript in the notebook's kernel (kernel/claude/tools/run-cell.ts). */
const KERNEL_TOOL = "mcp__notebook__run_cell";

/** Tools that run a command in a shell. */
export const SHELL_TOOLS: readonly string[] = ["Bash", "PowerShell", "Monitor"];

const SHELL_FIELDS = ["command", "description", "run_in_background", "dangerouslyDisableSandbox"];

/** Fields that are drawn in words of their own, of tools of which not the whole input is drawn. */
const DRAWN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(SHELL_TOOLS.map((tool) => [tool, SHELL_FIELDS])),
  ExitPlanMode: ["plan"],
  [KERNEL_TOOL]: ["code"],
};

/** Tools that write the file they name. */
const FILE_TOOLS: readonly string[] = [
  "Edit",
  "MultiEdit",
  "Write",
  "NotebookEdit",
  "Read",
  "Glob",
  "Grep",
  "LS",
];

/** Fields of file tools that name places. */
const PATH_FIELDS = ["file_path", "notebook_path", "path"] as const;

/** Describes a call. Nothing in it says that something is absent: what a text does not name, it may still do. */
export function describeCall(tool: string, input: unknown): CallDescription {
  const command = SHELL_TOOLS.includes(tool) ? stringField(input, "command") : undefined;
  const code = tool === KERNEL_TOOL ? stringField(input, "code") : undefined;
  const text = command ?? textsIn(input).join("\n");
  return {
    command,
    code,
    more: moreFields(tool, input),
    ...placesOf(tool, input, text),
    destroys: command === undefined ? fileActs(tool) : destructiveActs(command),
    invisible: invisibleKinds(textsIn(input).join("\n")),
    always: [
      ...(command === undefined ? [] : ["may run scripts, may use the network"]),
      ...(fieldOf(input, "run_in_background") === true ? ["goes on in the background"] : []),
      ...(fieldOf(input, "dangerouslyDisableSandbox") === true ? ["asks to run outside of the sandbox"] : []),
      ...(code === undefined ? [] : ["runs in this notebook's kernel: it can do whatever a cell can"]),
      ...(tool.startsWith("mcp__") && code === undefined ? ["does what its server makes of it"] : []),
    ],
  };
}

function placesOf(tool: string, input: unknown, text: string): NamedPlaces {
  if (!FILE_TOOLS.includes(tool)) return findPlaces(text);
  return { paths: PATH_FIELDS.flatMap((name) => stringField(input, name) ?? []), hosts: [] };
}

function moreFields(tool: string, input: unknown): string[] {
  const drawn = Object.hasOwn(DRAWN_FIELDS, tool) ? DRAWN_FIELDS[tool]! : undefined;
  if (!drawn || typeof input !== "object" || input === null) return [];
  return Object.entries(input)
    .filter(([name]) => !drawn.includes(name))
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
}

/** A file that is written whole is not what it was. */
function fileActs(tool: string): string[] {
  return tool === "Write" ? ["replaces the file if there is one"] : [];
}

/** All texts in a value, names of fields included. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => [name, ...textsIn(field)]);
}
