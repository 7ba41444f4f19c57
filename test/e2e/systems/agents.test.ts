import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  AgentSystem,
  BaseAgent,
  type ProcessOptions,
  runParallel,
  supervise,
  superviseInSession,
} from "../../../src/agents/index.js";
import { createSdkMcpServer, tool } from "../../../src/index.js";
import { apiError, type ScriptedConversation, text, toolUse } from "../../../src/testing/index.js";
import { lives } from "../../src/fake-claude.js";
import { realClaude } from "../sdk/real-claude.js";

async function team(script: readonly ScriptedConversation[], systemOptions = {}) {
  const { options, api } = await realClaude(script);
  const agents = ["lead", "ann", "bob"].map(
    (name) =>
      new BaseAgent({
        name,
        description: `Is ${name}`,
        systemPrompt: `You are ${name}.`,
        options: { ...options, allowedTools: ["mcp__agents", "Bash"] },
      }),
  );
  const sent = () =>
    JSON.stringify(api.requests.flatMap(({ body }) => (body?.messages ? [body.messages] : [])));
  return { system: new AgentSystem({ agents, ...systemOptions }), options, sent };
}

test("a supervisor gives out work to agents of the real CLI and answers, one of them failing", async () => {
  const { system, sent } = await team([
    {
      when: /decision 1 of/,
      replies: [
        toolUse("StructuredOutput", {
          delegations: [
            { agent: "ann", task: "Look left" },
            { agent: "bob", task: "Look right" },
          ],
        }),
        text("Given out."),
      ],
    },
    {
      when: /decision 2 of/,
      replies: [toolUse("StructuredOutput", { answer: "Green, and half unknown." }), text("Done.")],
    },
    { when: /Look left/, replies: [text("It is green.")] },
    { when: /Look right/, replies: [apiError(400, "out of paper")] },
  ]);
  const done = await supervise(system, { task: "Look around", supervisor: "lead" });
  expect(done.text).toBe("Green, and half unknown.");
  expect(done.outcomes.map(({ agent, status }) => `${agent} ${status}`).sort()).toEqual([
    "ann done",
    "bob failed",
    "lead done",
    "lead done",
  ]);
  expect(sent()).toContain("It is green.");
});

test("agents write to one another and share a context by tools of their own", async () => {
  const { system, sent } = await team(
    [
      {
        when: /Tell bob/,
        replies: [
          toolUse("mcp__agents__send_message", { to: "bob", text: "The door is open" }),
          toolUse("mcp__agents__write_context", { name: "door", text: "open" }),
          text("Told."),
        ],
      },
      { when: /What is new/, replies: [text("The door.")] },
    ],
    { canTalk: true },
  );
  await system.run("ann", "Tell bob");
  expect((await system.run("bob", "What is new?")).text).toBe("The door.");
  expect(sent()).toContain("From ann: The door is open");
  expect(system.context.get("door")).toBe("open");
});

test("an agent runs another one by a tool of its own, with its place and its money, and is answered", async () => {
  const { options } = await realClaude([
    {
      when: /Ask ann/,
      replies: [toolUse("mcp__team__ask", { agent: "ann", what: "What colour?" }), text("Ann says green.")],
    },
    { when: /What colour/, replies: [text("Green.")] },
  ]);
  const system = new AgentSystem({ maxConcurrent: 1, budgetUsd: 1 });
  const limits: unknown[] = [];
  class Noted extends BaseAgent {
    override async processWithClaude<Schema extends z.ZodType = z.ZodType<undefined>>(
      prompt: string,
      given: ProcessOptions<Schema> = {},
    ) {
      limits.push([this.name, given.maxBudgetUsd]);
      return super.processWithClaude(prompt, given);
    }
  }
  const ask = tool(
    "ask",
    "Asks an agent",
    { agent: z.string(), what: z.string() },
    async ({ agent, what }) => {
      const { text: said } = await system.run(agent, what);
      return said;
    },
  );
  const team = createSdkMcpServer({ name: "team", tools: [ask] });
  system.register(new Noted({ name: "ann", description: "Is ann", options }));
  const lead = { name: "lead", description: "Leads", mcpServers: { team }, allowedTools: ["mcp__team"] };
  system.register(new Noted({ ...lead, options }));
  expect((await system.run("lead", "Ask ann")).text).toBe("Ann says green.");
  // The lead's own turn may cost the other half.
  expect(limits).toEqual([
    ["lead", 1],
    ["ann", 0.5],
  ]);
});

test("work that is aborted ends the processes of all agents, and what their tools started", async () => {
  const command = "echo $$ >> pids; exec sleep 60";
  const { system, options } = await team([
    { when: /Sleep/, replies: [toolUse("Bash", { command }), text("Slept.")] },
  ]);
  const outcomes = runParallel(system, [
    { agent: "ann", prompt: "Sleep" },
    { agent: "bob", prompt: "Sleep" },
  ]);
  const file = join(String(options.cwd), "pids");
  const pids = () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : []);
  await expect.poll(() => pids().length, { timeout: 60_000 }).toBe(2);
  expect(pids().map(lives)).toEqual([true, true]);
  system.abort();
  expect((await outcomes).map(({ status }) => status)).toEqual(["stopped", "stopped"]);
  // The answer does not wait for processes that may not listen.
  await expect.poll(() => pids().map(lives), { timeout: 30_000 }).toEqual([false, false]);
});

test("the same agents are subagents of one session, where that is cheaper", async () => {
  const { system, options, sent } = await team([
    {
      when: /Ask ann/,
      replies: [
        toolUse("Task", { subagent_type: "ann", description: "ask", prompt: "What colour?" }),
        text("Ann says green."),
      ],
    },
    { when: /What colour/, replies: [text("Green.")] },
  ]);
  const done = await superviseInSession(system, { task: "Ask ann", workers: ["ann"], options });
  expect(done.text).toBe("Ann says green.");
  expect(sent()).toContain("What colour?");
  expect(sent()).toContain("Green.");
});
