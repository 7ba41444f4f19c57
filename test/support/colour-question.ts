import { toolUse } from "../../src/testing/index.js";

/** Claude asks its user something, for a scripted answer. */
export const colourQuestion = toolUse("AskUserQuestion", {
  questions: [
    {
      question: "Which colour?",
      header: "Colour",
      multiSelect: false,
      options: [
        { label: "Green", description: "like grass" },
        { label: "Blue", description: "like the sea" },
      ],
    },
  ],
});
