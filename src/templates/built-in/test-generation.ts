import { z } from "zod";
import { defineTemplate } from "../template.js";
import { codePartial, codeVariables } from "./shared.js";

export const testGeneration = defineTemplate({
  name: "test_generation",
  description: "Tests that would fail if the code broke",
  variables: {
    ...codeVariables,
    framework: z.string().optional().describe("The test framework, e.g. vitest or pytest"),
    test: z.string().optional().describe("The command that runs the tests"),
    focus: z.array(z.string()).default([]).describe("What to cover above all"),
  },
  partials: { code: codePartial },
  body: `Write tests for this code{{#framework}} with {{framework}}{{/framework}}.

{{> code}}

First list what the code promises, in sentences: for each, one success, one failure and one edge (empty, one, many, huge, unknown
characters, at the limit and one beyond it, twice, at the same time).
{{#focus}}
Cover above all: {{.}}
{{/focus}}
Then write one test for each, with the promise as its title. Test what a caller sees, not how it is done; replace only what is slow or
not ours. No test may depend on another one, on the order, on the time or on the network.
{{#test}}
Run them with \`{{test}}\`, and break the code once in each place to see them fail.
{{/test}}
If a test shows that the code is wrong, leave the test as it is and say so: do not fit it to the code.`,
});
