import { z } from "zod";
import { defineTemplate } from "../template.js";
import { readOnly } from "./shared.js";

export const architecture = defineTemplate({
  name: "architecture",
  description: "A design with its alternatives, or a look at the one there is",
  variables: {
    goal: z.string().describe("What the system is to do, or what is to be decided"),
    requirements: z.array(z.string()).default([]).describe("What it must fulfil, with figures"),
    constraints: z.array(z.string()).default([]).describe("What is given: people, systems, money, time"),
    existing: z.string().optional().describe("What there is already; Claude reads the working folder too"),
  },
  options: readOnly,
  body: `Design: {{goal}}

{{#requirements}}
- It must: {{.}}
{{/requirements}}
{{#constraints}}
- Given: {{.}}
{{/constraints}}
{{#existing}}
What there is already: {{existing}}
{{/existing}}

1. Say what is decisive: the two or three requirements that rule designs out. Ask for what is missing by naming what you assume instead.
2. Compare at least two designs that would work, and what each makes easy, hard and impossible to take back.
3. Choose one. Show its parts, what each is responsible for and what it must not know, with a diagram in Mermaid; follow one request through it.
4. Say what happens when each part fails, is slow, or gets ten times the load, and how one would notice.
5. Give the order of the work, the riskiest part first, and what to measure before going on.

Prefer the boring choice, and the design that can be changed later.`,
});
