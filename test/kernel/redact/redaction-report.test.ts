import { expect, test } from "vitest";
import { describeRedaction } from "../../../kernel/redact/redaction-report.js";

const none = { secrets: 0, places: [], homePaths: 0 };

test.each([
  [none, undefined],
  [{ ...none, homePaths: 1 }, "redacted 1 home path"],
  [{ ...none, secrets: 1, places: ["cell 3: GitHub token"] }, "redacted 1 secret (cell 3: GitHub token)"],
  [
    { secrets: 2, places: ["cell 3: GitHub token", "cell 5: private key"], homePaths: 1234 },
    "redacted 2 secrets (cell 3: GitHub token; cell 5: private key) and 1,234 home paths",
  ],
])("%j reads %j", (report, line) => {
  expect(describeRedaction(report)).toBe(line);
});

test("many places are counted, so that the line can be read", () => {
  const places = Array.from({ length: 30 }, (_, i) => `cell ${i}: API key`);
  expect(describeRedaction({ secrets: 30, places, homePaths: 0 })).toMatch(
    /cell 7: API key; 22 more places\)$/,
  );
});
