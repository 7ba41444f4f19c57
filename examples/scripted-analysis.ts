import { type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

const use = (tool: string, input: object = {}) => toolUse(`mcp__notebook__${tool}`, input);

const questions = [
  {
    question: "Are more orders of every category returned since September?",
    sql: `select category, since_september, count(*) as orders, round(100 * avg(returned::int), 1) as percent_returned
from orders
group by all
order by category, since_september`,
  },
  {
    question: "Who delivers since September, how much of it late, and how much comes back?",
    sql: `select since_september, carrier, count(*) as orders, round(100 * avg(late::int), 1) as percent_late,
  round(100 * avg(returned::int), 1) as percent_returned
from orders
group by all
order by since_september, carrier`,
  },
  {
    question: "Is it the carrier, or being late?",
    sql: `select carrier, late, count(*) as orders, round(100 * avg(returned::int), 1) as percent_returned
from orders
where late is not null
group by all
order by carrier, late`,
  },
];

const findings = [
  {
    claim: "Jackets are returned more often since September.",
    group: { since_september: true, category: "jackets" },
    percent: 29.7,
    against: { since_september: false, category: "jackets" },
    againstPercent: 15.9,
    isReturned: "more",
  },
  {
    claim: "Bags are returned about as often as before, so not everything is.",
    group: { since_september: true, category: "bags" },
    percent: 14.4,
    against: { since_september: false, category: "bags" },
    againstPercent: 12.2,
    isReturned: "as much",
  },
  {
    claim: "Since September more of Harbour's parcels come back than of Swift's.",
    group: { since_september: true, carrier: "Harbour" },
    percent: 34.4,
    against: { since_september: true, carrier: "Swift" },
    againstPercent: 18.5,
    isReturned: "more",
  },
  {
    claim: "In time, Harbour's are kept as Swift's are: it is not the carrier as such.",
    group: { carrier: "Harbour", late: false },
    percent: 16,
    against: { carrier: "Swift", late: false },
    againstPercent: 13.8,
    isReturned: "as much",
  },
  {
    claim: "Of the same carrier, late parcels are returned more often: it is being late.",
    group: { carrier: "Harbour", late: true },
    percent: 55.9,
    against: { carrier: "Harbour", late: false },
    againstPercent: 16,
    isReturned: "more",
  },
];

/** What the scripted Messages API answers when the notebook on an analysis of data is recorded: one conversation of four turns. */
export const scriptedAnalysis: readonly ScriptedConversation[] = [
  {
    when: /What should I know of `orders`/,
    replies: [
      [text("I'll look at the table and at the summary of its columns."), use("list_variables")],
      [use("sample_table", { name: "orders", n: 5 }), use("sample_table", { name: "columns", n: 9 })],
      text(
        "1. **One row is one order**, 1,000 of them, from 1 January to 31 December 2025. `since_september` cuts the year into eight months and four: compare shares, not counts.\n" +
          "2. **`days` is missing** in 0.6 % of the rows, and with it `late`: these orders are neither late nor in time. Leave them out where you compare the two, and count them elsewhere.\n" +
          "3. **`returned` says whether, not when or why.** The last orders of December may still come back.",
      ),
      toolUse("StructuredOutput", { value: questions }),
      text("First whether it is so, then who delivers, then what separates the carrier from being late."),
      toolUse("StructuredOutput", { value: findings }),
      text("Five comparisons: two say what rose and what did not, three why."),
      text(
        "**To the head of shipping.** Since September 34.4% of what Harbour delivers is sent back, and 18.5% of what Swift delivers. " +
          "It is being late that does it: Harbour's late orders come back in 55.9% of cases, those in time in 16%, about as many as Swift's 13.8%. " +
          "Before you change the carrier, ask Harbour to deliver within five days: nothing here speaks against what it brings in time.",
      ),
    ],
  },
];
