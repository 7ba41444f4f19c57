import { expect, test } from "vitest";
import { z } from "zod";
import { type ChainBuilder, createChain } from "../../../src/chains/chain-builder.js";
import { ChainInvalidError } from "../../../src/chains/chain-errors.js";
import { createDataAnalysisChain } from "../../../src/chains/ready/data-analysis-chain.js";
import { createDebuggingChain } from "../../../src/chains/ready/debugging-chain.js";
import { createFeatureChain } from "../../../src/chains/ready/feature-chain.js";
import { createReviewChain } from "../../../src/chains/ready/review-chain.js";
import { defineTemplate } from "../../../src/templates/template.js";

// biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
type Any = ChainBuilder<any, any>;

const begin = (): Any => createChain({ name: "c", inputs: { topic: z.string() } });

/** The error of a chain that cannot be built. */
function problem(build: (chain: Any) => Any): ChainInvalidError {
  try {
    build(begin()).build();
  } catch (error) {
    if (ChainInvalidError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("The chain was built.");
}

const wrong: readonly (readonly [
  what: string,
  build: (chain: Any) => Any,
  step: string | undefined,
  message: RegExp,
])[] = [
  ["no steps", (c) => c, undefined, /has no steps/],
  [
    "a prompt that names what is not there",
    (c) => c.step("a", { prompt: "On {{topik}}" }),
    "a",
    /asks for `topik` in its prompt, which is neither an input nor a step\. Did you mean `topic`\?/,
  ],
  [
    "a need that is not there",
    (c) => c.step("a", { prompt: "x", needs: ["b"] }),
    "a",
    /needs the step `b`, which is not there/,
  ],
  [
    "steps that need each other",
    (c) => c.step("a", { prompt: "x", needs: ["b"] }).step("b", { prompt: "y", needs: ["a"] }),
    "a",
    /waits for itself: a → b → a/,
  ],
  [
    "steps that take each other's output",
    (c) => c.step("a", { prompt: "{{b}}" }).step("b", { prompt: "{{a}}" }),
    "a",
    /waits for itself: a → b → a/,
  ],
  ["a step that takes its own output", (c) => c.step("a", { prompt: "{{a}}" }), "a", /waits for itself/],
  [
    "a step that takes what the loop around it gives",
    (c) => c.step("x", { prompt: "x" }).parallel("p", (p) => p.step("a", { prompt: "x", needs: ["p"] })),
    "a",
    /waits for `p`, which is never over before it/,
  ],
  [
    "two steps of one name",
    (c) => c.step("a", { prompt: "x" }).parallel("p", (p) => p.step("a", { prompt: "y" })),
    "a",
    /is there twice/,
  ],
  ["a step with the name of an input", (c) => c.step("topic", { prompt: "x" }), "topic", /name of an input/],
  [
    "a template's variable without a value",
    (c) => c.step("a", { template: "sql" }),
    "a",
    /lacks a value for `task`/,
  ],
  [
    "a value for a variable that a template does not have",
    (c) => c.step("a", { template: "sql", variables: { task: "x", tsak: "y" } }),
    "a",
    /no such variable\. Did you mean `task`\?/,
  ],
  ["a template that is not there", (c) => c.step("a", { template: "sqll" }), "a", /Did you mean `sql`\?/],
  ["neither prompt nor template", (c) => c.step("a", {}), "a", /either a `prompt` or a `template`/],
  [
    "an option that there is none of",
    (c) => c.step("a", { prompt: "x", options: { modle: "opus" } as never }),
    "a",
    /Did you mean `model`\?/,
  ],
  [
    "an output that JSON Schema cannot say",
    (c) => c.step("a", { prompt: "x", output: z.date() }),
    "a",
    /cannot be said in JSON Schema/,
  ],
  ["retries that are no number", (c) => c.step("a", { prompt: "x", retries: -1 }), "a", /`retry`/],
  ["a text that is not well formed", (c) => c.step("a", { prompt: "{{#topic}}x" }), "a", /never closed/],
  [
    "a session of a step that is not there",
    (c) => c.step("a", { prompt: "x", continues: "b" }),
    "a",
    /`continues`/,
  ],
  [
    "a loop without a bound",
    (c) =>
      c.loop("l", (b) => b.step("a", { prompt: "x" }), {
        until: () => true,
        maxRounds: Number.POSITIVE_INFINITY,
      }),
    "l",
    /a loop needs a bound/,
  ],
  [
    "a loop without steps",
    (c) => c.loop("l", (b) => b, { until: () => true, maxRounds: 2 }),
    "l",
    /no steps inside/,
  ],
  ["a branch without ways", (c) => c.branch("b", () => "x" as never, {}), "b", /has no branches/],
];

test.each(wrong)("%s is found before anything runs, and the step is named", (_what, build, step, message) => {
  const error = problem(build);
  expect(error.message).toMatch(message);
  expect(error).toMatchObject({ name: "ChainInvalidError", code: "chain_invalid", step, chain: "c" });
});

test("a step may take what comes out of groups, ways and loops before it, and fields of it", () => {
  const chain = begin()
    .parallel("p", (p) => p.step("a", { prompt: "{{topic}}" }).step("b", { prompt: "x" }))
    .loop(
      "l",
      (b) => b.step("c", { prompt: "{{a.field}} {{#d}}{{d}}{{/d}}" }).step("d", { prompt: "{{c}}" }),
      {
        until: () => true,
        maxRounds: 2,
      },
    )
    .branch("way", () => "left", {
      left: (w) => w.step("e", { prompt: "{{d}}" }),
      right: (w) => w.step("f", { prompt: "x" }),
    })
    .step("end", { prompt: "{{a}} {{b}} {{c}} {{e}} {{#f}}{{.}}{{title}}{{/f}} {{way}} {{l}}" })
    .build();
  expect(chain.snapshot.steps.map(({ id, after }) => [id, after])).toEqual([
    ["p", []],
    ["l", ["p"]],
    ["way", ["l"]],
    ["end", ["way", "p", "l"]],
  ]);
});

test("a template of your own can be given itself, and takes inputs of the name of its variables", () => {
  const template = defineTemplate({
    name: "own",
    description: "",
    variables: { topic: z.string(), more: z.string().optional() },
    body: "{{topic}}{{more}}",
  });
  expect(begin().step("a", { template }).build().snapshot.steps).toHaveLength(1);
});

test.each([
  ["debugging", createDebuggingChain, ["investigate", "diagnosis", "repair", "report"]],
  ["feature", createFeatureChain, ["design", "plan", "build", "complete", "polish", "summary"]],
  ["review", createReviewChain, ["reviews", "verdict"]],
  ["data_analysis", createDataAnalysisChain, ["profile", "usable"]],
])("the ready chain %s fits together", (name, create, steps) => {
  const { snapshot } = create({ budgetUsd: 1, maxRounds: 2 });
  expect(snapshot.chain).toBe(name);
  expect(snapshot.steps.map(({ id }) => id)).toEqual(steps);
});
