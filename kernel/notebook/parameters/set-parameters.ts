import type { Notebook } from "../notebook.js";
import type { ParameterInput } from "./convert-value.js";

/** Other values for variables of the cell tagged `parameters`; of a name that is given twice, the later option's wins. */
export interface ParameterOptions {
  /** A JSON or YAML file with an object of values, by name. */
  readonly parametersFile?: string | undefined;
  /** Values as JSON has them, or dates. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** Values as text, read by the declared types. */
  readonly parameterTexts?: Readonly<Record<string, string>> | undefined;
}

/**
 * Gives a notebook, in place, the parameters that a run was told.
 * @param path names the notebook in errors.
 * @throws HostError `parameters-unreadable`, `parameter-unknown` or `parameter-invalid`.
 */
export async function setParameters(
  notebook: Notebook,
  path: string,
  { parametersFile, parameters = {}, parameterTexts = {} }: ParameterOptions,
): Promise<void> {
  const fromFile = parametersFile === undefined ? {} : await readFrom(parametersFile);
  const inputs = new Map<string, ParameterInput>();
  for (const [name, value] of [...Object.entries(fromFile), ...Object.entries(parameters)])
    inputs.set(name, { type: "value", value });
  for (const [name, text] of Object.entries(parameterTexts)) inputs.set(name, { type: "text", text });
  if (inputs.size === 0) return;
  // Here, not at the top: most runs need no parser.
  const { injectParameters } = await import("./inject-parameters.js");
  injectParameters(notebook, inputs, path);
}

async function readFrom(path: string): Promise<Readonly<Record<string, unknown>>> {
  const { readParameterFile } = await import("./read-parameter-file.js");
  return readParameterFile(path);
}
