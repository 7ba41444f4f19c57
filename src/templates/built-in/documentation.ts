import { z } from "zod";
import { defineTemplate } from "../template.js";
import { codePartial, codeVariables } from "./shared.js";

export const documentation = defineTemplate({
  name: "documentation",
  description: "Documentation for those who use the code, or for those who change it",
  variables: {
    ...codeVariables,
    kind: z
      .enum(["reference", "guide", "readme", "comments"])
      .default("reference")
      .describe("What is to be written"),
    audience: z
      .string()
      .default("developers who use this code and have not read it")
      .describe("Who reads it"),
    output: z.string().optional().describe("The file to write; without it the text is the answer"),
  },
  partials: { code: codePartial },
  body: `Write documentation for this code: {{kind}}. It is for {{audience}}.

{{> code}}

Write what the reader needs, in the order in which they need it: what it does for them, the shortest example that works, then the
details: inputs with their types and units, what comes back, which errors there are and when, what it costs and what it does not do.
Say only what the code does; where code and comments disagree, the code is right, and you say so at the end.
Each example must run as it stands. Use the words that the code uses. Leave out praise, history and what the names already say.
{{#output}}
Write it into \`{{output}}\`.
{{/output}}`,
});
