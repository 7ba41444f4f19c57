/** `claude-notebook/agents`: Claude in roles, alone and together; in a cell a system shows as a grid. */
export * from "../../src/agents/index.js";
export { displayAgents, displayAgents as display_agents } from "./display-agents.js";
