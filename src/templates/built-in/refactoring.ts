import { z } from "zod";
import { defineTemplate } from "../template.js";
import { codePartial, codeVariables } from "./shared.js";

export const refactoring = defineTemplate({
  name: "refactoring",
  description: "Better structure, the same behaviour, in steps that each pass the tests",
  variables: {
    ...codeVariables,
    goal: z
      .string()
      .default("Code that the next reader understands at once")
      .describe("What should be better"),
    constraints: z.array(z.string()).default([]).describe("What must stay as it is"),
    test: z.string().optional().describe("The command that runs the tests"),
  },
  partials: { code: codePartial },
  body: `Refactor this code. The goal: {{goal}}

{{> code}}

What it does must stay the same, for every input, errors included.
{{#constraints}}
It must stay as it is: {{.}}
{{/constraints}}

First say what makes the code hard to change now, with places. Then plan small steps, each of which leaves the code working.
{{#test}}
Run \`{{test}}\` before the first step and after each one; a step that breaks it is taken back.
{{/test}}
{{^test}}
Where no test covers a step, write one first that pins down what the code does now.
{{/test}}
Add no layer, option or dependency that nothing needs yet. At the end say what changed, and what you left alone and why.`,
});
