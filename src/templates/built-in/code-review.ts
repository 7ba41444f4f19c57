import { z } from "zod";
import { defineTemplate } from "../template.js";
import { codePartial, codeVariables, readOnly } from "./shared.js";

export const codeReview = defineTemplate({
  name: "code_review",
  description: "Review of code: what is wrong with it, the most serious first",
  variables: {
    ...codeVariables,
    diff: z
      .string()
      .optional()
      .describe("A change, as `git diff` prints it: only what it changes is reviewed"),
    focus: z.array(z.string()).default([]).describe("What to look at above all"),
    context: z.string().optional().describe("What the code is for, and what must not change"),
  },
  options: readOnly,
  partials: { code: codePartial },
  body: `Review this code as a colleague who will maintain it.

{{#context}}
What it is for: {{context}}

{{/context}}
{{#diff}}
Review only what this change adds and takes away; read around it as far as you need:

<diff>
{{diff}}
</diff>
{{/diff}}
{{^diff}}
{{> code}}
{{/diff}}

Look for, in this order: behaviour that is wrong; errors that are swallowed or not possible to understand; races and leaks; unsafe input;
what readers will misunderstand; what tests do not cover.
{{#focus}}
Look above all at: {{.}}
{{/focus}}

For each finding say: how serious it is (high, medium, low), where (file and line), what happens and with which input, and what to
write instead. Check each by reading the code it depends on, and leave out what you cannot show. Leave out matters of taste and
what a formatter does. If nothing is wrong, say so.`,
});
