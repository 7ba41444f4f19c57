import { expect, test } from "vitest";
import { createChainBudget } from "../../../src/chains/chain-budget.js";

test("those who ask at once share what is there, and one who asks while all is held waits", async () => {
  const budget = createChainBudget(1);
  const [a, b] = await Promise.all([budget.take(), budget.take()]);
  expect([a!.usd, b!.usd]).toEqual([0.5, 0.5]);
  const waits = budget.take();
  a!.settle(0.2);
  expect((await waits)!.usd).toBe(0.3);
});

test("one who leaves half is waited for by nobody", async () => {
  const budget = createChainBudget(1);
  const outer = await budget.take({ leavesHalf: true });
  expect(outer!.usd).toBe(0.5);
  const inner = await budget.take();
  expect(inner!.usd).toBe(0.5);
  inner!.settle(0.5);
  expect(await budget.take()).toBeUndefined();
  outer!.settle(0.1);
  expect((await budget.take())!.usd).toBe(0.4);
});

test("many who share very little get something one after the other, and none gets nothing to spend", async () => {
  const budget = createChainBudget(0.000_05);
  const given: number[] = [];
  const ask = async (): Promise<void> => {
    const allowance = await budget.take();
    given.push(allowance!.usd);
    allowance!.settle(0);
  };
  await Promise.all(Array.from({ length: 20 }, ask));
  expect(given).toHaveLength(20);
  for (const usd of given) expect(usd).toBeGreaterThan(0);
});

test("what is used up is known to be so, in whatever pieces it was held", async () => {
  for (let i = 1; i <= 200; i++) {
    const budget = createChainBudget(i / 7);
    const first = await Promise.all(Array.from({ length: 1 + (i % 5) }, () => budget.take()));
    first[0]!.settle(first[0]!.usd / 3);
    const second = await Promise.all([budget.take(), budget.take()]);
    for (const allowance of [...second, ...first.slice(1)]) allowance!.settle(allowance!.usd);
    for (let rest = await budget.take(); rest; rest = await budget.take()) rest.settle(rest.usd);
  }
});
