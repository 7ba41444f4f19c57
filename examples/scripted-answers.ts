import { type ScriptedConversation, text, thinking, toolUse } from "claude-notebook/testing";

/**
 * What the scripted Messages API answers when the demo notebook is recorded. The words are ours; the tools in them are run
 * by the real `claude` binary, in the project folder of the notebook.
 */
export const scriptedAnswers: readonly ScriptedConversation[] = [
  {
    when: /^How do I count returns by month\?/,
    replies: [
      [
        thinking(
          "They want the same small aggregation in several languages. A table of the trade-offs first, then the code, shortest first. " +
            "I should mention what happens with months that have no returns, since a plain group-by drops them.",
        ),
        text(`## Counting returns by month

Group the rows by month and count them. Two things decide whether the numbers are **right**:

1. the month comes from the *order date*, not from the date of the return;
2. a month without returns must still appear, with 0.

| where the data is | best tool | months with 0 |
| --- | --- | :-: |
| in memory | \`Map\` or \`Object.groupBy\` | add them yourself |
| a CSV file | pandas | \`reindex\` |
| a database | SQL with a calendar table | \`left join\` |

### TypeScript

\`\`\`ts
interface Return { sku: string; month: string }

export function countByMonth(returns: Return[], months: string[]): Map<string, number> {
  const counts = new Map(months.map((month) => [month, 0])); // every month appears
  for (const { month } of returns) counts.set(month, (counts.get(month) ?? 0) + 1);
  return counts;
}
\`\`\`

### Python

\`\`\`python
import pandas as pd

returns = pd.read_csv("returns.csv", parse_dates=["ordered_at"])
by_month = returns.groupby(returns["ordered_at"].dt.month).size()
print(by_month.reindex(range(1, 13), fill_value=0))
\`\`\`

### SQL

\`\`\`sql
select m.name as month, count(r.id) as returns
from months m
left join returns r on r.month = m.number
group by m.number, m.name
order by m.number;
\`\`\`

### Shell

\`\`\`bash
# second column of the file is the month
cut -d, -f2 returns.csv | tail -n +2 | sort | uniq -c | sort -k2n
\`\`\`

### Rust

\`\`\`rust
use std::collections::BTreeMap;

fn count_by_month(returns: &[Return]) -> BTreeMap<u8, usize> {
    let mut counts: BTreeMap<u8, usize> = (1..=12).map(|m| (m, 0)).collect();
    for r in returns {
        *counts.entry(r.month).or_default() += 1;
    }
    counts
}
\`\`\`

> Counting is the easy half. Before you compare months, divide by the orders of the month.

What to check:

- every month of the year is there, also the quiet ones
- the sum over all months equals the number of rows
- time zones: an order of 31 January, 23:30 UTC, is of February in Berlin

More on \`Map\` in the [MDN reference](https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Map).
`),
      ],
    ],
  },
  {
    when: /^The join drops returns/,
    replies: [
      [
        thinking(
          "The project is small. Read the join first, then run the tests to see the failure before changing anything.",
        ),
        text("I'll look at the code first, then fix the join that **drops returns**."),
        toolUse("TodoWrite", {
          todos: [
            { content: "Read the join", status: "in_progress", activeForm: "Reading the join" },
            { content: "Run the tests", status: "pending", activeForm: "Running the tests" },
            { content: "Fix the join", status: "pending", activeForm: "Fixing the join" },
            {
              content: "Write down what changed",
              status: "pending",
              activeForm: "Writing down what changed",
            },
          ],
        }),
        toolUse("Read", { file_path: "join.mjs" }),
      ],
      [toolUse("Bash", { command: "node --test --test-reporter=spec", description: "Run the tests" })],
      [
        text(
          "The second test fails: `filter` throws away every return whose order is missing. It should stay, with no order.",
        ),
        toolUse("Edit", {
          file_path: "join.mjs",
          old_string:
            "    .filter((item) => byId.has(item.orderId))\n    .map((item) => ({ ...item, order: byId.get(item.orderId) }));",
          new_string: "    .map((item) => ({ ...item, order: byId.get(item.orderId) ?? null }));",
        }),
      ],
      [
        toolUse("Bash", {
          command: "node --test --test-reporter=spec 2>&1 | tail -n 12",
          description: "Run the tests again",
        }),
      ],
      [
        toolUse("Write", {
          file_path: "CHANGES.md",
          content:
            "# Changes\n\n- `joinReturns` keeps returns that have no order; their `order` is `null`.\n- Callers that read `item.order.month` must expect `null` now.\n",
        }),
        toolUse("TodoWrite", {
          todos: [
            { content: "Read the join", status: "completed", activeForm: "Reading the join" },
            { content: "Run the tests", status: "completed", activeForm: "Running the tests" },
            { content: "Fix the join", status: "completed", activeForm: "Fixing the join" },
            {
              content: "Write down what changed",
              status: "completed",
              activeForm: "Writing down what changed",
            },
          ],
        }),
      ],
      [
        text(`### Fixed

The join filtered on \`byId.has(item.orderId)\`, so a return without an order was dropped without a word. Now it is kept:

\`\`\`js
joinReturns(orders, [{ sku: "B", orderId: 7 }]);
// [{ sku: "B", orderId: 7, order: null }]
\`\`\`

Both tests pass. Callers that read \`item.order.month\` must expect \`null\`; \`CHANGES.md\` says so.
`),
      ],
    ],
  },
  {
    when: /^Which port does config\.yaml set\?/,
    replies: [
      [toolUse("Read", { file_path: "config.yaml" })],
      [
        text(
          "There is no `config.yaml` in this project, so it sets no port. The folder holds only `join.mjs` and its test.",
        ),
      ],
    ],
  },
];
