import { z } from "zod";
import { createChain } from "../chain-builder.js";
import { MAX_ROUNDS, type ReadyChainOptions } from "./ready-chain.js";

const diagnosis = z.object({
  cause: z.string().describe("The cause in one sentence"),
  evidence: z.array(z.string()).describe("What proves it"),
  files: z.array(z.string()).describe("Files to change"),
});

const verification = z.object({
  isFixed: z.boolean(),
  evidence: z.string().describe("What was run, and what it printed"),
  remaining: z.string().describe("What is still wrong; empty when nothing is"),
});

/**
 * From an error to a change that removes its cause: look, name the cause, then change and verify until it is gone, then report.
 * Give it permission to edit and to run tests in `options`.
 *
 * @example
 *     const run = createDebuggingChain({ options: { permissionMode: "acceptEdits" } }).execute({
 *       contextOverrides: { error: "TypeError: x is undefined at join.mjs:7", test: "node --test" },
 *     });
 */
export function createDebuggingChain({ maxRounds = MAX_ROUNDS, ...options }: ReadyChainOptions = {}) {
  return createChain({
    name: "debugging",
    description: "From an error to a change that removes its cause",
    inputs: {
      error: z
        .string()
        .describe("The message with its stack trace, or what is seen instead of what should be"),
      code: z.string().optional().describe("The code, if it is not in the working folder"),
      expected: z.string().optional().describe("What should happen"),
      test: z.string().optional().describe("A command that fails while the error is there"),
    },
    ...options,
  })
    .step("investigate", {
      title: "Look for the cause",
      template: "debugging",
      variables: { reproduce: "{{test}}" },
    })
    .step("diagnosis", {
      title: "Name the cause",
      continues: "investigate",
      prompt:
        "Sum up what you have found: the cause, what proves it, and which files have to change. Change nothing yet.",
      output: diagnosis,
      retries: 1,
    })
    .loop(
      "repair",
      (body) =>
        body
          .step("fix", {
            title: "Change",
            continues: "investigate",
            prompt: `Remove this cause, with the smallest change that does, and add a test that fails without it.

Cause: {{diagnosis.cause}}
{{#diagnosis.files}}
File: \`{{.}}\`
{{/diagnosis.files}}
{{#verification}}
The change before was not enough: {{verification.remaining}}
{{/verification}}`,
          })
          .step("verification", {
            title: "Verify",
            prompt: `An error was reported:

<error>
{{error}}
</error>

Its cause was said to be: {{diagnosis.cause}}
It was changed like this: {{fix}}

Find out whether the error is gone, and whether something else broke.{{#test}} Run \`{{test}}\`.{{/test}} Believe what you see, not what is
said. Change nothing.`,
            output: verification,
            retries: 1,
          }),
      {
        title: "Change and verify",
        maxRounds,
        atLimit: "goOn",
        until: ({ verification: { isFixed } }) => isFixed,
      },
    )
    .step("report", {
      title: "Report",
      prompt: `Write a short report in markdown for the team: the cause, the change, how it was verified, and what remains.

Cause: {{diagnosis.cause}}
{{#diagnosis.evidence}}
Evidence: {{.}}
{{/diagnosis.evidence}}
Change: {{fix}}
Verified: {{verification.evidence}}
Remaining: {{verification.remaining}}`,
      options: { tools: [] },
    })
    .build();
}
