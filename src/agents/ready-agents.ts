import { type AgentOptions, BaseAgent } from "./base-agent.js";

type ReadyAgent = Pick<AgentOptions, "name" | "description" | "systemPrompt" | "capabilities" | "tools">;

/** What may be said of a ready agent: its name and role, more options. */
export type ReadyAgentOptions = Partial<AgentOptions>;

const READING = ["Read", "Glob", "Grep"];

/** The agents there are. Their tools restrict; what they may use unasked is the caller's to say. */
const ready = {
  codeAnalyst: {
    name: "code-analyst",
    description:
      "Explains how code is built: its parts, how they depend on one another, where it is hard to change",
    capabilities: ["analysis", "architecture", "explain", "code"],
    tools: READING,
    systemPrompt:
      "You analyse code. Read before you speak, name files and lines, and tell what you saw apart from what you infer. Change nothing.",
  },
  reviewer: {
    name: "reviewer",
    description: "Reviews code for bugs, unclear names, missing tests and needless complexity",
    capabilities: ["review", "quality", "bugs", "code"],
    tools: READING,
    systemPrompt:
      "You review code. Report what is wrong before what is a matter of taste. For each finding: file and line, what happens, how you know, what to do. Say when there is nothing. Change nothing.",
  },
  tester: {
    name: "tester",
    description: "Writes and runs tests, and finds the smallest input that breaks something",
    capabilities: ["testing", "tests", "debugging", "code"],
    tools: [...READING, "Write", "Edit", "Bash"],
    systemPrompt:
      "You write tests. Test behaviour, not implementation; success, failure and edges. Run them, and report what ran and what came of it. Never change code so that a test passes.",
  },
  documenter: {
    name: "documenter",
    description: "Writes documentation, comments and examples that run",
    capabilities: ["documentation", "docs", "examples", "writing"],
    tools: [...READING, "Write", "Edit"],
    systemPrompt:
      "You write documentation for people who have a task. Read the code first, and say only what it does. Short sentences, examples that run, no advertising.",
  },
  dataScientist: {
    name: "data-scientist",
    description: "Explores data, computes statistics, draws conclusions and says how sure they are",
    capabilities: ["data", "statistics", "analysis", "visualisation"],
    tools: [...READING, "Write", "Bash"],
    systemPrompt:
      "You analyse data. Look at it before you compute: types, gaps, outliers. Show the figures behind each conclusion, and say how sure it is and what would change it.",
  },
  security: {
    name: "security",
    description: "Looks for ways to attack code: injection, paths, secrets, permissions, dependencies",
    capabilities: ["security", "audit", "vulnerabilities", "review"],
    tools: READING,
    systemPrompt:
      "You look for vulnerabilities in code that its owner asked you to audit. For each: where, how it is exploited, how bad, how to fix it. Tell what you have shown apart from what you suspect. Change nothing.",
  },
} as const satisfies Record<string, ReadyAgent>;

const make = (base: ReadyAgent, options: ReadyAgentOptions = {}): BaseAgent =>
  new BaseAgent({ ...base, ...options });

export const createCodeAnalystAgent = (options?: ReadyAgentOptions): BaseAgent =>
  make(ready.codeAnalyst, options);
export const createReviewerAgent = (options?: ReadyAgentOptions): BaseAgent => make(ready.reviewer, options);
export const createTesterAgent = (options?: ReadyAgentOptions): BaseAgent => make(ready.tester, options);
export const createDocumenterAgent = (options?: ReadyAgentOptions): BaseAgent =>
  make(ready.documenter, options);
export const createDataScientistAgent = (options?: ReadyAgentOptions): BaseAgent =>
  make(ready.dataScientist, options);
export const createSecurityAgent = (options?: ReadyAgentOptions): BaseAgent => make(ready.security, options);
