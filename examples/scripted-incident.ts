import { type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

const conclusion = {
  cause: "A config sync cut the pool of database connections from 50 to 5.",
  since: "14:11",
  evidence: [
    {
      claim: "The pool was cut at 14:11",
      file: "changes.csv",
      contains: ["pool.max from 50 to 5", "config sync"],
      from: "14:11",
      until: "14:12",
      lines: 1,
    },
    {
      claim: "From then on every connection was in use, each minute until 14:31",
      file: "pool.log",
      contains: ["in use 5/5"],
      from: "14:11",
      until: "14:31",
      lines: 20,
    },
    {
      claim: "Between the search release and the cut no request failed",
      file: "requests.log",
      contains: [" 503 "],
      from: "13:55",
      until: "14:11",
      lines: 0,
    },
    {
      claim: "Rolling the search back did not help",
      file: "requests.log",
      contains: [" 503 "],
      from: "14:20",
      until: "14:31",
      lines: 32,
    },
    {
      claim: "The route that needs no database never failed",
      file: "requests.log",
      contains: ["/health", " 503 "],
      from: "13:50",
      until: "14:40",
      lines: 0,
    },
    {
      claim: "Once the pool was put back, nothing failed any more",
      file: "requests.log",
      contains: [" 503 "],
      from: "14:31",
      until: "14:40",
      lines: 0,
    },
  ],
  next: [
    "Let the config sync refuse a pool that is smaller than what is in use.",
    "Alert on connections that wait, not on failed requests alone.",
    "Release search 2.3.0 again: nothing speaks against it.",
  ],
};

/** What the scripted Messages API answers when the notebook on agents and an incident is recorded. */
export const scriptedIncident: readonly ScriptedConversation[] = [
  {
    when: /What does your file say\? You are changes\./,
    replies: [
      toolUse("Read", { file_path: "changes.csv" }),
      text(
        "I suspect the release of search 2.3.0 at 13:55: a new ranking asks the database for more, and it is the largest change of the day. " +
          "At 14:11 a config sync set pool.max from 50 to 5, at 14:20 the search was rolled back, at 14:31 the pool was put back.",
      ),
    ],
  },
  {
    when: /What does your file say\? You are requests\./,
    replies: [
      toolUse("Read", { file_path: "requests.log" }),
      text(
        "/search and /orders answer 503 after two seconds from 14:11 until 14:30, three of four requests; /health answers all the time. " +
          "Before 14:11 and from 14:31 on nothing fails.",
      ),
    ],
  },
  {
    when: /What does your file say\? You are pool\./,
    replies: [
      toolUse("Read", { file_path: "pool.log" }),
      text(
        "Until 14:10 at most 16 of 50 connections are in use and nobody waits. From 14:11 until 14:30 it is 5 of 5, with up to 26 waiting; from 14:31 on there are 50 again.",
      ),
    ],
  },
  {
    when: /You are changes in a debate[\s\S]*release of the search/,
    replies: [
      text(
        "The search changed last before the day went wrong, and a ranking that reads more rows holds its connections longer. " +
          "I grant that sixteen minutes lie between the release and the first failure, and that my file does not say why.",
      ),
    ],
  },
  {
    when: /You are pool in a debate[\s\S]*release of the search/,
    replies: [
      text(
        "With 2.3.0 running, 50 connections were plenty: never more than 16 in use. The failures begin in the minute in which there are five, " +
          "go on for eleven minutes after the search was rolled back, and end in the minute in which there are fifty again.",
      ),
    ],
  },
  {
    when: /Judge this debate[\s\S]*release of the search/,
    replies: [
      toolUse("StructuredOutput", {
        answer: "No.",
        winner: "pool",
        reason:
          "A cause comes before its effect and ends with it. The pool's change does both, to the minute; the release does neither, and taking it back changed nothing.",
      }),
      text("Decided."),
    ],
  },
  {
    when: /What caused the failures of Tuesday\? Give evidence/,
    replies: [
      toolUse("StructuredOutput", conclusion),
      text("Six pieces of evidence, two of them against the other explanation."),
    ],
  },
];
