import { type Reply, type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

/** An answer of a certain form, and what Claude says after it. */
const output = (value: unknown): readonly Reply[] => [toolUse("StructuredOutput", value), text("Done.")];

const emptyList = {
  severity: "high",
  place: "mean, line 1",
  problem: "An empty list throws: reduce has no initial value.",
  advice: "Return undefined for it, and say so in the type.",
};

/** What the scripted Messages API answers when the notebooks on conversations, templates and chains are recorded. */
export const scriptedSystems: readonly ScriptedConversation[] = [
  {
    when: /^Which figure says best/,
    replies: [
      text(
        "The **share of returns per order**, by the month of the order. A plain count rises with every sale and says nothing.\n\n" +
          "| figure | what it tells |\n| --- | --- |\n| returns a month | mostly how much you sell |\n| returns per order | whether people keep what they buy |",
      ),
      text(
        "By post a whole order can come back: take **items returned of items sent**, and leave out exchanges.",
      ),
      text(
        "```sql\nselect date_trunc('month', o.ordered_at) as month,\n       count(r.id)::numeric / count(distinct o.id) as returns_per_order\nfrom orders o\nleft join returns r on r.order_id = o.id\ngroup by 1\norder by 1;\n```",
      ),
    ],
  },
  {
    when: /^Review this code as a colleague[\s\S]*Look above all at: empty lists/,
    replies: [
      text(
        "**high** · line 1 · `mean([])` throws a TypeError, because `reduce` has no initial value. Write:\n\n" +
          "```ts\nexport const mean = (values: number[]) =>\n  values.length === 0 ? undefined : values.reduce((a, b) => a + b) / values.length;\n```",
      ),
    ],
  },
  {
    when: /^Write a release note/,
    replies: [text("Returns that belong to no order are now listed too. Nothing is lost any more.")],
  },
  {
    when: /^Sort these changes/,
    replies: output({
      seen: ["Returns without an order are kept"],
      hidden: ["The build takes half the time"],
    }),
  },
  {
    when: /^Write one sentence for users/,
    replies: [text("Returns are listed even when their order is missing.")],
  },
  { when: /^Write one sentence for the team/, replies: [text("The build takes half as long as before.")] },
  { when: /^A title for a post/, replies: [text("No return left behind")] },
  { when: /^Review this code as a colleague/, replies: output({ value: [emptyList] }) },
  { when: /^Audit this code for security/, replies: output({ value: [] }) },
  {
    when: /^Which of this is not tested/,
    replies: output({
      value: [
        {
          severity: "medium",
          place: "mean, line 1",
          problem: "No test gives it an empty list.",
          advice: "Add one.",
        },
      ],
    }),
  },
  {
    when: /^Three reviews of the same code/,
    replies: output({
      decision: "request_changes",
      reason: "An empty list throws, and no test shows it.",
      findings: [emptyList],
    }),
  },
];
