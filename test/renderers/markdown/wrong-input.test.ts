import { expect, test } from "vitest";
import { createMarkdownStream, renderMarkdownHtml } from "../../../renderers/index.js";

test.each<[unknown, string]>([
  [undefined, "undefined"],
  [null, "null"],
  [5, "5 (number)"],
  [["a"], "an Array"],
  [new Uint8Array(2), "a Uint8Array"],
  [{ text: "a" }, "an object"],
])("text that is %o is refused with its value, and the stream goes on", (value, shown) => {
  const stream = createMarkdownStream();
  stream.append("*a");
  expect(() => stream.append(value as never)).toThrow(
    new TypeError(
      `The text of append() must be a string, not ${shown}. Give it the text itself, e.g. the \`text\` of a block or delta.`,
    ),
  );
  expect(() => renderMarkdownHtml(value as never)).toThrow(
    `renderMarkdownHtml() must be a string, not ${shown}.`,
  );
  stream.append("*");
  stream.end();
  expect(stream.html()).toBe(renderMarkdownHtml("*a*"));
});

test.each([createMarkdownStream, (options: never) => renderMarkdownHtml("a", options)])(
  "options of the wrong kind are refused with their value and what they should be",
  (call: (options: never) => unknown) => {
    expect(() => call("x" as never)).toThrow(
      'the options must be an object like { headingId }, not "x" (string).',
    );
    expect(() => call({ headingId: "x" } as never)).toThrow(
      'the option headingId must be a function (text, level) => id, not "x" (string).',
    );
    expect(() => call({ headingID: () => "x" } as never)).toThrow(
      'there is no option "headingID"; there are headingId and resolveImage.',
    );
    expect(() => call({ headingId: undefined } as never)).not.toThrow();
  },
);
