import { randomUUID } from "node:crypto";
import { agentsParts } from "../../renderers/agents/agents-parts.js";
import { renderParts } from "../../renderers/bundle/render-parts.js";
import { partsText } from "../../renderers/panels/part-text.js";
import type { AgentSystem } from "../../src/agents/agent-system.js";
import { onAbort } from "../../src/process/on-abort.js";
import { notebookHost } from "../host.js";
import { createUpdateSchedule } from "../response/update-schedule.js";

/**
 * Shows a system of agents as a grid that follows them while they work. Interrupting the cell stops them. In plain Node the
 * grid is printed at the end.
 *
 * @param work what they do; the grid is final when it settles.
 * @returns what the work returns.
 * @throws what the work throws, after the grid shows it.
 *
 * @example
 *     const { text } = await display_agents(system, debate(system, { question: "Tabs or spaces?", debaters: ["ann", "bob"], judge: "cat" }));
 */
export async function displayAgents<Result>(system: AgentSystem, work: Promise<Result>): Promise<Result> {
  const cell = notebookHost()?.currentCell();
  const displayId = `claude-${randomUUID()}`;
  let isSent = false;
  const schedule = createUpdateSchedule(() => {
    const bundle = renderParts(agentsParts(system), { includeStyle: true, response: displayId });
    cell?.display(bundle, { displayId, update: isSent });
    isSent = true;
    return 1;
  });
  const unsubscribe = system.subscribe(() => cell && schedule.request());
  // Until all of the work has stopped; the next cell may use the agents again.
  let letGoOn = (): void => {};
  const stop = (): void => {
    letGoOn = system.abort("the cell was interrupted");
  };
  const ignore = cell ? onAbort(cell.signal, stop) : () => {};
  if (cell) schedule.request();
  try {
    return await work;
  } finally {
    ignore();
    letGoOn();
    unsubscribe();
    if (cell) schedule.flush();
    else console.log(partsText(agentsParts(system)));
  }
}
