import { type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

const findings = [
  {
    line: 5,
    severity: "high",
    problem: "Bookings that follow one another are taken for a conflict",
    call: "overlaps",
    args: [
      { start: 540, end: 600 },
      { start: 600, end: 660 },
    ],
    look: "result",
    right: false,
  },
  {
    line: 10,
    severity: "medium",
    problem: "The list that is given is put in order, though it should stay as it is",
    call: "byStart",
    args: [
      [
        { start: 720, end: 780 },
        { start: 540, end: 555 },
      ],
    ],
    look: "first argument",
    right: [
      { start: 720, end: 780 },
      { start: 540, end: 555 },
    ],
  },
  {
    line: 18,
    severity: "high",
    problem: "A short booking within a long one frees the room too early",
    call: "firstGap",
    args: [
      [
        { start: 540, end: 720 },
        { start: 560, end: 575 },
      ],
      60,
    ],
    look: "result",
    right: { start: 720, end: 780 },
  },
  {
    line: 20,
    severity: "medium",
    problem: "A day without bookings has no gap",
    call: "firstGap",
    args: [[], 30],
    look: "result",
    right: { start: 540, end: 570 },
  },
  {
    line: 25,
    severity: "low",
    problem: "Minutes below ten lack their zero",
    call: "clock",
    args: [545],
    look: "result",
    right: "9:05",
  },
];

const mended = `// Bookings of a meeting room. Times are minutes since midnight; \`end\` is the first that is free.

/** Whether two bookings claim the room at the same time. */
export function overlaps(a, b) {
  return a.start < b.end && b.start < a.end;
}

/** The bookings in the order in which they begin. The list that is given stays as it is. */
export function byStart(bookings) {
  return [...bookings].sort((a, b) => a.start - b.start);
}

/** The first time that is free for so many minutes between \`from\` and \`to\`, or undefined. */
export function firstGap(bookings, minutes, from = 540, to = 1020) {
  let free = from;
  for (const { start, end } of byStart(bookings)) {
    if (start - free >= minutes) return { start: free, end: free + minutes };
    free = Math.max(free, end);
  }
  return to - free >= minutes ? { start: free, end: free + minutes } : undefined;
}

/** A time for people: 545 is "9:05". */
export function clock(time) {
  return \`\${Math.floor(time / 60)}:\${String(time % 60).padStart(2, "0")}\`;
}
`;

/** What the scripted Messages API answers when the notebook on a code review is recorded: one finding of its five is wrong. */
export const scriptedReview: readonly ScriptedConversation[] = [
  {
    when: /All tests of rooms\.mjs pass/,
    replies: [
      [
        text("I'll read the module and what its tests call."),
        toolUse("Read", { file_path: "rooms.mjs" }),
        toolUse("Read", { file_path: "rooms.test.mjs" }),
      ],
      text(
        "Each function is called once or twice, with bookings that stand well apart. Not tried are:\n\n" +
          "1. **Edges.** Bookings that touch: one ends in the minute in which the next begins. The comment at the top decides that case, and no test does.\n" +
          "2. **Bookings within bookings.** `firstGap` goes through them by their beginning; all tests have them end in that order too.\n" +
          "3. **The argument afterwards.** `byStart` promises to leave its list alone, and the test looks at the result only.\n" +
          "4. **Small minutes.** `10:30` is the one time that is written.",
      ),
      toolUse("StructuredOutput", { value: findings }),
      text("Five findings, each with a call that anybody can make."),
      toolUse("StructuredOutput", { source: mended }),
      text("Four lines are changed; everything else is as it was."),
    ],
  },
];
