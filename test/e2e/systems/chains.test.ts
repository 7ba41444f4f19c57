import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { type ChainEvent, ChainStepError, createChain } from "../../../kernel/systems/chains.js";
import { apiError, text, toolUse } from "../../../src/testing/index.js";
import { realClaude } from "../sdk/real-claude.js";

test("a chain of the real CLI: tools run, typed outputs go on, a session is continued, a failure is gone on from", async () => {
  const { options, cwd, api } = await realClaude(
    [
      {
        when: "Count the rows of orders.csv",
        replies: [
          toolUse("Bash", { command: "tail -n +2 orders.csv | wc -l" }),
          toolUse("StructuredOutput", { rows: 3 }),
          text("Counted."),
          text("I counted with wc."),
        ],
      },
      { when: "Write a line about 3 rows", replies: [apiError(400, "not today", 1), text("Three rows.")] },
    ],
    { allowedTools: ["Bash"] },
  );
  writeFileSync(join(cwd, "orders.csv"), "id\n1\n2\n3\n");
  const stateFile = join(cwd, "..", "state.json");
  const chain = createChain({ name: "orders", inputs: { file: z.string() }, budgetUsd: 5, options })
    .step("count", { prompt: "Count the rows of {{file}}", output: z.object({ rows: z.number() }) })
    .parallel("rest", (group) =>
      group
        .step("how", { prompt: "How did you count?", continues: "count" })
        .step("line", { prompt: "Write a line about {{count.rows}} rows" }),
    )
    .build();

  const error = await Promise.resolve(
    chain.execute({ contextOverrides: { file: "orders.csv" }, stateFile }),
  ).catch((thrown: unknown) => thrown);
  expect(ChainStepError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ step: "line", message: expect.stringContaining("not today") });
  const before = api.requests.length;

  const events: ChainEvent[] = [];
  const run = chain.execute({ resume: stateFile });
  for await (const event of run) events.push(event);
  const { outputs, costUsd, state } = await run;
  expect(outputs).toMatchObject({ count: { rows: 3 }, how: "I counted with wc.", line: "Three rows." });
  expect(costUsd).toBeGreaterThan(0);
  expect(state.spentUsd).toBeGreaterThanOrEqual(costUsd);
  // What was done is not done again.
  expect(events.flatMap((event) => (event.type === "step_started" ? [event.step] : []))).toEqual([
    "rest",
    "line",
  ]);
  expect(JSON.stringify(api.requests.slice(before).map(({ body }) => body?.messages))).not.toContain(
    "How did you",
  );
});
