import { describe, expect, test } from "vitest";
import { parseMessage, type RawMessage } from "../../../src/messages/parse-message.js";
import { placeRules } from "../../../src/recording/places.js";
import { redactTurn } from "../../../src/recording/redact-turn.js";
import { secretRules } from "../../../src/redact/redact-secrets.js";
import {
  assistantMessage,
  initMessage,
  resultMessage,
  streamEventMessages,
  text,
  thinking,
  toolResultMessage,
  toolUse,
} from "../../../src/testing/index.js";
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

test("every other string is searched; names of fields too where they are data", () => {
  const home = "/home/ann/x";
  const [line] = redactTurn(
    lines([
      {
        type: "x",
        deep: [{ status: `${secret}!`, n: 1, nothing: null }],
        tool_use_result: { type: "text", [home]: secret, id: secret, password: "hunter2", tokens: "5" },
      },
    ]),
    rules,
  );
  expect(line!.raw).toEqual({
    type: "x",
    deep: [{ status: "[redacted]!", n: 1, nothing: null }],
    tool_use_result: {
      type: "text",
      "~/x": "[redacted]",
      id: "[redacted]",
      password: "[redacted]",
      tokens: "5",
    },
  });
});

describe("a line stays what it is", () => {
  test("whatever the environment holds: kinds, roles, ids and names of fields are no secrets", () => {
    const message = {
      type: "stream_event12",
      subtype: "stream_event12",
      session_id: "stream_event12",
      stream_event12: "stream_event12",
      message: { role: "stream_event12", content: [{ type: "stream_event12", id: "stream_event12" }] },
    };
    const text = secretRules({ ODD_TOKEN: "stream_event12" });
    const [line] = redactTurn(lines([message]), { text, json: text });
    expect(line!.raw).toEqual({ ...message, stream_event12: "[redacted]" });
  });

  test("for its reader too: each parses to the kind that it was", () => {
    const everyWord = [{ pattern: /[a-z_]+/gi, replacement: "?" }];
    const messages = [
      initMessage(),
      ...streamEventMessages([text("hi"), thinking("hm"), toolUse("Bash", { command: "ls" })]),
      assistantMessage([text("hi"), toolUse("Bash", { command: "ls" })]),
      toolResultMessage("toolu_1", "done"),
      resultMessage(),
    ];
    const after = redactTurn(lines(messages), { text: everyWord, json: everyWord });
    const kindsOf = (raw: RawMessage) => {
      const { type, subtype } = parseMessage(raw);
      const { message, event } = raw as {
        message?: { content?: { type: string }[] };
        event?: { type: string };
      };
      return { type, subtype, event: event?.type, blocks: message?.content?.map((block) => block.type) };
    };
    expect(after.map(({ raw }) => kindsOf(raw))).toEqual(messages.map((raw) => kindsOf(raw as RawMessage)));
    expect(JSON.stringify(after)).not.toContain('"hi"');
  });
});

describe.each([1, 4, 9, 1_000])("a configuration file in deltas of %i characters", (chunkLength) => {
  const file = "db:\n  password: hunter2\n  url: https://ann:pw@host/x\napi_key: abc123def456\n";
  const clean = "db:\n  password: [redacted]\n  url: https://ann:[redacted]@host/x\napi_key: [redacted]\n";
  const blocks = [
    text(file),
    toolUse("Write", { content: file, env: JSON.stringify({ password: "hunter2" }) }),
  ];
  const after = redactTurn(lines(streamEventMessages(blocks, {}, { chunkLength })), rules);

  test("shows none of its credentials, and its JSON is whole", () => {
    expect(joined(after, "text")).toBe(clean);
    expect(JSON.parse(joined(after, "partial_json"))).toEqual({
      content: clean,
      env: '{"password":"[redacted]"}',
    });
  });
});
