import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createChain } from "../../../src/chains/chain-builder.js";
import { ChainBudgetError, ChainStepError } from "../../../src/chains/chain-errors.js";
import type { ChainEvent } from "../../../src/chains/chain-events.js";
import type { ChainState } from "../../../src/chains/chain-state.js";
import { createDataAnalysisChain } from "../../../src/chains/ready/data-analysis-chain.js";
import { createDebuggingChain } from "../../../src/chains/ready/debugging-chain.js";
import { createFeatureChain } from "../../../src/chains/ready/feature-chain.js";
import { createReviewChain } from "../../../src/chains/ready/review-chain.js";
import { AbortError, InvalidOptionsError } from "../../../src/index.js";
import { answeringClaude, type Row } from "../answering-claude.js";
import { temporaryFolder } from "../fake-claude.js";

const inputs = { topic: z.string() };
const given = { contextOverrides: { topic: "locks" } };
const quick = { retries: 2, minDelayMs: 1, jitter: false };

/** A chain whose Claude answers by these rows. */
function begin(rows: readonly Row[] = [], spec: { budgetUsd?: number; concurrency?: number } = {}) {
  const claude = answeringClaude(rows);
  let time = 0;
  const now = (): number => {
    time += 100;
    return time;
  };
  const chain = createChain({ name: "c", inputs, options: claude.options, now, ...spec });
  return { chain, claude, asked: () => claude.asked().map(({ prompt }) => prompt) };
}

async function eventsOf(run: AsyncIterable<ChainEvent>): Promise<string[]> {
  const seen: string[] = [];
  for await (const event of run)
    if (event.type !== "message") seen.push("step" in event ? `${event.type} ${event.step}` : event.type);
  return seen;
}

async function failureOf(work: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("steps", () => {
  test("get the inputs and the outputs before them, as text and in the form of their schema", async () => {
    const { chain, asked } = begin([
      { when: "^Points", output: { value: ["one", "two"] } },
      { when: "^Write", text: "A text." },
    ]);
    const { outputs, costUsd } = await chain
      .step("points", { prompt: "Points on {{topic}}", output: z.array(z.string()) })
      .run("count", ({ points }) => points.length)
      .step("text", { prompt: "Write {{count}}:\n{{points}}" })
      .build()
      .execute(given);
    expect(outputs).toEqual({ topic: "locks", points: ["one", "two"], count: 2, text: "A text." });
    const count: number = outputs.count;
    expect(count).toBe(2);
    expect(asked()).toEqual(["Points on locks", "Write 2:\none\ntwo"]);
    expect(costUsd).toBe(0.02);
  });

  test("tell how they go, in order, whoever reads it", async () => {
    const { chain } = begin();
    const run = chain
      .step("a", { prompt: "A" })
      .step("b", { prompt: "B", when: () => false })
      .build()
      .execute(given);
    const [first, second, result] = await Promise.all([eventsOf(run), eventsOf(run), run]);
    expect(first).toEqual([
      "chain_started",
      "step_started a",
      "step_finished a",
      "step_skipped b",
      "chain_finished",
    ]);
    expect(second).toEqual(first);
    expect(result.outputs).toEqual({ topic: "locks", a: "Done." });
  });

  test("ask by a template with its values and its options", async () => {
    const { chain, claude } = begin();
    await chain
      .step("audit", {
        template: "security_audit",
        variables: { code: "on {{topic}}", assets: () => ["keys"] },
      })
      .build()
      .execute(given);
    const [asked] = claude.asked();
    expect(asked!.prompt).toContain("on locks");
    expect(asked!.prompt).toContain("Worth protecting: keys");
    expect(asked!.args.join(" ")).toContain("--tools Read,Glob,Grep");
  });

  test("can go on in the session of an earlier one, as a copy", async () => {
    const { chain, claude } = begin();
    await chain.step("a", { prompt: "A" }).step("b", { prompt: "B", continues: "a" }).build().execute(given);
    const [a, b] = claude.asked();
    expect(b!.args).toEqual(expect.arrayContaining([`--resume=${a!.session_id}`, "--fork-session"]));
  });

  test("has recordings that are told apart by what was said in the session that it goes on in", async () => {
    const { options } = answeringClaude([
      { when: "^A number", text: "Seven." },
      { when: "^A colour", text: "Blue." },
      { when: "^More", text: "Eight.", times: 1 },
      { when: "^More", text: "Green." },
    ]);
    const recordingsDir = temporaryFolder();
    for (const mode of ["record", "replay"] as const) {
      const said: unknown[] = [];
      for (const prompt of ["A number", "A colour"]) {
        const chain = createChain({ name: "c", options: { ...options, mode, recordingsDir } })
          .step("first", { prompt })
          .step("more", { prompt: "More", continues: "first" })
          .build();
        said.push((await chain.execute()).outputs.more);
      }
      expect(said, mode).toEqual(["Eight.", "Green."]);
    }
  });

  test("an override gives the output of a step, which is then not run", async () => {
    const { chain, asked } = begin();
    const built = chain
      .step("n", { prompt: "A number", output: z.number() })
      .step("b", { prompt: "B {{n}}" })
      .build();
    const { outputs } = await built.execute({ contextOverrides: { topic: "x", n: 7 } });
    expect(outputs.n).toBe(7);
    expect(asked()).toEqual(["B 7"]);
    expect(() => built.execute({ contextOverrides: { topic: "x", n: "seven" } })).toThrow(/`n`/);
  });

  test("inputs that are missing, unknown or wrong are refused before anything starts", () => {
    const built = begin().chain.step("a", { prompt: "{{topic}}" }).build();
    for (const overrides of [{}, { topic: 1 }, { topic: "x", tpoic: "y" }] as never[])
      expect(() => built.execute({ contextOverrides: overrides })).toThrow(InvalidOptionsError);
    expect(() => built.execute({ ...given, budgetUsd: -1 })).toThrow(/budgetUsd/);
  });
});

describe("groups", () => {
  test("steps in parallel run at once, within the limit", async () => {
    const { chain } = begin([], { concurrency: 2 });
    let now = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++now);
      await sleep(20);
      now--;
    };
    await chain
      .parallel("p", (p) => p.run("a", work).run("b", work).run("c", work).run("d", work))
      .build()
      .execute(given);
    expect(most).toBe(2);
  });

  test("steps wait for what they need, and for nothing else", async () => {
    const order: string[] = [];
    const note = (name: string, ms: number) => async () => {
      await sleep(ms);
      order.push(name);
    };
    await begin()
      .chain.run("slow", note("slow", 80), { needs: [] })
      .run("fast", note("fast", 1), { needs: [] })
      .run("afterFast", note("afterFast", 1), { needs: ["fast"] })
      .run("afterBoth", note("afterBoth", 1), { needs: ["slow", "afterFast"] })
      .build()
      .execute(given);
    expect(order).toEqual(["fast", "afterFast", "slow", "afterBoth"]);
  });

  test("one way of a branch is taken, and the others are skipped", async () => {
    const { chain, asked } = begin();
    const run = chain
      .branch("way", () => "right", {
        left: (way) => way.step("l", { prompt: "L" }),
        right: (way) => way.step("r", { prompt: "R" }),
      })
      .step("end", { prompt: "[{{l}}] [{{r}}] {{way}}" })
      .build()
      .execute(given);
    const { outputs, snapshot } = await run;
    expect(asked()).toEqual(["R", "[] [Done.] right"]);
    expect(outputs.l).toBeUndefined();
    expect(snapshot.steps[0]!.lanes.map(({ name, isChosen }) => [name, isChosen])).toEqual([
      ["left", false],
      ["right", true],
    ]);
  });

  test("a way that is not there fails with the names of those that are", async () => {
    const built = begin()
      .chain.branch("way", () => "up" as never, { left: (way) => way.step("l", { prompt: "L" }) })
      .build();
    await expect(built.execute(given)).rejects.toThrow(/it chose the branch "up"; there are left/);
  });

  test("a loop goes on until it is enough, and hands a round what the one before gave", async () => {
    const { chain, asked } = begin([
      { when: "^Draft", text: "draft" },
      { when: "^Review", output: { ok: false, why: "too long" }, times: 1 },
      { when: "^Review", output: { ok: true, why: "" } },
    ]);
    const { outputs } = await chain
      .loop(
        "polish",
        (body) =>
          body.step("draft", { prompt: "Draft{{#review}} again: {{review.why}}{{/review}}" }).step("review", {
            prompt: "Review {{draft}}",
            output: z.object({ ok: z.boolean(), why: z.string() }),
          }),
        { maxRounds: 5, until: ({ review }) => review.ok },
      )
      .build()
      .execute(given);
    expect(asked()).toEqual(["Draft", "Review draft", "Draft again: too long", "Review draft"]);
    expect(outputs.polish).toBe(2);
  });

  test("a loop that is never enough ends at its bound: as a failure, or not, as it was told", async () => {
    let rounds = 0;
    const build = (atLimit: "fail" | "goOn") =>
      begin()
        .chain.loop("l", (body) => body.run("a", () => ++rounds), {
          maxRounds: 3,
          atLimit,
          until: () => false,
        })
        .build();
    await expect(build("fail").execute(given)).rejects.toThrow(/step `l` .* 3 rounds were not enough/);
    expect(rounds).toBe(3);
    expect((await build("goOn").execute(given)).outputs.l).toBe(3);
  });
});

describe("failures", () => {
  test("a step that fails is named, what needs it is left out, and everything else goes on", async () => {
    const { chain, asked } = begin([{ when: "^Bad", error: "It broke." }]);
    const run = chain
      .step("bad", { prompt: "Bad", needs: [] })
      .step("after", { prompt: "After", needs: ["bad"] })
      .step("good", { prompt: "Good", needs: [] })
      .build()
      .execute(given);
    const [events, error] = await Promise.all([eventsOf(run), failureOf(run)]);
    expect(ChainStepError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: "chain_failed", step: "bad", cause: { code: "result_error" } });
    expect((error as ChainStepError).message).toMatch(/The step `bad` of the chain `c` failed.*It broke/);
    expect(events).toEqual(
      expect.arrayContaining(["step_failed bad", "step_blocked after", "step_finished good"]),
    );
    expect(asked().sort()).toEqual(["Bad", "Good"]);
    expect(run.snapshot.status).toBe("failed");
  });

  test("a step is tried again as often as it may, and what failed is paid for", async () => {
    const { chain } = begin([
      { when: "^Hard", error: "Not yet.", times: 2, costUsd: 0.5 },
      { when: "^Hard", text: "Now." },
    ]);
    const run = chain.step("hard", { prompt: "Hard", retries: quick }).build().execute(given);
    const [events, result] = await Promise.all([eventsOf(run), run]);
    expect(result.outputs.hard).toBe("Now.");
    expect(events.filter((event) => event === "step_retried hard")).toHaveLength(2);
    expect(result.costUsd).toBe(1.01);
    expect(result.state.steps.hard).toMatchObject({ attempts: 3, status: "done" });
  });

  test("what another attempt cannot mend is not tried again", async () => {
    const { chain, claude } = begin();
    let tries = 0;
    const built = chain
      .run(
        "a",
        () => {
          tries++;
          throw new InvalidOptionsError("x", 1, "Wrong.");
        },
        { retries: quick },
      )
      .build();
    await expect(built.execute(given)).rejects.toThrow(/Wrong/);
    expect(tries).toBe(1);
    expect(claude.asked()).toEqual([]);
  });

  test.each([
    ["a condition", (c: ReturnType<typeof begin>["chain"]) => c.run("a", () => 1, { when: boom })],
    [
      "code that throws what is no error",
      (c: ReturnType<typeof begin>["chain"]) => c.run("a", () => Promise.reject("boom")),
    ],
    [
      "a function that makes a prompt",
      (c: ReturnType<typeof begin>["chain"]) => c.step("a", { prompt: boom }),
    ],
  ])("%s that throws fails its step", async (_what, build) => {
    const error = await failureOf(build(begin().chain).build().execute(given));
    expect(error).toMatchObject({ code: "chain_failed", step: "a" });
    expect(String(error)).toContain("boom");
  });

  test("an abort stops everything at once, also code that never returns", async () => {
    const { chain } = begin();
    const abort = new AbortController();
    const run = chain
      .parallel("p", (p) => p.run("never", () => new Promise<never>(() => {})).run("other", () => 1))
      .build()
      .execute({ ...given, abortSignal: abort.signal });
    const ended = failureOf(run);
    await sleep(20);
    abort.abort("enough");
    const error = await ended;
    expect(AbortError.isInstance(error)).toBe(true);
    expect(run.state?.steps).toMatchObject({ never: { status: "stopped" }, other: { status: "done" } });
    expect(run.snapshot.status).toBe("stopped");
  });

  test("a reader that leaves stops a run that nobody awaits", async () => {
    const run = begin()
      .chain.run("a", (_context, { signal }) => new Promise((_, no) => signal.addEventListener("abort", no)))
      .build()
      .execute(given);
    for await (const event of run) if (event.type === "step_started") break;
    await expect(run).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("going on later", () => {
  test("from a saved state only what is not done is done", async () => {
    const { chain, asked } = begin([
      { when: "^Fragile", error: "Down.", times: 1 },
      { when: "^Dear", text: "Paid once.", costUsd: 0.4 },
    ]);
    const stateFile = join(temporaryFolder(), "states", "c.json");
    const built = chain
      .step("dear", { prompt: "Dear" })
      .step("fragile", { prompt: "Fragile {{dear}}" })
      .build();
    const error = (await failureOf(built.execute({ ...given, stateFile }))) as ChainStepError;
    const saved = JSON.parse(readFileSync(stateFile, "utf8")) as ChainState;
    expect(saved).toEqual(JSON.parse(JSON.stringify(error.state)));
    const { outputs, costUsd } = await built.execute({ resume: stateFile });
    expect(outputs).toEqual({ topic: "locks", dear: "Paid once.", fragile: "Done." });
    expect(asked()).toEqual(["Dear", "Fragile Paid once.", "Fragile Paid once."]);
    expect(costUsd).toBeCloseTo(0.42);
    expect((await built.execute({ resume: error.state })).outputs.fragile).toBe("Done.");
  });

  test("a loop goes on in the round in which it failed", async () => {
    const done: string[] = [];
    let isBroken = true;
    const built = begin()
      .chain.loop(
        "l",
        (body) =>
          body
            .run("a", () => void done.push("a"))
            .run("b", () => {
              if (done.length === 3 && isBroken) throw new Error("broken");
              done.push("b");
            }),
        { maxRounds: 2, until: (_context, round) => round === 2 },
      )
      .build();
    const error = (await failureOf(built.execute(given))) as ChainStepError;
    expect(error.step).toBe("b");
    isBroken = false;
    await built.execute({ resume: error.state });
    expect(done).toEqual(["a", "b", "a", "b"]);
  });

  test("a state of another chain, or none at all, is refused", async () => {
    const built = begin()
      .chain.run("a", () => 1)
      .build();
    const file = join(temporaryFolder(), "state.json");
    writeFileSync(file, "{");
    await expect(built.execute({ resume: file })).rejects.toThrow(/is not JSON/);
    await expect(built.execute({ resume: { version: 1 } as never })).rejects.toThrow(/no state of a chain/);
    const other = { version: 1, chain: "d", context: {}, steps: {}, spentUsd: 0 } as const;
    await expect(built.execute({ resume: other })).rejects.toThrow(/of the chain `d`, not of `c`/);
  });
});

describe("a budget", () => {
  test("is what is left for each step, and no step starts when it is used up", async () => {
    const { chain, claude, asked } = begin([{ when: ".", costUsd: 0.3 }], { budgetUsd: 0.5 });
    const built = chain
      .step("a", { prompt: "A" })
      .step("b", { prompt: "B" })
      .step("c", { prompt: "C" })
      .build();
    const error = (await failureOf(built.execute(given))) as ChainBudgetError;
    expect(ChainBudgetError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: "budget_exceeded", budgetUsd: 0.5, spentUsd: 0.6 });
    expect(asked()).toEqual(["A", "B"]);
    const limits = claude.asked().map(({ args }) => args.find((arg) => arg.startsWith("--max-budget-usd")));
    expect(limits).toEqual(["--max-budget-usd=0.5", "--max-budget-usd=0.2"]);
    const { outputs } = await built.execute({ resume: error.state, budgetUsd: 1 });
    expect(outputs.c).toBe("Done.");
    expect(asked()).toEqual(["A", "B", "C"]);
  });

  test("is shared by steps that run at once: together they can never spend more", async () => {
    const { chain, claude } = begin([{ when: ".", costUsd: 0.1 }], { budgetUsd: 1 });
    await chain
      .parallel("p", (p) => p.step("a", { prompt: "A" }).step("b", { prompt: "B" }))
      .step("c", { prompt: "C" })
      .build()
      .execute(given);
    const limits = claude.asked().map(({ args }) => args.find((arg) => arg.startsWith("--max-budget-usd")));
    expect(limits).toEqual(["--max-budget-usd=0.5", "--max-budget-usd=0.5", "--max-budget-usd=0.8"]);
  });
});

describe("the ready chains", () => {
  test("debugging changes and verifies until the error is gone", async () => {
    const claude = answeringClaude([
      { when: "^Find the cause", text: "It is in join.mjs." },
      { when: "^Sum up", output: { cause: "The filter.", evidence: ["test 2"], files: ["join.mjs"] } },
      { when: "^Remove this cause", text: "Changed the filter." },
      {
        when: "^An error was reported",
        output: { isFixed: false, evidence: "1 fails", remaining: "null" },
        times: 1,
      },
      { when: "^An error was reported", output: { isFixed: true, evidence: "all pass", remaining: "" } },
      { when: "^Write a short report", text: "# Report" },
    ]);
    const { outputs, state } = await createDebuggingChain({ options: claude.options }).execute({
      contextOverrides: { error: "TypeError", test: "node --test" },
    });
    expect(outputs).toMatchObject({ repair: 2, report: "# Report", verification: { isFixed: true } });
    expect(state.spentUsd).toBe(0.07);
    const fixes = claude.asked().filter(({ prompt }) => prompt.startsWith("Remove"));
    expect(fixes[1]!.prompt).toContain("The change before was not enough: null");
  });

  test("feature designs, plans, builds, then reviews and mends until it is good", async () => {
    const claude = answeringClaude([
      {
        when: "^Make a plan",
        output: { summary: "Small", steps: ["write join"], acceptance: ["all tests pass"] },
      },
      { when: "^Build it", text: "Built join.ts." },
      { when: "^Write tests for this code", text: "Two tests." },
      { when: "^Review this code", output: { isGood: false, problems: ["a bad name"] }, times: 1 },
      { when: "^Review this code", output: { isGood: true, problems: [] } },
      { when: "^A review found this", text: "Gave it a better name." },
      { when: "^Write the description of a pull request", text: "# Join" },
    ]);
    const { outputs } = await createFeatureChain({ options: claude.options }).execute({
      contextOverrides: { feature: "Join two tables" },
    });
    expect(outputs).toMatchObject({ polish: 2, tests: "Two tests.", summary: "# Join" });
    const asked = (beginning: string) => claude.asked().filter(({ prompt }) => prompt.startsWith(beginning));
    const [design] = claude.asked();
    expect(design!.prompt).toContain("Join two tables");
    expect(asked("Build it")[0]!.prompt).toMatch(/- write join[\s\S]*- all tests pass/);
    expect(asked("Build it")[0]!.args).toContain(`--resume=${design!.session_id}`);
    expect(asked("Write tests")[0]!.prompt).toContain("Cover above all: all tests pass");
    expect(asked("A review found this").map(({ prompt }) => prompt)).toEqual([
      expect.stringContaining("- a bad name"),
    ]);
    expect(asked("Review this code")[1]!.prompt).toContain("Mended since: Gave it a better name.");
  });

  test("review looks three ways at once, reads only, and comes to a verdict", async () => {
    const verdict = { decision: "request_changes", reason: "It throws.", findings: [] };
    const finding = { severity: "high", place: "join.ts:1", problem: "It throws.", advice: "Return." };
    const claude = answeringClaude([
      { when: "^Review this code", output: { value: [finding] } },
      { when: "^Three reviews", output: verdict },
      { when: ".", output: { value: [] } },
    ]);
    const { outputs } = await createReviewChain({ options: claude.options }).execute({
      contextOverrides: { code: "let x = y = 1;" },
    });
    expect(outputs).toMatchObject({ correctness: [finding], security: [], coverage: [], verdict });
    const [last, ...reviews] = claude.asked().toReversed();
    expect(reviews).toHaveLength(3);
    for (const { prompt, args } of reviews) {
      expect(prompt).toContain("let x = y = 1;");
      expect(args.join(" ")).toContain("--tools Read,Glob,Grep");
    }
    expect(last!.prompt).toContain("join.ts:1");
  });

  test("data analysis stops where the data cannot answer the question", async () => {
    const claude = answeringClaude([
      { when: "^Look at this data", output: { rows: 0, columns: [], problems: ["empty"], isUsable: false } },
      { when: "cannot be answered", text: "There are no rows." },
    ]);
    const { outputs } = await createDataAnalysisChain({ options: claude.options }).execute({
      contextOverrides: { question: "How many?", sample: "id" },
    });
    expect(outputs).toMatchObject({ usable: "no", refusal: "There are no rows." });
    expect(outputs.report).toBeUndefined();
  });
});

function boom(): never {
  throw new Error("boom");
}
