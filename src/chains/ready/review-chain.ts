import { z } from "zod";
import { createChain } from "../chain-builder.js";
import type { ReadyChainOptions } from "./ready-chain.js";

const findings = z.array(
  z.object({
    severity: z.enum(["high", "medium", "low"]),
    place: z.string().describe("File and line"),
    problem: z.string(),
    advice: z.string(),
  }),
);

const verdict = z.object({
  decision: z.enum(["approve", "request_changes"]),
  reason: z.string(),
  findings: findings.describe("Each only once, the most serious first"),
});

/** Three reviews at once (correctness, security, tests) and a verdict on what they found. Reads, and changes nothing. */
export function createReviewChain({ maxRounds: _, ...options }: ReadyChainOptions = {}) {
  return createChain({
    name: "review",
    description: "Three reviews at once, and a verdict",
    inputs: {
      code: z.string().optional().describe("The code; without it Claude reads the working folder"),
      diff: z.string().optional().describe("A change, as `git diff` prints it"),
      files: z.array(z.string()).default([]).describe("Files to read"),
      context: z.string().optional().describe("What the code is for"),
    },
    ...options,
  })
    .parallel("reviews", (group) =>
      group
        .step("correctness", { title: "Correctness", template: "code_review", output: findings, retries: 1 })
        .step("security", {
          title: "Security",
          template: "security_audit",
          variables: { code: "{{#code}}{{code}}{{/code}}{{^code}}{{diff}}{{/code}}" },
          output: findings,
          retries: 1,
        })
        .step("coverage", {
          title: "Tests",
          prompt: `Which of this is not tested, and would break without anybody noticing? Change nothing.

{{#context}}
What it is for: {{context}}
{{/context}}
{{#diff}}
<diff>
{{diff}}
</diff>
{{/diff}}
{{#code}}
<code>
{{code}}
</code>
{{/code}}
{{#files}}
Read \`{{.}}\` and its tests.
{{/files}}`,
          output: findings,
          options: { tools: ["Read", "Glob", "Grep"], allowedTools: ["Read", "Glob", "Grep"] },
          retries: 1,
        }),
    )
    .step("verdict", {
      title: "Verdict",
      prompt: `Three reviews of the same code found this. Say each finding once, drop what the others refute, order by how serious it is,
and decide: \`request_changes\` when something is high, else \`approve\` unless the sum of the rest speaks against it.

Correctness: {{correctness}}

Security: {{security}}

Tests: {{coverage}}`,
      output: verdict,
      options: { tools: [] },
      retries: 1,
    })
    .build();
}
