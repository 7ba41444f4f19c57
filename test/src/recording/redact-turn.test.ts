import { describe, expect, test } from "vitest";
import type { RawMessage } from "../../../src/messages/parse-message.js";
import { placeRules } from "../../../src/recording/places.js";
import { redactTurn } from "../../../src/recording/redact-turn.js";
import { secretRules } from "../../../src/redact/redact-secrets.js";
import { streamEventMessages, text, thinking, toolUse } from "../../../src/testing/index.js";
import type { TurnLine } from "../../../src/turn.js";

const secret = `sk-ant-${"api03-abcdefghijklmnop"}`;
const places = placeRules("/home/ann/work", ["/home/ann"]);
const secrets = secretRules({ DB_PASSWORD: 'a"quoted\\password' });
const rules = { text: [...secrets, ...places.text], json: [...secrets, ...places.json] };

function lines(messages: readonly object[]): TurnLine[] {
  return messages.map((raw, atMs) => ({ type: "line", raw: raw as RawMessage, atMs }));
}

/** The deltas' texts joined, of one kind. */
function joined(redacted: readonly TurnLine[], field: string): string {
  return redacted
    .map(({ raw }) => (raw.event as { delta?: Record<string, string> } | undefined)?.delta?.[field] ?? "")
    .join("");
}

describe.each([1, 2, 3, 5, 7, 11, 24, 1_000])("deltas of %i characters", (chunkLength) => {
  const blocks = [
    thinking(`The key is ${secret} 💡.`),
    text(`Your key ${secret} in /home/ann/work/a.ts, 日本 💡.`),
    toolUse("Bash", { command: `export K='a"quoted\\password'\n/home/ann/work/run ${secret}` }),
  ];
  const before = lines(streamEventMessages(blocks, {}, { chunkLength }));
  const after = redactTurn(before, rules);

  test("hide no credential and no folder, and stay as many", () => {
    expect(after).toHaveLength(before.length);
    expect(joined(after, "thinking")).toBe("The key is [redacted] 💡.");
    expect(joined(after, "text")).toBe("Your key [redacted] in {{claude-notebook.cwd}}/a.ts, 日本 💡.");
  });

  test("of a tool's input are still JSON when they are joined", () => {
    expect(JSON.parse(joined(after, "partial_json"))).toEqual({
      command: "export K='[redacted]'\n{{claude-notebook.cwd}}/run [redacted]",
    });
  });

  test("keep every other field and the times", () => {
    const bare = (all: readonly TurnLine[]) =>
      JSON.stringify(all, (key, value) =>
        /^(text|thinking|partial_json)$/.test(key) && typeof value === "string" ? "" : value,
      );
    expect(bare(after)).toBe(bare(before));
  });
});

test("blocks of two subagents that stream at once are not mixed", () => {
  const chunkLength = 5;
  const one = streamEventMessages([text(`one ${secret}`)], { parent_tool_use_id: "a" }, { chunkLength });
  const two = streamEventMessages([text(`two ${secret}`)], { parent_tool_use_id: "b" }, { chunkLength });
  const interleaved = one.flatMap((message, i) => [message, two[i]!]);
  const after = redactTurn(lines(interleaved), rules);
  const of = (parent: string) =>
    joined(
      after.filter(({ raw }) => raw.parent_tool_use_id === parent),
      "text",
    );
  expect([of("a"), of("b")]).toEqual(["one [redacted]", "two [redacted]"]);
});

test("every other string is searched, names of fields too", () => {
  const [line] = redactTurn(
    lines([{ type: "x", deep: [{ [secret]: `${secret}!`, n: 1, nothing: null }] }]),
    rules,
  );
  expect(line!.raw).toEqual({ type: "x", deep: [{ "[redacted]": "[redacted]!", n: 1, nothing: null }] });
});
