import { z } from "zod";
import { defineTemplate } from "../template.js";
import { codePartial, codeVariables } from "./shared.js";

export const debugging = defineTemplate({
  name: "debugging",
  description: "Finds the cause of an error before anything is changed",
  variables: {
    error: z.string().describe("The message with its stack trace, or what is seen instead of what should be"),
    ...codeVariables,
    expected: z.string().optional().describe("What should happen"),
    reproduce: z.string().optional().describe("A command or steps that show the error"),
    tried: z.array(z.string()).default([]).describe("What was tried without success"),
  },
  partials: { code: codePartial },
  body: `Find the cause of this error.

<error>
{{error}}
</error>

{{#expected}}
What should happen: {{expected}}
{{/expected}}
{{#reproduce}}
It is shown by: {{reproduce}}
{{/reproduce}}
{{#tried}}
Tried without success: {{.}}
{{/tried}}

{{> code}}

Work in this order:
1. Read the error and the code it points to. Say what is known, and what is only supposed.
2. Name the causes that would explain all of it, the most likely first, and for each what would prove it wrong.
3. Test them, the cheapest test first, until one is left.
4. Say the cause in one sentence, and why it shows only then.
5. Propose the smallest change that removes the cause, not the symptom, and a test that fails without it.

Change nothing before step 4.`,
});
