import { expect, test } from "vitest";
import { secretRules } from "../../../src/redact/redact-secrets.js";
import { HTML, replaceAsShown, TERMINAL } from "../../../src/redact/replace-as-shown.js";

const rules = secretRules({});
const key = `sk-ant-${"api03-abcDEF_123-xyz"}`;

test("a credential that is printed in colour is found, and the colours stay", () => {
  expect(replaceAsShown(`a \u001b[32m${key}\u001b[0m b`, rules, TERMINAL)).toBe(
    "a \u001b[32m[redacted]\u001b[0m b",
  );
  const half = `sk-ant-\u001b[1m${"api03-abcDEF_123-xyz"}\u001b[22m!`;
  expect(replaceAsShown(half, rules, TERMINAL)).toBe("[redacted]\u001b[1m\u001b[22m!");
});

test("a credential across elements and entities of HTML is found, and the elements stay whole", () => {
  expect(replaceAsShown(`<b>sk-ant-</b><i>api03-abcDEF_123</i>`, rules, HTML)).toBe(
    "<b>[redacted]</b><i></i>",
  );
  expect(replaceAsShown("password = &quot;hunter2hunter&quot;;", rules, HTML)).toBe(
    "password = &quot;[redacted]&quot;;",
  );
  expect(replaceAsShown("<td>x</td><td>y &amp; z</td>", rules, HTML)).toBe("<td>x</td><td>y &amp; z</td>");
});

test("each match is told once, with what it was", () => {
  const told: string[] = [];
  replaceAsShown(`${key} and ${key}`, rules, TERMINAL, ({ name }, found) => told.push(`${name} ${found}`));
  expect(told).toEqual([`Anthropic API key ${key}`, `Anthropic API key ${key}`]);
});

test.each(["", "<", "a < b & c", "<b", "&quot", "&#99999999;", "\u001b[", "\u001b]8;;x", "<<>>"])(
  "%j without a credential stays as it is",
  (text) => {
    for (const markup of [HTML, TERMINAL]) expect(replaceAsShown(text, rules, markup)).toBe(text);
  },
);
