import type { Part } from "../response/parts.js";
import { agentPanel } from "./agent.js";
import { bashPanel } from "./bash.js";
import { editPanel } from "./edit.js";
import { footerPanel } from "./footer.js";
import { genericPanel } from "./generic.js";
import { noticePanel } from "./notice.js";
import type { Panel } from "./panel.js";
import { readPanel } from "./read.js";
import { textPanel } from "./text.js";
import { thinkingPanel } from "./thinking.js";
import { todoPanel } from "./todo.js";
import { writePanel } from "./write.js";

/** All panels; the first row that matches draws a part. A new panel is one file and one row, before `genericPanel`. */
export const PANELS: readonly Panel[] = [
  textPanel,
  thinkingPanel,
  bashPanel,
  readPanel,
  editPanel,
  writePanel,
  todoPanel,
  agentPanel,
  genericPanel,
  noticePanel,
  footerPanel,
];

/** The panel that draws a part; undefined for a kind of part that this version does not know. */
export function panelOf(part: Part): Panel | undefined {
  return PANELS.find((panel) => panel.matches(part));
}
