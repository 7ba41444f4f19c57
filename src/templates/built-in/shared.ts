import { z } from "zod";

/** Options of templates that only look: no tool that changes or runs something exists for Claude. */
export const readOnly = { tools: ["Read", "Glob", "Grep"], allowedTools: ["Read", "Glob", "Grep"] } as const;

/** The code itself, or where it is: every template about code takes either. */
export const codeVariables = {
  code: z.string().optional().describe("The code; leave it out when Claude is to read files"),
  files: z.array(z.string()).default([]).describe("Paths or patterns of files to read"),
  language: z.string().optional().describe("The language of the code, e.g. TypeScript"),
};

/** Shows what {@link codeVariables} hold. */
export const codePartial = `{{#code}}
The code{{#language}} ({{language}}){{/language}}:

<code>
{{code}}
</code>
{{/code}}
{{^code}}
Read the code first{{^files}}: look around in the working folder and find what matters{{/files}}.
{{/code}}
{{#files}}
Read \`{{.}}\`.
{{/files}}`;
