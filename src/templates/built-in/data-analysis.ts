import { z } from "zod";
import { defineTemplate } from "../template.js";

export const dataAnalysis = defineTemplate({
  name: "data_analysis",
  description: "An answer from data, with figures that a program has computed",
  variables: {
    question: z.string().describe("What is to be found out"),
    files: z.array(z.string()).default([]).describe("Files with the data"),
    sample: z.string().optional().describe("The data itself, or the first rows of it"),
    columns: z.string().optional().describe("What the columns mean, with units"),
    decision: z.string().optional().describe("What will be decided by the answer"),
  },
  body: `Answer this question from data: {{question}}

{{#decision}}
It is needed to decide: {{decision}}
{{/decision}}
{{#files}}
Data: \`{{.}}\`
{{/files}}
{{#sample}}
<data>
{{sample}}
</data>
{{/sample}}
{{#columns}}
What the columns mean: {{columns}}
{{/columns}}

1. Look at the data first: rows, columns, types, what is missing, what is there twice, what cannot be true. Say what you leave out and why.
2. Compute every figure with a program, and show it; never estimate in your head.
3. Check the answer in a second way (another grouping, a total that must agree, a sample by hand).
4. Say the answer in one sentence with its figures, then how sure it is, what else would explain it, and what the data cannot tell.`,
});
