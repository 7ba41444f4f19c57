import { z } from "zod";
import { createChain } from "../chain-builder.js";
import { MAX_ROUNDS, type ReadyChainOptions } from "./ready-chain.js";

const plan = z.object({
  summary: z.string(),
  steps: z.array(z.string()).min(1).describe("What is to be done, in order"),
  acceptance: z.array(z.string()).describe("What must hold at the end, so that it can be checked"),
});

const review = z.object({
  isGood: z.boolean().describe("Whether it can be merged as it is"),
  problems: z.array(z.string()).describe("What must be mended first"),
});

/**
 * From a wish to working code: design, plan, build, then tests and documentation at once, and review and mend until it is good.
 * Give it permission to edit and to run tests in `options`.
 */
export function createFeatureChain({ maxRounds = MAX_ROUNDS, ...options }: ReadyChainOptions = {}) {
  return createChain({
    name: "feature",
    description: "From a wish to working code with tests and documentation",
    inputs: {
      feature: z.string().describe("What is wished for"),
      requirements: z.array(z.string()).default([]).describe("What it must fulfil"),
      constraints: z.array(z.string()).default([]).describe("What is given"),
      test: z.string().optional().describe("The command that runs the tests"),
    },
    ...options,
  })
    .step("design", { title: "Design", template: "architecture", variables: { goal: "{{feature}}" } })
    .step("plan", {
      title: "Plan",
      continues: "design",
      prompt:
        "Make a plan of the work from this design: small steps in order, and what must hold at the end.",
      output: plan,
      retries: 1,
    })
    .step("build", {
      title: "Build",
      continues: "design",
      prompt: `Build it.

{{#plan.steps}}
- {{.}}
{{/plan.steps}}

At the end these must hold:
{{#plan.acceptance}}
- {{.}}
{{/plan.acceptance}}

Then say in a few sentences what you changed, and in which files.`,
    })
    .parallel("complete", (group) =>
      group
        .step("tests", {
          title: "Tests",
          template: "test_generation",
          variables: {
            code: "{{build}}",
            focus: ({ plan: made }: { plan: z.output<typeof plan> }) => made.acceptance,
          },
        })
        .step("docs", {
          title: "Documentation",
          template: "documentation",
          variables: { code: "{{build}}", kind: "guide" },
        }),
    )
    .loop(
      "polish",
      (body) =>
        body
          .step("review", {
            title: "Review",
            template: "code_review",
            variables: {
              context: "{{feature}}\n\nWhat was done: {{build}}\n{{#mend}}Mended since: {{mend}}{{/mend}}",
            },
            output: review,
            retries: 1,
          })
          .step("mend", {
            title: "Mend",
            when: ({ review: { isGood } }) => !isGood,
            continues: "build",
            prompt: `A review found this:

{{#review.problems}}
- {{.}}
{{/review.problems}}

Mend it{{#test}}, and run \`{{test}}\`{{/test}}. Then say what you changed.`,
          }),
      { title: "Review and mend", maxRounds, atLimit: "goOn", until: ({ review: { isGood } }) => isGood },
    )
    .step("summary", {
      title: "Summary",
      prompt: `Write the description of a pull request in markdown: what it is for, what changed, how it was tested, what is left.

Wish: {{feature}}
Built: {{build}}
Tests: {{tests}}
Documentation: {{docs}}
{{#review.problems}}
Found in review: {{.}}
{{/review.problems}}
{{#mend}}
Mended: {{mend}}
{{/mend}}`,
      options: { tools: [] },
    })
    .build();
}
