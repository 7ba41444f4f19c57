import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkMessage } from "../support/message-spec.js";
import { recordedMessages } from "../support/recorded-messages.js";

/** This runs after the end-to-end tests: it looks at what their kernels sent. */
interface Recorded {
  /** The test file whose kernel sent it. */
  readonly from: string;
  readonly line: string;
}

function readMessages(): Recorded[] {
  if (!existsSync(recordedMessages)) return [];
  return readdirSync(recordedMessages).flatMap((from) =>
    readdirSync(join(recordedMessages, from)).flatMap((file) => {
      const text = readFileSync(join(recordedMessages, from, file), "utf8");
      // A kernel that was killed leaves half a line.
      return text
        .split("\n")
        .slice(0, -1)
        .map((line) => ({ from, line }));
    }),
  );
}

const messages = readMessages();

test.each([
  ["JupyterLab", "e2e-lab-live-response.test.ts"],
  ["JupyterLab without the extension", "e2e-lab-without-extension.test.ts"],
  ["nbclient and nbconvert", "e2e-python-clients.test.ts"],
  ["our own runner", "e2e-demo.test.ts"],
])("kernels have written down what they sent to %s", (_client, from) => {
  const sent = messages.filter((each) => each.from === from);
  expect(
    sent.length,
    "run the e2e tests first: `npm test`, or `npx vitest run --project e2e`",
  ).toBeGreaterThan(10);
});

test("every message that a kernel sent during the end-to-end tests is as the protocol has it", () => {
  const faults = new Map<string, string>();
  for (const { from, line } of messages) {
    const [channel, header, parent, metadata, content] = JSON.parse(line);
    try {
      checkMessage(channel, {
        header: JSON.parse(header),
        parent: JSON.parse(parent),
        metadata: JSON.parse(metadata),
        content: JSON.parse(content),
      });
    } catch (error) {
      faults.set(String(error).slice(0, 300), from);
    }
  }
  expect([...faults]).toEqual([]);
});
