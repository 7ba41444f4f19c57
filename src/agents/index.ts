/** The agents of `claude-notebook/agents`, without what shows them in a cell. */
export { AgentError, type AgentFailure } from "./agent-error.js";
export type { AgentMessage } from "./agent-mailbox.js";
export { type AgentMemory, type AgentMemoryOptions, createAgentMemory } from "./agent-memory.js";
export type { AgentAnswer, AgentOutcome } from "./agent-outcome.js";
export type { AgentState, AgentsSnapshot } from "./agent-snapshot.js";
export { AgentSystem, type AgentSystemOptions, type RunOptions } from "./agent-system.js";
export { type AgentOptions, BaseAgent, type ProcessOptions } from "./base-agent.js";
export { type DebateOptions, type DebateResult, debate } from "./orchestrations/debate.js";
export { type MapReduceOptions, mapReduce } from "./orchestrations/map-reduce.js";
export { type AgentTask, runParallel } from "./orchestrations/run-parallel.js";
export { runSequence, type SequenceOptions, type SequenceStep } from "./orchestrations/run-sequence.js";
export { type SuperviseOptions, supervise, superviseInSession } from "./orchestrations/supervise.js";
export {
  createCodeAnalystAgent,
  createDataScientistAgent,
  createDocumenterAgent,
  createReviewerAgent,
  createSecurityAgent,
  createTesterAgent,
  type ReadyAgentOptions,
} from "./ready-agents.js";
export type { SharedContext } from "./shared-context.js";
