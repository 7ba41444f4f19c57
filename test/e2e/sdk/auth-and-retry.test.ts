import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  ClaudeSDKClient,
  classifyFailure,
  collectResult,
  getSessionMessages,
  isResultMessage,
  isSystemMessage,
  type Message,
  NotLoggedInError,
  query,
  query_with_oauth,
  queryWithOAuth,
} from "../../../src/index.js";
import { apiError, text } from "../../../src/testing/index.js";
import { readAll } from "../../src/fake-claude.js";
import { realClaude } from "./real-claude.js";

const token = { CLAUDE_CODE_OAUTH_TOKEN: "oauth-token-of-the-test" };
const quick = { retries: 2, minDelayMs: 10, maxDelayMs: 10 };
/** The CLI's own retries; one is the least that it makes. */
const few = { CLAUDE_CODE_MAX_RETRIES: "1" };

const retriesOf = (messages: readonly Message[]) =>
  messages.filter(isSystemMessage).filter(({ subtype }) => subtype === "api_retry");

test("queryWithOAuth sends the login's token and no API key, though one is set", async () => {
  const { options, api } = await realClaude([{ when: "hi", replies: [text("ok")] }], {
    env: { ...token, ANTHROPIC_API_KEY: "sk-must-not-be-sent", ANTHROPIC_AUTH_TOKEN: "nor-this" },
  });
  const { messages, error } = await readAll(queryWithOAuth("hi", options));
  expect(error).toBeUndefined();
  expect(messages.at(-1)).toMatchObject({ is_error: false, result: "ok" });
  const asked = api.requests.filter(({ method }) => method === "POST");
  expect(asked.length).toBeGreaterThan(0);
  for (const { headers } of api.requests) {
    expect(headers["x-api-key"]).toBeUndefined();
    if (headers.authorization) expect(headers.authorization).toBe(`Bearer ${token.CLAUDE_CODE_OAUTH_TOKEN}`);
  }
  expect(asked.every(({ headers }) => headers.authorization)).toBe(true);
});

test.each([
  ["a helper", { apiKeyHelper: "echo sk-of-the-settings" }],
  [
    "variables",
    { env: { ANTHROPIC_API_KEY: "sk-of-the-settings", ANTHROPIC_AUTH_TOKEN: "sk-of-the-settings" } },
  ],
])("nor a key that settings files name by %s", async (_title, settings) => {
  const { options, api, cwd } = await realClaude([{ when: "hi", replies: [text("ok")] }], { env: token });
  const configDir = join(cwd, "..", "home", ".claude");
  mkdirSync(configDir, { recursive: true });
  writeFileSync(join(configDir, "settings.json"), JSON.stringify(settings));
  const { error, messages } = await readAll(queryWithOAuth("hi", options));
  expect(JSON.stringify(api.requests.map(({ headers }) => headers))).not.toContain("sk-of-the-settings");
  // Either the login is used, or the query is refused because the CLI says that it would use the key.
  if (error) expect(NotLoggedInError.isInstance(error)).toBe(true);
  else expect(messages.at(-1)).toMatchObject({ is_error: false, result: "ok" });
});

test("without a login, queryWithOAuth says how to log in, and asks nobody", async () => {
  const { options, api } = await realClaude([{ when: "hi", replies: [text("no")] }]);
  const { messages, error } = await readAll(query_with_oauth({ prompt: "hi", options }));
  expect([messages, error]).toMatchObject([[], { name: "NotLoggedInError", code: "not_logged_in" }]);
  expect((error as NotLoggedInError).hints.join()).toContain("claude-notebook auth login");
  // `auth status` looks whether the API is there (HEAD), and no more.
  expect(api.requests.filter(({ method }) => method === "POST")).toEqual([]);
});

test("an API key is sent as one", async () => {
  const { options, api } = await realClaude([{ when: "hi", replies: [text("ok")] }]);
  await readAll(query("hi", options));
  expect(api.requests.find(({ method }) => method === "POST")?.headers["x-api-key"]).toBe("sk-test");
});

test("the API is overloaded for longer than the CLI waits: `retry` waits on", async () => {
  const { options } = await realClaude(
    [{ when: "hi", replies: [apiError(529, "Overloaded", 4), text("late")] }],
    { env: few, retry: quick },
  );
  const { messages, error } = await readAll(query("hi", options));
  expect(error).toBeUndefined();
  expect(messages.at(-1)).toMatchObject({ type: "result", is_error: false, result: "late" });
  expect(messages.filter(isResultMessage)).toHaveLength(1);
  expect(retriesOf(messages)).toContainEqual(
    expect.objectContaining({ max_retries: 2, error: "overloaded" }),
  );
});

test("a stream of prompts is sent again from its first prompt on, and goes on with those to come", async () => {
  const { options, api } = await realClaude(
    [{ when: "one", replies: [apiError(529, "Overloaded", 4), text("first"), text("second")] }],
    { env: few, retry: quick },
  );
  let isAnswered = (): void => {};
  const answered = new Promise<void>((resolve) => {
    isAnswered = resolve;
  });
  const results: unknown[] = [];
  async function* prompts() {
    yield "one";
    await answered;
    yield "two";
  }
  for await (const message of query(prompts(), options)) {
    if (!isResultMessage(message)) continue;
    results.push(message.result);
    isAnswered();
  }
  expect(results).toEqual(["first", "second"]);
  expect(JSON.stringify(api.requests.at(-1)!.body)).toContain("two");
});

/** How often a conversation holds a prompt, in the API's words or a transcript's. */
const countOf = (prompt: string, conversation: unknown): number =>
  JSON.stringify(conversation).split(`"${prompt}"`).length - 1;

test("a session of a given id is begun anew by a further attempt, and holds the prompt once", async () => {
  const sessionId = "33333333-3333-4333-8333-333333333333";
  const { options, cwd, api } = await realClaude(
    [{ when: "hello", replies: [apiError(529, "Overloaded", 4), text("late")] }],
    { env: few, retry: quick, sessionId },
  );
  const { messages, error } = await readAll(query("hello", options));
  expect(error).toBeUndefined();
  expect(messages.at(-1)).toMatchObject({ is_error: false, result: "late", session_id: sessionId });
  expect(countOf("hello", api.requests.at(-1)?.body?.messages)).toBe(1);
  const configDir = join(options.env!.HOME!, ".claude");
  const stored = await getSessionMessages(sessionId, { dir: cwd, configDir });
  expect(stored.map(({ type }) => type)).toEqual(["user", "assistant"]);
});

test.each(["resume", "continue"])(
  "a session gone on with by `%s` holds the prompt of two attempts once",
  async (way) => {
    const { options, api } = await realClaude(
      [{ when: "one", replies: [text("first"), apiError(529, "Overloaded", 4), text("second")] }],
      { env: few },
    );
    const { session_id } = await collectResult(query("one", options));
    const goOn = way === "resume" ? { resume: session_id } : { continue: true };
    const { messages, error } = await readAll(query("two", { ...options, ...goOn, retry: quick }));
    expect(error).toBeUndefined();
    expect(messages.at(-1)).toMatchObject({ is_error: false, result: "second", session_id });
    const sent = api.requests.at(-1)?.body?.messages;
    expect([countOf("one", sent), countOf("first", sent), countOf("two", sent)]).toEqual([1, 1, 1]);
  },
);

test("what was changed while an attempt failed holds in the next one too, and prompts streamed in are sent again", async () => {
  const { options, api } = await realClaude(
    // The CLI notes the change of the model in front of the prompt.
    [{ when: () => true, replies: [apiError(529, "Overloaded", 4), text("first"), text("second")] }],
    { env: few, retry: quick },
  );
  const turn = query("one", options);
  let streaming: Promise<void> | undefined;
  let isAnswered = (): void => {};
  const answered = new Promise<void>((resolve) => {
    isAnswered = resolve;
  });
  const results: unknown[] = [];
  for await (const message of turn) {
    if (isSystemMessage(message) && message.subtype === "init" && !streaming) {
      await turn.setModel("haiku");
      streaming = turn.streamInput(
        (async function* () {
          await answered;
          yield "two";
        })(),
      );
    }
    if (!isResultMessage(message)) continue;
    results.push(message.result);
    isAnswered();
  }
  await streaming;
  expect(results).toEqual(["first", "second"]);
  expect(api.requests.filter(({ body }) => body?.stream).at(-1)!.body!.model).toContain("haiku");
});

test("a client's turns are repeated in its session, the next prompt after them", async () => {
  const { options } = await realClaude(
    [
      {
        when: "one",
        replies: [text("first"), apiError(529, "Overloaded", 4), text("second"), text("third")],
      },
    ],
    { env: few, retry: quick },
  );
  const answers: unknown[] = [];
  const retries: Message[] = [];
  await ClaudeSDKClient.use(options, async (client) => {
    for (const prompt of ["one", "two", "three"]) await client.query(prompt);
    for (let turn = 0; turn < 3; turn++) {
      const messages: Message[] = [];
      for await (const message of client.receiveResponse()) messages.push(message);
      answers.push(...messages.filter(isResultMessage).map(({ result }) => result));
      retries.push(...retriesOf(messages).filter(({ max_retries }) => max_retries === quick.retries));
    }
  });
  expect(answers).toEqual(["first", "second", "third"]);
  expect(retries).not.toEqual([]);
});

test("the API is down: each attempt is told, then comes the error result, classified as a connection", async () => {
  const { options } = await realClaude([], {
    env: { ...few, ANTHROPIC_BASE_URL: "http://127.0.0.1:9" },
    retry: { ...quick, retries: 1 },
  });
  const { messages, error } = await readAll(query("hi", options));
  expect(error).toBeUndefined();
  const result = messages.at(-1)!;
  expect(isResultMessage(result) && result.is_error).toBe(true);
  expect(classifyFailure(result)).toMatchObject({ kind: "connection", retryable: true });
  expect(retriesOf(messages).filter(({ error: kind }) => kind === "connection")).toHaveLength(1);
});

test.each([
  [401, "auth"],
  [400, "bad_request"],
])("the API says %i: `retry` does not repeat it", async (status, kind) => {
  const { options } = await realClaude([{ when: "hi", replies: [apiError(status, "no")] }], {
    env: few,
    retry: quick,
  });
  const { messages } = await readAll(query("hi", options));
  expect(messages.filter(isSystemMessage).filter(({ subtype }) => subtype === "init")).toHaveLength(1);
  expect(classifyFailure(messages.at(-1)).kind).toBe(kind);
});

test("an unknown session and a wrong flag are told apart", async () => {
  const { options } = await realClaude([]);
  const unknown = await readAll(query("hi", { ...options, resume: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11" }));
  expect(classifyFailure(unknown.messages.at(-1) ?? unknown.error).kind).toBe("session");
  const flag = await readAll(query("hi", { ...options, extraArgs: { "no-such-flag": null } }));
  expect(classifyFailure(flag.error).kind).toBe("bad_request");
});

test.each([
  ["bedrock", "CLAUDE_CODE_USE_BEDROCK", { AWS_REGION: "eu-central-1" }],
  ["vertex", "CLAUDE_CODE_USE_VERTEX", { ANTHROPIC_VERTEX_PROJECT_ID: "p", CLOUD_ML_REGION: "europe-west1" }],
  ["foundry", "CLAUDE_CODE_USE_FOUNDRY", { ANTHROPIC_FOUNDRY_RESOURCE: "r" }],
] as const)(
  "provider %s without its variables is refused before anything is started",
  async (provider, _use, env) => {
    const { options, api } = await realClaude([{ when: "hi", replies: [text("no")] }]);
    const { error } = await readAll(query("hi", { ...options, provider }));
    expect(error).toMatchObject({ name: "InvalidOptionsError", option: "provider" });
    expect((error as Error).message).toContain(Object.keys(env)[0]);
    expect(api.requests).toEqual([]);
  },
);

test("provider bedrock sends what it has to say to Bedrock's address, and nothing to Anthropic's", async () => {
  const { options, api } = await realClaude([{ when: () => true, replies: [text("no")] }], {
    provider: "bedrock",
  });
  const env = {
    ...options.env,
    ...few,
    AWS_REGION: "eu-central-1",
    AWS_BEARER_TOKEN_BEDROCK: "bedrock-token",
    ANTHROPIC_BEDROCK_BASE_URL: `${api.url}/bedrock`,
  };
  await readAll(query("hi", { ...options, env, maxTurns: 1 }));
  const paths = api.requests.filter(({ method }) => method === "POST").map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.every((path) => path.startsWith("/bedrock/"))).toBe(true);
});
