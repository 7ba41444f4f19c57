import { afterEach, describe, expect, test } from "vitest";
import {
  apiError,
  createScriptedApi,
  type ScriptedApi,
  type ScriptedConversation,
  text,
  thinking,
  toolUse,
} from "../../../src/testing/index.js";

let api: ScriptedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

async function start(script: readonly ScriptedConversation[], options = {}): Promise<ScriptedApi> {
  api = await createScriptedApi(script, options);
  return api;
}

function post(body: unknown, path = "/v1/messages?beta=true"): Promise<Response> {
  return fetch(api!.url + path, { method: "POST", body: JSON.stringify(body) });
}

const user = (...texts: string[]) => ({
  role: "user",
  content: texts.map((part) => ({ type: "text", text: part })),
});
const answered = { role: "assistant", content: [{ type: "text", text: "…" }] };

/** The text of a whole answer. */
async function say(...messages: object[]): Promise<string> {
  const answer = (await (await post({ messages })).json()) as { content: { text: string }[] };
  return answer.content.map((block) => block.text).join("");
}

interface ApiEvent {
  readonly type: string;
  readonly index?: number;
  readonly delta?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

async function stream(...messages: object[]): Promise<ApiEvent[]> {
  const body = await (await post({ messages, stream: true })).text();
  return [...body.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, name, data]) => {
    const event = JSON.parse(data!) as ApiEvent;
    expect(event.type).toBe(name);
    return event;
  });
}

describe("conversations", () => {
  test("are told by their first prompt, and go on by what was answered", async () => {
    await start([
      { when: "count", replies: [text("one"), text("two")] },
      { when: /^spell/, replies: [text("a")] },
      { when: (prompt) => prompt.length > 100, replies: [text("long")] },
    ]);
    expect(await say(user("count"))).toBe("one");
    expect(await say(user("count"), answered, user("spell"))).toBe("two");
    expect(await say(user("spell it"))).toBe("a");
    expect(await say(user("x".repeat(101)))).toBe("long");
  });

  test("are told apart from what the CLI adds to a prompt", async () => {
    await start([{ when: "hi", replies: [text("hello")] }]);
    expect(await say(user("<system-reminder>\nhi\n</system-reminder>", "hi"))).toBe("hello");
    expect(await say({ role: "user", content: "hi" })).toBe("hello");
  });

  test("may run at once: the API remembers nothing of them", async () => {
    await start([{ when: "count", replies: [text("one"), text("two")] }]);
    const both = [say(user("count"), answered), say(user("count")), say(user("count"), answered)];
    expect(await Promise.all(both)).toEqual(["two", "one", "two"]);
  });

  test("that are in no script, or over, are answered with a text that says so", async () => {
    await start([{ when: "hi", replies: [] }]);
    expect(await say(user("what?"))).toContain("no such conversation");
    expect(await say(user("hi"))).toContain("has ended");
  });
});

describe("a streamed answer", () => {
  const input = { command: "echo 'é 💡'", list: [1, 2, 3] };
  const blocks = [thinking("Let me see 💡."), text("I will run it: 日本語"), toolUse("Bash", input)];

  test("has the events of the Messages API, in its order", async () => {
    await start([{ when: "hi", replies: [blocks] }]);
    const events = await stream(user("hi"));
    const order = events.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1]);
    const block = ["content_block_start", "content_block_delta", "content_block_stop"];
    expect(order).toEqual(["message_start", ...block, ...block, ...block, "message_delta", "message_stop"]);
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: "tool_use" },
      usage: { output_tokens: expect.any(Number) },
    });
  });

  test.each([1, 5, 24])(
    "joins to what the script says, in deltas of %i characters that split none",
    async (chunkLength) => {
      await start([{ when: "hi", replies: [blocks] }], { chunkLength });
      const events = await stream(user("hi"));
      const joined = (field: string) => events.map(({ delta }) => delta?.[field] ?? "").join("");
      expect(joined("thinking")).toBe("Let me see 💡.");
      expect(joined("text")).toBe("I will run it: 日本語");
      expect(JSON.parse(joined("partial_json"))).toEqual(input);
      expect(joined("signature")).not.toBe("");
      expect(events.filter(({ delta }) => delta?.partial_json).length).toBeGreaterThan(1);
      const deltas = events.flatMap(({ delta }) => Object.values(delta ?? {}));
      expect(deltas.filter((delta) => delta !== null && /\p{Surrogate}/u.test(String(delta)))).toEqual([]);
    },
  );

  test("is the same each time, ids included", async () => {
    await start([{ when: "hi", replies: [blocks] }]);
    expect(await stream(user("hi"))).toEqual(await stream(user("hi")));
  });
});

describe("errors", () => {
  test("are given in place of an answer, as the API gives them", async () => {
    await start([{ when: "hi", replies: [apiError(529, "Overloaded")] }]);
    for (let i = 0; i < 3; i++) {
      const response = await post({ messages: [user("hi")] });
      expect(response.status).toBe(529);
      expect(await response.json()).toEqual({
        type: "error",
        error: { type: "overloaded_error", message: "Overloaded" },
      });
    }
  });

  test("may pass: so many requests fail, then the answer comes", async () => {
    await start([{ when: "hi", replies: [text("one"), apiError(529, "Overloaded", 2), text("two")] }]);
    expect((await post({ messages: [user("hi")] })).status).toBe(200);
    const statuses = [];
    for (let i = 0; i < 3; i++)
      statuses.push((await post({ messages: [user("hi"), answered, user("go on")] })).status);
    expect(statuses).toEqual([529, 529, 200]);
  });
});

test("every request is kept with its headers and body", async () => {
  await start([]);
  await fetch(api!.url, { method: "HEAD" });
  await post({ model: "m", messages: [user("hi")] });
  expect(api!.requests).toMatchObject([
    { method: "HEAD", path: "/", body: undefined },
    { method: "POST", path: "/v1/messages?beta=true", body: { model: "m" } },
  ]);
});

test("closing ends answers that are still streaming", async () => {
  await start([{ when: "hi", replies: [text("word ".repeat(1_000))] }], { delayMs: 1_000 });
  const response = await post({ messages: [user("hi")], stream: true });
  const reading = response.text().catch((error: unknown) => error);
  await api!.close();
  api = undefined;
  expect(await reading).toBeInstanceOf(Error);
});

test("the environment has no way to anything else", async () => {
  const { url, env } = await start([]);
  expect(env("/home/test")).toMatchObject({
    HOME: "/home/test",
    CLAUDE_CONFIG_DIR: "/home/test/.claude",
    ANTHROPIC_BASE_URL: url,
  });
});
