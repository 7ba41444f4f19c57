import type { Part } from "../response/parts.js";
import { VIEW_PANELS } from "../views/view-panels.js";
import { agentPanel } from "./agent.js";
import { askPanel } from "./ask.js";
import { bashPanel } from "./bash.js";
import { editPanel } from "./edit.js";
import { findingsPanel } from "./findings.js";
import { footerPanel } from "./footer.js";
import { genericPanel } from "./generic.js";
import { mcpPanel } from "./mcp.js";
import { notebookEditPanel } from "./notebook-edit.js";
import { noticePanel } from "./notice.js";
import type { Panel } from "./panel.js";
import { planPanel } from "./plan.js";
import { readPanel } from "./read.js";
import { registeredPanels } from "./register-panel.js";
import { schedulePanel } from "./schedule.js";
import { searchPanel } from "./search.js";
import { shellPanel } from "./shell.js";
import { skillPanel } from "./skill.js";
import { tasksPanel } from "./tasks.js";
import { textPanel } from "./text.js";
import { thinkingPanel } from "./thinking.js";
import { todoPanel } from "./todo.js";
import { webPanel } from "./web.js";
import { withdrawnPanel } from "./withdrawn.js";
import { writePanel } from "./write.js";

/** All panels of a response; the first row that matches draws a part. A new panel is one file and one row, before `genericPanel`. */
export const PANELS: readonly Panel[] = [
  withdrawnPanel,
  textPanel,
  thinkingPanel,
  bashPanel,
  readPanel,
  editPanel,
  notebookEditPanel,
  writePanel,
  searchPanel,
  webPanel,
  todoPanel,
  tasksPanel,
  planPanel,
  askPanel,
  skillPanel,
  shellPanel,
  findingsPanel,
  schedulePanel,
  agentPanel,
  mcpPanel,
  genericPanel,
  noticePanel,
  footerPanel,
];

/**
 * The panel that draws a part: a registered one, else a row of {@link PANELS} or {@link VIEW_PANELS}; undefined for a kind of part that this version
 * does not know.
 *
 * @throws what the `matches` of a registered panel throws, naming the panel.
 */
export function panelOf(part: Part): Panel | undefined {
  return (
    registeredPanels().find((panel) => matches(panel, part)) ??
    [...PANELS, ...VIEW_PANELS].find((panel) => panel.matches(part))
  );
}

function matches(panel: Panel, part: Part): boolean {
  try {
    return panel.matches(part);
  } catch (error) {
    throw new Error(
      `panel "${panel.name}" failed: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
