import { type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

/** The page, with the example of `total` that is to be shown. */
const pageWith = (example: { readonly code: string; readonly gives: string }) => ({
  title: "Durations",
  about:
    'Durations as people write them, `"1h 30m"`, and as programs count them, in seconds. It knows days, hours, minutes and seconds, and neither dates nor time zones.',
  functions: [
    {
      name: "parse",
      summary: "Reads a duration and returns its seconds; a `SyntaxError` names the part that is none.",
      parameters: [
        {
          name: "text",
          meaning: "whole numbers, each with `d`, `h`, `m` or `s`, separated by spaces, in any order",
        },
      ],
      examples: [
        { code: 'parse("1h 30m")', gives: "5400" },
        { code: 'parse("45s 2m")', gives: "165" },
      ],
    },
    {
      name: "format",
      summary: "Writes a number of seconds as a duration, the largest units first.",
      parameters: [
        { name: "seconds", meaning: "zero or more; parts of a second are rounded" },
        { name: "parts", meaning: "how many units are shown at most, 2 unless you say otherwise" },
      ],
      examples: [
        { code: "format(5400)", gives: '"1h 30m"' },
        { code: "format(90061)", gives: '"1d 1h 1m 1s"' },
        { code: "format(90061, { parts: 4 })", gives: '"1d 1h 1m 1s"' },
      ],
    },
    {
      name: "total",
      summary: "Adds durations up, and writes the sum.",
      parameters: [{ name: "texts", meaning: "durations as `parse` reads them" }],
      examples: [example],
    },
  ],
});

/** What the scripted Messages API answers when the notebook on documentation is recorded: an example does not compile, one is wrong. */
export const scriptedDocs: readonly ScriptedConversation[] = [
  {
    when: /Read duration\.ts and document it/,
    replies: [
      toolUse("Read", { file_path: "duration.ts" }),
      toolUse("StructuredOutput", pageWith({ code: 'total("50m", "20m")', gives: '"1h 10m"' })),
      text("Three functions, six examples."),
      toolUse("StructuredOutput", pageWith({ code: 'total(["50m", "20m"])', gives: '"1h 10m"' })),
      text("`total` takes one list: the example does so now."),
    ],
  },
];
