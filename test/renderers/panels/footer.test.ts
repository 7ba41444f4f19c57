import { expect, test } from "vitest";
import type { FooterPart } from "../../../renderers/response/parts.js";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture<FooterPart>("footer");

test("gives turns, time, tokens and cost", () => {
  expect(draw(parts.live).shown).toBe("3 turns · 41.2 s · 18.4k in · 1.2k out · $0.0431");
});

test("says that a replay cost nothing, and from which recording it came", () => {
  expect(draw(parts.replayed).shown).toBe(
    "1 turn · 2 min 5 s · $0 · replayed from recording 0f3ad291 · $0 nowrecording 0f3ad2915f3ad2915f3ad2915f3ad291.jsonl",
  );
});

test("leaves out what is not known", () => {
  expect(draw(parts.empty).shown).toBe("");
});
