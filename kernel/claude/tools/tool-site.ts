import type { SdkMcpTool, ToolShape } from "../../../src/tools/tool.js";
import type { CellHandle, LiveNotebook } from "../../host.js";
import type { VariableChanges } from "../../turn-changes/variable-changes.js";
import { describeValue } from "../values/describe-value.js";
import type { DescribeLimits } from "../values/describing.js";
import { hiddenValues } from "../values/hidden-values.js";
import { dataAt, PathError, parsePath } from "../values/value-path.js";

/** Whose notebook the tools are about, and which cell asked Claude. */
export interface ToolSite {
  readonly notebook: LiveNotebook;
  readonly cell: CellHandle;
  /** Is told what the turn's code does to variables. */
  readonly variables?: VariableChanges | undefined;
}

/** One tool: a row of the table in `notebook-tools.ts`. */
// biome-ignore lint/suspicious/noExplicitAny: tools of different shapes stand in one table
export type NotebookTool = (site: ToolSite) => SdkMcpTool<any>;

/** For the rows: keeps the types of a tool's parameters. */
export function notebookTool<Shape extends ToolShape>(
  make: (site: ToolSite) => SdkMcpTool<Shape>,
): NotebookTool {
  return make;
}

export function hiddenIn({ notebook }: ToolSite): NonNullable<DescribeLimits["hidden"]> {
  return hiddenValues(notebook.isOwn);
}

/**
 * The value at the end of a path that begins with a declared name.
 *
 * @throws PathError, which tells Claude what it can ask for.
 */
export function valueAt(site: ToolSite, path: string): unknown {
  const [name, ...steps] = parsePath(path);
  const found = site.notebook.read(name);
  if (!found) throw new PathError(`No cell has declared ${name}. list_variables tells what there is.`);
  let value = found.value;
  const isHidden = hiddenIn(site);
  for (const step of [undefined, ...steps]) {
    if (step !== undefined) value = dataAt(value, [step], name);
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    const why = isObject ? isHidden(value as object) : undefined;
    if (why) throw new PathError(`${path} leads to ${why}, which cannot be inspected.`);
  }
  return value;
}

export function describeIn(site: ToolSite, value: unknown, limits: Partial<DescribeLimits> = {}): string {
  return describeValue(value, { ...limits, hidden: hiddenIn(site) });
}
