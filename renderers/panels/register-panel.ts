import type { Part } from "../response/parts.js";
import type { Panel } from "./panel.js";

const FRAMES: readonly Panel["frame"][] = ["panel", "bare", "notice", "footer"];

const PANELS = Symbol.for("claude-notebook.panels");
type Registry = { [PANELS]?: Panel[] | undefined };

/** Rows that were registered, the newest first. Global, so that a second copy of the package draws with them too. */
export function registeredPanels(): readonly Panel[] {
  return (globalThis as Registry)[PANELS] ?? [];
}

/**
 * Draws parts of your choice your way, from now on and in this process: in the cells of this kernel, or in the program that
 * calls it. Registered panels come before the built-in ones, the newest first; one with the name of an earlier one takes its
 * place, so that a cell can be run again.
 *
 * A panel is data: it says what to show, and escaping, folding and limits are ours. One that throws gives way to plain text
 * that names it.
 *
 * @returns what takes the panel away again.
 * @throws TypeError when the row is not a panel; it says what is missing.
 * @example
 *     registerPanel<ToolPart>({
 *       name: "deploy",
 *       matches: (part) => part.type === "tool" && part.name === "mcp__ops__deploy",
 *       frame: "panel",
 *       kind: () => "execute",
 *       summary: (part) => ({ name: "Deploy", target: String((part.input as { to?: unknown })?.to ?? "") }),
 *       body: (part) => [{ type: "json", value: part.input }],
 *     });
 */
export function registerPanel<P extends Part = Part>(panel: Panel<P>): () => void {
  checkPanel(panel as unknown);
  const row = panel as unknown as Panel;
  const registry = globalThis as Registry;
  registry[PANELS] = [row, ...registeredPanels().filter(({ name }) => name !== row.name)];
  return () => {
    registry[PANELS] = registeredPanels().filter((registered) => registered !== row);
  };
}

function checkPanel(panel: unknown): void {
  const row = (panel ?? {}) as Readonly<Record<string, unknown>>;
  const missing = ["matches", "kind", "summary", "body"].filter((name) => typeof row[name] !== "function");
  if (typeof row.name !== "string" || row.name === "") missing.unshift("name");
  if (!FRAMES.includes(row.frame as Panel["frame"])) missing.push(`frame (one of ${FRAMES.join(", ")})`);
  if (missing.length === 0) return;
  throw new TypeError(
    `registerPanel takes a panel { name, matches, frame, kind, summary, body }; this one lacks ${missing.join(", ")}.`,
  );
}
