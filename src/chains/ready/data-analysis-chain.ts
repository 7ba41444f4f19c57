import { z } from "zod";
import { createChain } from "../chain-builder.js";
import { MAX_ROUNDS, type ReadyChainOptions } from "./ready-chain.js";

const profile = z.object({
  rows: z.number().int(),
  columns: z.array(z.object({ name: z.string(), meaning: z.string() })),
  problems: z.array(z.string()).describe("What is missing, twice, or cannot be true"),
  isUsable: z.boolean().describe("Whether the question can be answered from it at all"),
});

const answer = z.object({
  answer: z.string().describe("In one sentence, with its figures"),
  figures: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string() })),
  method: z.string().describe("How the figures were computed"),
});

const check = z.object({
  agrees: z.boolean(),
  difference: z.string().describe("What does not agree; empty when all does"),
});

/**
 * From a question and data to figures that were computed twice: look at the data, answer, check in a second way, report. When the
 * data cannot answer the question, it says so and stops there. Give it permission to run programs in `options`.
 */
export function createDataAnalysisChain({ maxRounds = MAX_ROUNDS, ...options }: ReadyChainOptions = {}) {
  return createChain({
    name: "data_analysis",
    description: "From a question and data to figures that were computed twice",
    inputs: {
      question: z.string().describe("What is to be found out"),
      files: z.array(z.string()).default([]).describe("Files with the data"),
      sample: z.string().optional().describe("The data itself, or the first rows of it"),
    },
    ...options,
  })
    .step("profile", {
      title: "Look at the data",
      prompt: `Look at this data before it is used to answer a question: {{question}}

{{#files}}
Data: \`{{.}}\`
{{/files}}
{{#sample}}
<data>
{{sample}}
</data>
{{/sample}}

Count rows with a program, say what each column means, and what is missing, twice, or cannot be true.`,
      output: profile,
      retries: 1,
    })
    .branch("usable", ({ profile: { isUsable } }) => (isUsable ? "yes" : "no"), {
      yes: (way) =>
        way
          .loop(
            "analysis",
            (body) =>
              body
                .step("answer", {
                  title: "Answer",
                  template: "data_analysis",
                  variables: {
                    columns: "{{profile.columns}}",
                    decision:
                      "{{#check}}A check of an earlier answer did not agree: {{check.difference}}{{/check}}",
                  },
                  output: answer,
                  retries: 1,
                })
                .step("check", {
                  title: "Check",
                  prompt: `The question "{{question}}" was answered from data: {{answer.answer}}

It was computed like this: {{answer.method}}
{{#files}}
Data: \`{{.}}\`
{{/files}}
{{#sample}}
<data>
{{sample}}
</data>
{{/sample}}

Compute the figures in another way, without reading the first one's program, and say whether they agree:
{{answer.figures}}`,
                  output: check,
                  retries: 1,
                }),
            {
              title: "Answer and check",
              maxRounds,
              atLimit: "goOn",
              until: ({ check: { agrees } }) => agrees,
            },
          )
          .step("report", {
            title: "Report",
            prompt: `Write a short report in markdown: the answer with its figures, how they were computed and checked, and what the data cannot tell.

Question: {{question}}
Answer: {{answer.answer}}
Figures: {{answer.figures}}
Method: {{answer.method}}
Check: {{#check.agrees}}it agrees{{/check.agrees}}{{^check.agrees}}it does not agree: {{check.difference}}{{/check.agrees}}
{{#profile.problems}}
Problem of the data: {{.}}
{{/profile.problems}}`,
            options: { tools: [] },
          }),
      no: (way) =>
        way.step("refusal", {
          title: "Say why not",
          prompt: `The question "{{question}}" cannot be answered from the data. Say why in a few sentences, and which data would answer it.

{{#profile.problems}}
- {{.}}
{{/profile.problems}}`,
          options: { tools: [] },
        }),
    })
    .build();
}
