import { type ScriptedConversation, text, toolUse } from "claude-notebook/testing";

const tests = [
  {
    title: "a parcel costs what the smallest size that fits costs",
    body: "assert.equal(price({ side: 20, weight: 1 }), 399);\nassert.equal(price({ side: 50, weight: 1 }), 599);\nassert.equal(price({ side: 100, weight: 1 }), 1099);",
  },
  {
    title: "a side of exactly 35 cm is still size S",
    body: "assert.equal(price({ side: 35, weight: 1 }), 399);\nassert.equal(price({ side: 36, weight: 1 }), 599);",
  },
  {
    title: "a small parcel that is heavy needs a larger size",
    body: "assert.equal(price({ side: 20, weight: 4 }), 599);",
  },
  {
    title: "ten parcels cost a tenth less, nine do not",
    body: "assert.equal(price({ side: 20, weight: 1 }, 9), 3591);\nassert.equal(price({ side: 20, weight: 1 }, 10), 3591);\nassert.equal(price({ side: 50, weight: 1 }, 10), 5391);",
  },
  {
    title: "what no size fits is refused",
    body: "assert.throws(() => price({ side: 121, weight: 1 }), RangeError);\nassert.throws(() => price({ side: 20, weight: 32 }), RangeError);",
  },
  {
    title: "a number of parcels that cannot be is refused",
    body: "for (const count of [0, -1, 1.5, Number.NaN])\n  assert.throws(() => price({ side: 20, weight: 1 }, count), RangeError);",
  },
];

const more = [
  {
    title: "a weight of exactly 2 kg is still size S",
    body: "assert.equal(price({ side: 20, weight: 2 }), 399);",
  },
  {
    title: "half a cent and more is rounded up",
    body: "// 16 parcels of size S: 6384 less a tenth is 5745.6\nassert.equal(price({ side: 20, weight: 1 }, 16), 5746);",
  },
];

const tryOut =
  `node --input-type=module -e "import { price } from './price.mjs'; ` +
  `for (const count of [1, 9, 10, 11, 16]) console.log(count, price({ side: 35, weight: 2 }, count));"`;

/** What the scripted Messages API answers when the notebook on generated tests is recorded: two mistakes are missed at first. */
export const scriptedTests: readonly ScriptedConversation[] = [
  {
    when: /Which cases of price\.mjs deserve a test/,
    replies: [
      toolUse("Read", { file_path: "price.mjs" }),
      [
        text(
          "The edges of the sizes are included, so `35` and `2` are worth a look, and so is the discount.",
        ),
        toolUse("Bash", { command: tryOut, description: "Prices around the discount" }),
      ],
      text(
        "| case | why |\n| --- | --- |\n" +
          "| one parcel of each size | the table itself |\n" +
          "| just at a limit, and just above it | `<=` is easily `<` |\n" +
          "| small and heavy | both limits must hold |\n" +
          "| 9, 10 and more parcels | the discount begins *at* ten: ten cost exactly as much as nine |\n" +
          "| too large, too heavy, no number of parcels | these throw |",
      ),
      toolUse("StructuredOutput", { value: tests }),
      text("Six tests, by the cases of the table."),
      toolUse("StructuredOutput", { value: more }),
      text("One for the weight at its limit, one for an amount that has to be rounded up."),
    ],
  },
];
