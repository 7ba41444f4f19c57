import { agentsPanel } from "../agents/agents-panel.js";
import { chainPanel } from "../chains/chain-panel.js";
import { fileChangePanel } from "../changes/file-change-panel.js";
import { contextPanel } from "../context/context-panel.js";
import { conversationPanel, conversationsPanel, promptPanel } from "../conversations/conversations-panel.js";
import { mapPanel } from "../map/map-panel.js";
import type { Panel } from "../panels/panel.js";
import { templatesPanel } from "../templates/templates-panel.js";
import { toolsPanel } from "../tools/tools-panel.js";
import { viewPanel } from "./view-panel.js";

/** The panels of views, which show values of our systems. A new one is one file and one row, before `viewPanel`. */
export const VIEW_PANELS: readonly Panel[] = [
  agentsPanel,
  chainPanel,
  contextPanel,
  conversationPanel,
  conversationsPanel,
  fileChangePanel,
  mapPanel,
  promptPanel,
  templatesPanel,
  toolsPanel,
  viewPanel,
];
