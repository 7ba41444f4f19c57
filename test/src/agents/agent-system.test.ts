import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  type AgentError,
  AgentSystem,
  BaseAgent,
  createAgentMemory,
  createReviewerAgent,
  createSecurityAgent,
  debate,
  mapReduce,
  runParallel,
  runSequence,
  supervise,
} from "../../../src/agents/index.js";
import { answeringClaude, type Row } from "../answering-claude.js";

function team(rows: readonly Row[], options: ConstructorParameters<typeof AgentSystem>[0] = {}) {
  const claude = answeringClaude(rows);
  const agents = ["ann", "bob", "cat"].map(
    (name) =>
      new BaseAgent({
        name,
        description: `Is ${name}`,
        systemPrompt: `You are ${name}.`,
        options: claude.options,
      }),
  );
  return {
    system: new AgentSystem({ agents, ...options }),
    asked: () => claude.asked().map(({ prompt }) => prompt),
  };
}

describe("an agent", () => {
  test("asks Claude in its role, with its tools, and gives text and typed answers", async () => {
    const claude = answeringClaude([
      { when: "sum", text: "5", output: { sum: 5 } },
      { when: ".", text: "Hello." },
    ]);
    const agent = new BaseAgent({
      name: "sums",
      description: "Adds",
      systemPrompt: "You add.",
      tools: ["Read"],
      allowedTools: ["Read"],
      model: "sonnet",
      options: claude.options,
    });
    expect((await agent.processWithClaude("Hi")).text).toBe("Hello.");
    const { output } = await agent.processWithClaude("sum", { schema: z.object({ sum: z.number() }) });
    const sum: number = output.sum;
    expect(sum).toBe(5);
    const args = claude.asked()[0]!.args.join(" ");
    expect(args).toMatch(/--tools[= ]Read/);
    expect(args).toMatch(/--allowedTools[= ]Read|--allowed-tools[= ]Read/);
    expect(args).toMatch(/--model=sonnet/);
  });

  test("remembers what was said, and what it was told to note, and no more than it may", async () => {
    const claude = answeringClaude([{ when: "colour", text: "Green." }]);
    const memory = createAgentMemory({ maxTurns: 1 });
    const agent = new BaseAgent({ name: "a", description: "A", memory, options: claude.options });
    memory.note("user", "is called Ann");
    await agent.processWithClaude("A colour?");
    await agent.processWithClaude("Another one?");
    await agent.processWithClaude("A third?");
    const prompts = claude.asked().map(({ prompt }) => prompt);
    expect(prompts[0]).toContain("is called Ann");
    expect(prompts[1]).toContain("Answered: Green.");
    expect(prompts[2]).not.toContain("A colour?");
    expect(prompts[2]).toContain("Another one?");
    memory.clear();
    expect(memory.recall()).toBe("");
  });

  test("can be extended", async () => {
    const claude = answeringClaude([{ when: "Review", text: "Fine." }]);
    class Shouter extends BaseAgent {
      async shout(what: string): Promise<string> {
        return (await this.processWithClaude(`Review ${what}`)).text.toUpperCase();
      }
    }
    const agent = new Shouter({ name: "s", description: "S", options: claude.options });
    expect(await agent.shout("x")).toBe("FINE.");
  });

  test.each([
    { name: "", description: "x" },
    { name: "a b", description: "x" },
    { name: "a", description: " " },
  ])("needs a name and a description: %j", (options) => {
    expect(() => new BaseAgent(options)).toThrow("cannot be made");
  });

  test("that is ready has a role and only the tools it needs", () => {
    const definition = createSecurityAgent().toDefinition();
    expect(definition).toMatchObject({
      prompt: expect.stringContaining("audit"),
      tools: ["Read", "Glob", "Grep"],
    });
    expect(createReviewerAgent({ name: "mine", model: "opus" }).toDefinition()).toMatchObject({
      model: "opus",
    });
  });
});

describe("a system", () => {
  test("finds agents by what they can do", () => {
    const system = new AgentSystem({ agents: [createReviewerAgent(), createSecurityAgent()] });
    expect(system.discover("security").map(({ name }) => name)).toEqual(["security"]);
    expect(system.discover("review").map(({ name }) => name)).toEqual(["reviewer", "security"]);
    expect(system.discover("cooking")).toEqual([]);
    expect(system.discover("")).toEqual([]);
    expect(() => system.get("reviewr")).toThrow("Did you mean reviewer?");
    expect(() => system.register(createReviewerAgent())).toThrow("already");
  });

  test("gives agents their messages and the shared context, once and always", async () => {
    const { system, asked } = team([]);
    system.context.set("goal", "Ship it");
    system.send("ann", "bob", "Look at join.ts");
    expect(system.snapshot.agents[1]).toMatchObject({ name: "bob", unread: 1 });
    await system.run("bob", "Begin");
    await system.run("bob", "Go on");
    expect(asked()[0]).toMatch(/## goal\nShip it[\s\S]*From ann: Look at join.ts[\s\S]*Begin/);
    expect(asked()[1]).toContain("Ship it");
    expect(asked()[1]).not.toContain("Look at join.ts");
    expect(() => system.send("ann", "nobody", "x")).toThrow("no agent");
  });

  test("gives an agent whose run failed its messages again, in the order in which they came", async () => {
    const { system, asked } = team([
      { when: "Begin", error: "out of paper" },
      { when: ".", text: "Done." },
    ]);
    system.send("ann", "bob", "First");
    expect((await system.attempt("bob", "Begin")).status).toBe("failed");
    expect(system.snapshot.agents[1]).toMatchObject({ unread: 1 });
    system.send("cat", "bob", "Second");
    await system.run("bob", "Go on");
    expect(asked().at(-1)).toMatch(/From ann: First\nFrom cat: Second[\s\S]*Go on/);
    expect(system.snapshot.agents[1]).toMatchObject({ unread: 0 });
  });

  test("runs no more agents at once than it may", async () => {
    const { system } = team([{ when: ".", waitMs: 60 }], { maxConcurrent: 2 });
    let most = 0;
    system.subscribe(() => {
      most = Math.max(most, system.snapshot.agents.filter(({ status }) => status === "running").length);
    });
    await runParallel(
      system,
      ["ann", "bob", "cat"].map((agent) => ({ agent, prompt: "x" })),
    );
    expect(most).toBe(2);
  });

  test("spends no more than its budget: what comes after is refused, and costs nothing", async () => {
    const { system, asked } = team([{ when: ".", costUsd: 0.06 }], { budgetUsd: 0.1 });
    await system.run("ann", "1");
    await system.run("ann", "2");
    await expect(system.run("ann", "3")).rejects.toMatchObject({ reason: "over_budget" });
    expect(asked()).toHaveLength(2);
    expect(system.snapshot.spentUsd).toBeCloseTo(0.12);
  });

  test("stops agents that call one another without end", async () => {
    const { system } = team([], { maxRuns: 3 });
    for (let i = 0; i < 3; i++) await system.run("ann", "x");
    await expect(system.run("ann", "x")).rejects.toMatchObject({ reason: "too_many_runs" });
  });

  test("is aborted with everything that runs or waits", async () => {
    const { system } = team([{ when: ".", waitMs: 60_000 }], { maxConcurrent: 1 });
    const outcomes = runParallel(system, [
      { agent: "ann", prompt: "x" },
      { agent: "bob", prompt: "x" },
    ]);
    await expect.poll(() => system.snapshot.agents[0]!.status).toBe("running");
    system.abort("enough");
    expect((await outcomes).map(({ status }) => status)).toEqual(["stopped", "stopped"]);
    await expect(system.run("cat", "x")).rejects.toMatchObject({ reason: "aborted" });
  });

  test.each([{ maxConcurrent: 1 }, { budgetUsd: 1 }, { maxConcurrent: 1, budgetUsd: 1 }])(
    "lets an agent run others within its own run, with %j",
    async (options) => {
      const { system, asked } = team([{ when: ".", costUsd: 0.1 }], options);
      class Lead extends BaseAgent {
        override async processWithClaude() {
          await system.run("ann", "one");
          const outcomes = await runParallel(system, [
            { agent: "bob", prompt: "two" },
            { agent: "cat", prompt: "three" },
          ]);
          expect(outcomes.map(({ status }) => status)).toEqual(["done", "done"]);
          return { text: "Led.", output: undefined as never, result: undefined as never };
        }
      }
      system.register(new Lead({ name: "lead", description: "Leads" }));
      expect((await system.run("lead", "x")).text).toBe("Led.");
      expect(asked()).toHaveLength(3);
      expect(system.snapshot.spentUsd).toBeCloseTo(0.3);
      // Its place and its share are free again.
      expect((await system.attempt("ann", "four")).status).toBe("done");
    },
  );

  test("counts what runs within a run spend towards the budget", async () => {
    const { system } = team([{ when: ".", costUsd: 0.06 }], { budgetUsd: 0.1 });
    class Lead extends BaseAgent {
      override async processWithClaude() {
        await system.run("ann", "1");
        await system.run("ann", "2");
        return { text: "Led.", output: undefined as never, result: undefined as never };
      }
    }
    system.register(new Lead({ name: "lead", description: "Leads" }));
    await system.run("lead", "x");
    await expect(system.run("bob", "3")).rejects.toMatchObject({ reason: "over_budget" });
  });

  /** What each prompt was allowed to cost, in US dollars. */
  const limitsOf = (asked: readonly { prompt: string; args: readonly string[] }[]) =>
    asked.map(({ prompt, args }) => {
      const limit = args.find((arg) => arg.startsWith("--max-budget-usd="));
      return [prompt, limit && Number(limit.split("=")[1])];
    });

  test("pays for what a run asks itself and what runs within it out of one share", async () => {
    const claude = answeringClaude([{ when: ".", costUsd: 0.3 }]);
    const { options } = claude;
    const system = new AgentSystem({ budgetUsd: 1 });
    class Lead extends BaseAgent {
      override async processWithClaude(prompt: string, given: object = {}) {
        await system.run("ann", "within");
        await super.processWithClaude("first", given);
        return (await super.processWithClaude(prompt, given)) as never;
      }
    }
    system.register(new BaseAgent({ name: "ann", description: "Is ann", options }));
    system.register(new Lead({ name: "lead", description: "Leads", options }));
    await system.run("lead", "second");
    expect(limitsOf(claude.asked())).toEqual([
      ["within", 1],
      ["first", 0.7],
      ["second", 0.4],
    ]);
    expect(system.snapshot.spentUsd).toBeCloseTo(0.9);
    await system.run("ann", "after");
    expect(limitsOf(claude.asked()).at(-1)).toEqual(["after", 0.1]);
    await expect(system.run("ann", "too late")).rejects.toMatchObject({ reason: "over_budget" });
  });

  test("keeps half of a share for what an agent's own tools may run while it waits for them", async () => {
    const claude = answeringClaude([{ when: ".", costUsd: 0.1 }]);
    const { options } = claude;
    const canUseTool = () => ({ behavior: "allow" }) as const;
    const system = new AgentSystem({
      budgetUsd: 1,
      agents: [
        new BaseAgent({ name: "ann", description: "Is ann", options: { ...options, canUseTool } }),
        new BaseAgent({ name: "bob", description: "Is bob", options }),
      ],
    });
    await system.run("ann", "with code of ours");
    await system.run("bob", "without");
    expect(limitsOf(claude.asked())).toEqual([
      ["with code of ours", 0.5],
      ["without", 0.9],
    ]);
  });

  test("that a run has used up leaves nothing for what it asks itself", async () => {
    const { system, asked } = team([{ when: ".", costUsd: 0.2 }], { budgetUsd: 0.1 });
    class Lead extends BaseAgent {
      override async processWithClaude(prompt: string, given: object = {}) {
        await system.run("ann", "1");
        return (await super.processWithClaude(prompt, given)) as never;
      }
    }
    system.register(new Lead({ name: "lead", description: "Leads" }));
    await expect(system.run("lead", "x")).rejects.toMatchObject({ reason: "over_budget", agent: "lead" });
    expect(asked()).toEqual(["1"]);
  });

  test("is aborted also with an agent that does not listen, and with what waits for its money", async () => {
    const { system } = team([], { budgetUsd: 1 });
    class Deaf extends BaseAgent {
      override processWithClaude(): Promise<never> {
        return new Promise(() => {});
      }
    }
    system.register(new Deaf({ name: "deaf", description: "Hears nothing" }));
    const outcomes = runParallel(system, [{ agent: "deaf", prompt: "x" }]);
    await expect.poll(() => system.snapshot.agents[3]!.status).toBe("running");
    const waits = system.attempt("ann", "x");
    system.abort("enough");
    expect((await outcomes).map(({ status }) => status)).toEqual(["stopped"]);
    expect((await waits).status).toBe("stopped");
  });

  test("tells how its agents are", async () => {
    const { system } = team([{ when: ".", text: "Two lines\nof text" }]);
    await system.run("ann", "x");
    expect(system.snapshot.agents[0]).toMatchObject({
      status: "done",
      runs: 1,
      tokens: 120,
      costUsd: 0.01,
      activity: "Two lines",
    });
    expect(JSON.parse(JSON.stringify(system.snapshot))).toMatchObject({ spentUsd: 0.01 });
  });
});

describe("agents beside one another", () => {
  test("one that fails, or never says anything, does not end the others", async () => {
    const { system } = team([
      { when: "bad", error: "out of paper" },
      { when: "silent", silent: true },
      { when: "good", text: "Fine." },
    ]);
    const outcomes = await runParallel(system, [
      { agent: "ann", prompt: "bad" },
      { agent: "bob", prompt: "silent" },
      { agent: "cat", prompt: "good" },
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["failed", "failed", "done"]);
    expect(outcomes[0]!.error?.message).toContain("out of paper");
    expect(outcomes[2]!.answer?.text).toBe("Fine.");
  });

  test("an agent that there is not is known before anything runs", async () => {
    const { system, asked } = team([]);
    const run = runParallel(system, [
      { agent: "ann", prompt: "x" },
      { agent: "dan", prompt: "x" },
    ]);
    await expect(run).rejects.toMatchObject({ reason: "unknown_agent" });
    expect(asked()).toEqual([]);
  });
});

describe("a sequence", () => {
  const steps = [
    { agent: "ann", prompt: "first" },
    { agent: "bob", prompt: (before: string) => `second after ${before}` },
    { agent: "cat", prompt: "third" },
  ];

  test("hands each answer on", async () => {
    const { system, asked } = team([
      { when: "^first", text: "one" },
      { when: "^second", text: "two" },
      { when: "^third", text: "three" },
    ]);
    expect((await runSequence(system, steps)).text).toBe("three");
    expect(asked()).toEqual(["first", "second after one", "third\n\ntwo"]);
  });

  test("ends at a step that fails, with what was done; or leaves it out", async () => {
    const rows = [
      { when: "^first", text: "one" },
      { when: "^second", error: "no" },
      { when: "^third", text: "three" },
    ];
    const error = await runSequence(team(rows).system, steps).catch((e: AgentError) => e);
    expect(error).toMatchObject({
      reason: "failed",
      agent: "bob",
      outcomes: [{ status: "done" }, { status: "failed" }],
    });
    const { system, asked } = team(rows);
    expect((await runSequence(system, steps, { onFailure: "skip" })).text).toBe("three");
    expect(asked().at(-1)).toBe("third\n\none");
  });
});

describe("map and reduce", () => {
  test("leaves out the items that fail", async () => {
    const { system, asked } = team([
      { when: "^item b", error: "no" },
      { when: "^item", text: "seen" },
      { when: "Make one answer", text: "all seen" },
    ]);
    const items = ["a", "b", "c"];
    const done = await mapReduce(system, {
      items,
      mapper: "ann",
      reducer: "bob",
      map: (item) => `item ${item}`,
    });
    expect(done).toMatchObject({ text: "all seen", failed: 1 });
    expect(asked().at(-1)).toBe(
      "Make one answer of these, without losing what matters:\n\n## 1\nseen\n\n## 2\nseen",
    );
  });

  test("is an error when every item fails, and the reducer is not asked", async () => {
    const { system, asked } = team([{ when: ".", error: "no" }]);
    const run = mapReduce(system, { items: ["a", "b"], mapper: "ann", reducer: "bob" });
    await expect(run).rejects.toMatchObject({ reason: "all_failed", outcomes: [{}, {}] });
    expect(asked()).toHaveLength(2);
  });
});

describe("a debate", () => {
  const verdict = { when: "^Judge", output: { answer: "Tabs", winner: "ann", reason: "Because" } };

  test("has rounds in which everyone knows what was said, and a judge", async () => {
    const { system, asked } = team([
      verdict,
      { when: "You are ann", text: "Tabs!" },
      { when: "You are bob", text: "Spaces!" },
    ]);
    const done = await debate(system, {
      question: "Tabs or spaces?",
      debaters: ["ann", "bob"],
      judge: "cat",
    });
    expect(done).toMatchObject({ text: "Tabs", winner: "ann", reason: "Because" });
    expect(done.outcomes).toHaveLength(5);
    expect(
      asked().filter((prompt) => prompt.includes("round 2 of 2") && prompt.includes("ann, round 1: Tabs!")),
    ).toHaveLength(2);
  });

  test("goes on when one debater fails, and has no winner that was not there", async () => {
    const { system } = team([
      { ...verdict, output: { answer: "Spaces", winner: "dan", reason: "Because" } },
      { when: "You are ann", error: "no" },
      { when: ".", text: "Spaces!" },
    ]);
    const done = await debate(system, { question: "?", debaters: ["ann", "bob"], judge: "cat", rounds: 1 });
    expect(done).toMatchObject({ text: "Spaces", winner: undefined });
  });

  test.each([
    [["ann"], 2],
    [["ann", "ann"], 2],
    [["ann", "bob"], 0],
    [["ann", "bob"], 99],
    [["ann", "bob"], 1.5],
  ])("of %j in %d rounds is refused", async (debaters, rounds) => {
    const { system, asked } = team([]);
    const run = debate(system, { question: "?", debaters, judge: "cat", rounds });
    await expect(run).rejects.toMatchObject({ reason: "bad_definition" });
    expect(asked()).toEqual([]);
  });
});

describe("a supervisor", () => {
  const delegate = (...delegations: { agent: string; task: string }[]) => ({ delegations });

  test("gives out work, sees what came of it, failures too, and answers", async () => {
    const { system, asked } = team([
      {
        when: "decision 1 of",
        output: delegate(
          { agent: "bob", task: "look" },
          { agent: "cat", task: "break" },
          { agent: "dan", task: "x" },
        ),
      },
      { when: "decision 2 of", output: { answer: "Seen." } },
      { when: "^look", text: "It is green." },
      { when: "^break", error: "out of paper" },
    ]);
    const done = await supervise(system, { task: "Look around", supervisor: "ann" });
    expect(done.text).toBe("Seen.");
    const last = asked().at(-1)!;
    expect(last).toContain("bob (look):\nIt is green.");
    expect(last).toMatch(/cat \(break\):\nfailed: .*out of paper/);
    expect(last).toContain("dan (x): there is no such agent");
    expect(done.outcomes.map(({ agent }) => agent).sort()).toEqual(["ann", "ann", "bob", "cat"]);
  });

  test("that comes to no end is stopped, and nothing of what was done is lost", async () => {
    const { system } = team([{ when: "decision", output: delegate({ agent: "bob", task: "look" }) }]);
    const error = await supervise(system, { task: "x", supervisor: "ann", maxSteps: 3 }).catch(
      (e: AgentError) => e,
    );
    expect(error).toMatchObject({ reason: "too_many_steps" });
    expect((error as AgentError).outcomes).toHaveLength(6);
  });

  test("that decides nothing is an error", async () => {
    const { system } = team([{ when: "decision", output: {} }]);
    await expect(supervise(system, { task: "x", supervisor: "ann" })).rejects.toMatchObject({
      reason: "no_answer",
    });
  });
});
