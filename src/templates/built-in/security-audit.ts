import { z } from "zod";
import { defineTemplate } from "../template.js";
import { codePartial, codeVariables, readOnly } from "./shared.js";

export const securityAudit = defineTemplate({
  name: "security_audit",
  description: "Weaknesses that somebody could use, and how to close them",
  variables: {
    ...codeVariables,
    exposure: z.string().default("anybody on the internet").describe("Who can reach the code and its input"),
    assets: z.array(z.string()).default([]).describe("What is worth protecting"),
  },
  options: readOnly,
  partials: { code: codePartial },
  body: `Audit this code for security. Its input comes from {{exposure}}.

{{> code}}
{{#assets}}
Worth protecting: {{.}}
{{/assets}}

Follow each input from where it comes in to where it is used. Look for: injection (SQL, shell, HTML, paths, templates, prompts), access
that is not checked for each object, secrets in code and logs, weak or home-made cryptography, unsafe parsing, requests to addresses
that users choose, races, resources without bounds, and dependencies with known weaknesses.

For each weakness say: how serious it is and why, where (file and line), a concrete input that uses it and what it gains, and the change
that closes it. Prove it by the code that runs; mark what you could not prove as a suspicion. Name also what you looked at and found
sound. Do not attack running systems.`,
});
