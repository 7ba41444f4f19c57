import { expect, test } from "vitest";
import { BudgetSpentError, createCostLedger } from "../../../kernel/claude/cost-ledger.js";

const turn = { cell: 3, prompt: "Ask\n it", costUsd: 0.5, replayed: false };

test("lists the turns with their sum, and shows them as a table", () => {
  const ledger = createCostLedger();
  ledger.note(turn);
  ledger.note({ ...turn, cell: undefined, prompt: "x".repeat(100), costUsd: 0, replayed: true });
  const report = ledger.report();
  expect(report).toMatchObject({ totalUsd: 0.5, budgetUsd: undefined, turns: [{ prompt: "Ask it" }, {}] });
  const shown = (report as never as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!();
  expect(shown["text/plain"]).toMatch(/\[3\] +Ask it +\$0\.5000\n[\s\S]*replayed\n +total +\$0\.5000/);
});

test("a budget stops once it is spent, and can be raised", () => {
  const ledger = createCostLedger();
  ledger.requireBudget();
  ledger.setBudget(0.8);
  ledger.note(turn);
  ledger.requireBudget();
  ledger.note(turn);
  expect(() => ledger.requireBudget()).toThrow(BudgetSpentError);
  expect(() => ledger.requireBudget()).toThrow("budget of $0.8000 is spent ($1.0000)");
  ledger.setBudget(2);
  ledger.requireBudget();
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("%d is no budget", (amount) => {
  expect(() => createCostLedger().setBudget(amount)).toThrow(RangeError);
});
