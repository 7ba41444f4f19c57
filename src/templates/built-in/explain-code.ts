import { z } from "zod";
import { defineTemplate } from "../template.js";
import { codePartial, codeVariables, readOnly } from "./shared.js";

export const explainCode = defineTemplate({
  name: "explain_code",
  description: "What code does and why, for a reader of a certain experience",
  variables: {
    ...codeVariables,
    level: z
      .enum(["beginner", "intermediate", "expert"])
      .default("intermediate")
      .describe("The reader's experience"),
    question: z.string().optional().describe("What the reader wants to know above all"),
  },
  options: readOnly,
  partials: { code: codePartial },
  body: `Explain this code to a reader of this experience: {{level}}.

{{> code}}
{{#question}}
The reader asks: {{question}}
{{/question}}

Begin with one sentence that says what it is for. Then follow one call from its input to its result, with real values. Then say what is
surprising: why it is done so and not in the obvious way, what it relies on, and where it breaks. Quote the lines you speak of.
Where you can only guess why, say that you guess.`,
});
