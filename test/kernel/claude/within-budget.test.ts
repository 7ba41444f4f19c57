import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { withinBudget } from "../../../kernel/claude/within-budget.js";
import { planTurn } from "../../../src/turn-plan.js";
import { temporaryFolder } from "../../src/fake-claude.js";

const budget = { budgetUsd: 2, leftUsd: 0.5 };
const limit = (options: object, of = budget) =>
  withinBudget("Hello", { cwd: temporaryFolder(), ...options }, of).options.maxBudgetUsd;

test("a turn gets what is left, or less where its own limit is lower; never more", () => {
  expect(limit({ mode: "live" })).toBe(0.5);
  expect(limit({ mode: "live", maxBudgetUsd: 0.1 })).toBe(0.1);
  expect(limit({ mode: "live", maxBudgetUsd: 9 })).toBe(0.5);
  expect(limit({ mode: "live" }, { budgetUsd: Infinity, leftUsd: Infinity })).toBeUndefined();
  expect(limit({ mode: "live" }, { budgetUsd: 0, leftUsd: 0 })).toBeUndefined();
});

test("while a run records the limit is the whole budget, so that the next run finds what was recorded", () => {
  expect(limit({ mode: "record" })).toBe(2);
});

test("a turn that was recorded is free, and keeps the limit that is in its name", () => {
  const options = { cwd: temporaryFolder(), recordingsDir: temporaryFolder(), mode: "auto" as const };
  const { recordingPath } = planTurn("Hello", { ...options, maxBudgetUsd: 2 });
  expect(withinBudget("Hello", options, budget)).toMatchObject({
    isFree: false,
    options: { maxBudgetUsd: 0.5 },
  });
  mkdirSync(dirname(recordingPath), { recursive: true });
  writeFileSync(recordingPath, "");
  const spent = { budgetUsd: 2, leftUsd: -1 };
  expect(withinBudget("Hello", options, spent)).toMatchObject({ isFree: true, options: { maxBudgetUsd: 2 } });
});
