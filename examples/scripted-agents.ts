import { type Reply, type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

/** An answer of a certain form, and what Claude says after it. */
const output = (value: unknown): readonly Reply[] => [toolUse("StructuredOutput", value), text("Done.")];

/** What the scripted Messages API answers when the notebooks on agents, tools and the server are recorded. */
export const scriptedAgents: readonly ScriptedConversation[] = [
  {
    when: /Look at this as the reviewer/,
    replies: [text("An empty list throws: `reduce` has no initial value. And the parameter has no type.")],
  },
  {
    when: /Look at this as the security/,
    replies: [
      text(
        "Nothing to exploit. A caller who sends an empty list can end the process, if nobody catches the error.",
      ),
    ],
  },
  {
    when: /^You are reviewer in a debate/,
    replies: [text("Return `undefined`: the type then tells every caller that there may be no mean.")],
  },
  {
    when: /^You are security in a debate/,
    replies: [text("Throw: a value that nobody checks becomes NaN somewhere else, where nobody looks.")],
  },
  {
    when: /^Judge this debate/,
    replies: output({
      answer: "Return `undefined`, and let the compiler make every caller look.",
      winner: "reviewer",
      reason:
        "With strict types an unchecked undefined does not compile, so the danger of the other side does not arise.",
    }),
  },
  {
    when: /decision 1 of/,
    replies: output({ delegations: [{ agent: "reviewer", task: "Is mean safe to ship?" }] }),
  },
  { when: /^Is mean safe to ship/, replies: [text("No: an empty list throws.")] },
  {
    when: /decision 2 of/,
    replies: output({ answer: "Not yet: an empty list throws, which one line would mend." }),
  },
  {
    when: /^How many people live in Bergen/,
    replies: [
      toolUse("mcp__mine__getCity", { name: "Bergen" }),
      toolUse("mcp__mine__add", { a: 291_940, b: 709_000 }),
      text("Together **1,000,940** people."),
    ],
  },
  { when: "Hello, Claude!", replies: [text("Hello! I am here over a WebSocket.")] },
  {
    when: /^Which words of a server/,
    replies: [
      text("Four: *query*, *continue*, *interrupt*, *resume*. The last one is for trains with tunnels."),
    ],
  },
  { when: "Hello over HTTP!", replies: [text("Hello over HTTP, too.")] },
];
