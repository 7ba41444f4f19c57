import { type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

const rows = [
  { mail: 1, order: "A-1042", wants: "refund", isUrgent: false, quote: "When do I get my money?" },
  { mail: 2, order: "A-1057", wants: "delivery", isUrgent: true, quote: "Where is it?" },
  {
    mail: 3,
    order: "A-1039",
    wants: "replacement",
    isUrgent: false,
    quote: "I'd like a new one, not the money",
  },
  { mail: 4, order: null, wants: "nothing", isUrgent: false, quote: "the boots are great!!" },
  {
    mail: 5,
    order: "A-1061",
    wants: "invoice",
    isUrgent: false,
    quote: "Could you send a corrected one to accounts?",
  },
  { mail: 6, order: "A-1044", wants: "refund", isUrgent: true, quote: "only one was refunded" },
];

const reply = (when: RegExp, promises: string, words: string): ScriptedConversation => ({
  when,
  replies: [toolUse("StructuredOutput", { reply: words, promises }), text("Two sentences.")],
});

/** What the scripted Messages API answers when the notebook on typed answers is recorded: the first answer does not fit its schema. */
export const scriptedMails: readonly ScriptedConversation[] = [
  {
    when: /What does each of these customers want/,
    replies: [
      toolUse("StructuredOutput", {
        value: rows.map((row) => (row.mail === 3 ? { ...row, order: "1039" } : row)),
      }),
      toolUse("StructuredOutput", { value: rows }),
      text("Six mails: two about money, one customer is only content."),
    ],
  },
  reply(
    /Draft a reply[\s\S]*A-1042/,
    "money",
    "Dear Ines, your jacket has arrived, and we send back what you paid for order A-1042 this week. We are sorry that it was too small.",
  ),
  reply(
    /Draft a reply[\s\S]*A-1057/,
    "nothing",
    "Dear J. Okafor, we are sorry that order A-1057 did not come on Monday as we promised. We ask the carrier today, and write to you tomorrow morning with what we know.",
  ),
  reply(
    /Draft a reply[\s\S]*A-1039/,
    "goods",
    "Dear Tom, a zip should last longer than a day: a new bag for order A-1039 is on its way to you. Keep the broken one until it arrives, the label to return it is in the parcel.",
  ),
  reply(
    /Draft a reply[\s\S]*A-1061/,
    "nothing",
    "Dear Lena Vogt, the invoice of order A-1061 goes to your accounts today, with the new address. We have changed it for later orders as well.",
  ),
  reply(
    /Draft a reply[\s\S]*A-1044/,
    "money",
    "Dear Sam, both pairs of order A-1044 are here, and you are right: one refund is missing. You get it this week, with our apologies.",
  ),
];
