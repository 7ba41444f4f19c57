import { expect, test } from "vitest";
import { createTextPieces } from "../../../kernel/response/text-pieces.js";
import type { TextPart } from "../../../renderers/index.js";

test("a long answer that the API takes back is one withdrawn part, also when it was shown in pieces", () => {
  const pieces = createTextPieces();
  const part: TextPart = {
    id: "a",
    type: "text",
    state: "streaming",
    text: "Words of an answer.\n\n".repeat(300),
  };
  expect(pieces.partsOf(part, () => true).length).toBeGreaterThan(1);
  const retracted: TextPart = { ...part, state: "interrupted", retracted: true };
  expect(pieces.partsOf(retracted, () => true)).toEqual([retracted]);
});
