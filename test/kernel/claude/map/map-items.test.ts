import { expect, test } from "vitest";
import { z } from "zod";
import { type ClaudeMapOptions, mapItems } from "../../../../kernel/claude/map/map-items.js";
import { answeringClaude, type Row } from "../../../src/answering-claude.js";

const Length = z.object({ n: z.number() });

function mapping(rows: readonly Row[]) {
  const { options, asked } = answeringClaude(rows);
  const map = (items: readonly unknown[], prompt: string, more: ClaudeMapOptions = {}) =>
    mapItems(items, prompt, { ...options, ...more });
  return { map, asked };
}

test("asks about each item in a turn of its own, and keeps the order", async () => {
  const { map, asked } = mapping([
    { when: "alpha", text: "A", waitMs: 200, costUsd: 0.25 },
    { when: "beta", text: "B", costUsd: 0.25 },
  ]);
  const { values, failed, costUsd } = await map(
    [{ name: "alpha" }, { name: "beta" }],
    "{index}: {item.name}?",
  );
  expect([values, failed, costUsd]).toEqual([["A", "B"], [], 0.5]);
  const sessions = new Set(asked().map(({ session_id }) => session_id));
  expect(
    asked()
      .map(({ prompt }) => prompt)
      .sort(),
  ).toEqual(["0: alpha?", "1: beta?"]);
  expect(sessions.size).toBe(2);
});

test("values have the form of the schema", async () => {
  const { map } = mapping([{ when: ".", output: { n: 5 } }]);
  expect((await map(["alpha"], "{item}", { schema: Length })).values).toEqual([{ n: 5 }]);
});

test("an item that fails is asked about again, and listed when it fails for good; retry() asks about those alone", async () => {
  const { map, asked } = mapping([
    { when: "alpha", error: "not now", times: 1 },
    { when: "alpha", text: "A" },
    { when: "beta", error: "no", times: 2 },
    { when: "beta", text: "B" },
  ]);
  const first = await map(["alpha", "beta"], "{item}", { concurrency: 1 });
  expect(first.values).toEqual(["A", undefined]);
  expect(first.failed).toMatchObject([{ index: 1, item: "beta", error: { code: "result_error" } }]);
  expect(first.costUsd).toBeCloseTo(0.04);
  const again = await first.retry();
  expect([again.values, again.failed]).toEqual([["A", "B"], []]);
  expect(asked().filter(({ prompt }) => prompt === "alpha").length).toBe(2);
});

test("a spent budget begins no further item", async () => {
  const { map, asked } = mapping([{ when: ".", text: "ok", costUsd: 0.6 }]);
  const { values, failed, costUsd } = await map(["a", "b", "c", "d"], "{item}", {
    concurrency: 1,
    budgetUsd: 1,
  });
  expect(values).toEqual(["ok", "ok", undefined, undefined]);
  expect(failed.map(({ index, error }) => [index, (error as Error).name])).toEqual([
    [2, "BudgetSpentError"],
    [3, "BudgetSpentError"],
  ]);
  expect([costUsd, asked().length]).toEqual([1.2, 2]);
});

test.each([
  ["a name that is no item", "{itme}", {}, "{itme} is neither {item} nor {index}"],
  ["no concurrency", "{item}", { concurrency: 0 }, "concurrency is a number from 1 to 32"],
  ["a budget that is no number", "{item}", { budgetUsd: Number.NaN }, "budgetUsd is an amount"],
  ["a budget in words", "{item}", { budgetUsd: "1" as never }, "budgetUsd is an amount"],
  ["an empty prompt", " ", {}, "the prompt for item 0 is no text"],
  ["no number of retries", "{item}", { retries: -1 }, "retries is a number"],
])("%s is refused before anything is asked", async (_what, prompt, options, message) => {
  const { map, asked } = mapping([{ when: "." }]);
  await expect(map(["a"], prompt, options)).rejects.toThrow(message);
  expect(asked()).toEqual([]);
});

test("each turn may cost no more than what is left of the budget", async () => {
  const { map, asked } = mapping([{ when: ".", text: "ok", costUsd: 0.4 }]);
  await map(["a", "b", "c"], "{item}", { concurrency: 1, budgetUsd: 1, mode: "live" });
  const limits = asked().map(({ args }) => args.find((each: string) => each.startsWith("--max-budget-usd")));
  expect(limits.map((each) => Number(each?.split("=")[1]).toFixed(1))).toEqual(["1.0", "0.6", "0.2"]);
});

test("what can only be iterated, perhaps without end, is refused", async () => {
  const { map } = mapping([]);
  const endless = (function* () {
    for (;;) yield 1;
  })();
  await expect(map(endless as never, "{item}")).rejects.toThrow("takes an array of items");
});

test("no items need no Claude", async () => {
  const { map, asked } = mapping([]);
  expect(await map([], "{item}")).toMatchObject({ values: [], failed: [], costUsd: 0 });
  expect(asked()).toEqual([]);
});
