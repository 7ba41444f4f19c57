import { nearestName } from "../../../src/options/nearest-name.js";
import { HostError } from "../../host-error.js";
import { type CodeCell, isCodeCell, type Notebook } from "../notebook.js";
import { convertValue, losesDigits, NO_VALUE, type ParameterInput } from "./convert-value.js";
import { formatValue } from "./format-value.js";
import { isVariableName } from "./is-variable-name.js";
import { ANY, type DeclaredParameter, formatType } from "./parameter-type.js";
import { readParameters } from "./read-parameters.js";

/** papermill's tags: the cell that declares the parameters, and the one that gives them other values. */
const DECLARING_TAG = "parameters";
const INJECTED_TAG = "injected-parameters";

/**
 * Gives parameters other values, in place, as papermill does: a cell behind the one tagged `parameters` declares them
 * anew, with the types that they have; a cell of an earlier run is replaced. Without a parameters cell it goes to the top.
 * `metadata.papermill.parameters` says what was given, for what reads papermill's notebooks.
 * @param path names the notebook in errors.
 * @throws HostError `parameter-unknown` for a name that the parameters cell does not declare (papermill only warns of
 * it), `parameter-invalid` for a value that is none of its type, or a name that no variable can have.
 */
export function injectParameters(
  notebook: Notebook,
  inputs: ReadonlyMap<string, ParameterInput>,
  path: string,
): void {
  const at = findTagged(notebook, DECLARING_TAG);
  const declaring = notebook.cells[at];
  const declared = declaring && readParameters(declaring.source);
  const values = [...inputs].map(([name, input]) => {
    const parameter = declared?.get(name);
    checkName(name, parameter, declared, path);
    return { name, parameter, value: convert(name, input, parameter, path) };
  });
  const lines = values.map(({ name, parameter, value }) => declarationOf(name, parameter, value));
  const cell: CodeCell = {
    cell_type: "code",
    metadata: { tags: [INJECTED_TAG] },
    source: ["// Parameters", ...lines].join("\n"),
    execution_count: null,
    outputs: [],
  };
  const old = findTagged(notebook, INJECTED_TAG);
  if (old >= 0) notebook.cells[old] = { ...cell, id: notebook.cells[old]?.id };
  else notebook.cells.splice(at + 1, 0, cell);
  // What else papermill noted is of an earlier run, and would be a lie beside these.
  const parameters = Object.fromEntries(values.map(({ name, value }) => [name, value]));
  notebook.metadata.papermill = { parameters: asJson(parameters) };
}

/** As JSON knows neither `bigint` nor dates, these are stored as text. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, each) => (typeof each === "bigint" ? String(each) : each)));
}

/** The place of the first code cell with the tag, or -1. */
function findTagged({ cells }: Notebook, tag: string): number {
  return cells.findIndex((cell) => isCodeCell(cell) && cell.metadata.tags?.includes(tag));
}

function checkName(
  name: string,
  parameter: DeclaredParameter | undefined,
  declared: ReadonlyMap<string, DeclaredParameter> | undefined,
  path: string,
): void {
  if (parameter !== undefined) return;
  if (!isVariableName(name)) {
    throw new HostError(
      "parameter-invalid",
      `No variable can have the name of the parameter ${JSON.stringify(name)}.`,
    );
  }
  if (declared === undefined) return;
  const names = [...declared.keys()];
  const near = nearestName(name, names);
  const advice = near === undefined ? "" : ` Did you mean ${near}?`;
  throw new HostError("parameter-unknown", `${path} has no parameter ${name}.${advice}`, {
    hints: [
      names.length === 0
        ? "Its cell tagged `parameters` declares no variable"
        : `Its cell tagged \`parameters\` declares ${names.join(", ")}`,
    ],
  });
}

function convert(
  name: string,
  input: ParameterInput,
  parameter: DeclaredParameter | undefined,
  path: string,
): unknown {
  const value = convertValue(input, parameter?.type ?? ANY);
  if (value !== NO_VALUE) return value;
  const given = input.type === "text" ? JSON.stringify(input.text) : formatValue(input.value);
  const type = parameter?.annotation || formatType(parameter?.type ?? ANY);
  throw new HostError(
    "parameter-invalid",
    `The parameter ${name} cannot be ${given}: ${path} declares it as ${type}.`,
    {
      hints: [
        ...(losesDigits(input) ? ["A number has no room for so many digits: declare it as bigint"] : []),
        ...(parameter?.type.type === "date" ? ["Write dates as `2025-02-01` or `2025-02-01T12:30Z`"] : []),
        ...(parameter ? [`Its declaration: \`${parameter.source}\``] : []),
      ],
    },
  );
}

function declarationOf(name: string, parameter: DeclaredParameter | undefined, value: unknown): string {
  // An empty list says nothing of its items: the declaration did.
  const inferred = parameter?.type.type === "array" && parameter.type.items.type !== "any";
  const annotation = parameter?.annotation || (inferred && formatType(parameter.type));
  const { keyword = "const" } = parameter ?? {};
  return `${keyword} ${name}${annotation ? `: ${annotation}` : ""} = ${formatValue(value)};`;
}
