import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  ClaudeSDKClient,
  isAssistantMessage,
  isResultMessage,
  isStreamEvent,
  type Message,
  originOf,
  type QueryOptions,
} from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { eventually, lives } from "../../src/fake-claude.js";
import { realClaude } from "./real-claude.js";

const colours = [{ when: "red", replies: [text("one"), text("two"), text("three")] }];

async function connect(options: QueryOptions): Promise<ClaudeSDKClient> {
  const client = new ClaudeSDKClient(options);
  onTestFinished(() => client.close());
  await client.connect();
  return client;
}

async function answer(client: ClaudeSDKClient): Promise<{ messages: Message[]; result: string | undefined }> {
  const messages: Message[] = [];
  for await (const message of client.receiveResponse()) messages.push(message);
  const result = messages.findLast(isResultMessage);
  return { messages, result: result?.is_error ? `error: ${result.subtype}` : result?.result };
}

async function ask(client: ClaudeSDKClient, prompt: string): Promise<string | undefined> {
  await client.query(prompt);
  return (await answer(client)).result;
}

describe("a client", () => {
  test("has several turns over one process, in one session", async () => {
    const { options } = await realClaude(colours);
    const client = await connect(options);
    const pid = client.pid;
    expect(await ask(client, "red")).toBe("one");
    expect(await ask(client, "green")).toBe("two");
    expect(await ask(client, "blue")).toBe("three");
    expect(pid).toBeGreaterThan(0);
    expect(client.pid).toBe(pid);
    expect(client.sessionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(client.session_id).toBe(client.sessionId);
  });

  test("gives each turn an identity of its own, with its prompt", async () => {
    const { options } = await realClaude(colours);
    const client = await connect(options);
    await client.query("red");
    await client.query("green");
    const first = (await answer(client)).messages.map((message) => originOf(message)!.query);
    const second = (await answer(client)).messages.map((message) => originOf(message)!.query);
    expect(new Set(first).size).toBe(1);
    expect(new Set(second).size).toBe(1);
    expect(first[0]!.id).not.toBe(second[0]!.id);
    expect([first[0]!.prompt, second[0]!.prompt]).toEqual(["red", "green"]);
  });

  test("answers questions that were asked together one after the other", async () => {
    const { options } = await realClaude(colours);
    const client = await connect(options);
    await Promise.all([client.query("red"), client.query("green"), client.query("blue")]);
    const results = [await answer(client), await answer(client), await answer(client)];
    expect(results.map(({ result }) => result)).toEqual(["one", "two", "three"]);
    for (const { messages } of results) expect(messages.filter(isResultMessage)).toHaveLength(1);
  });

  test("goes on with the session after a crash between turns", async () => {
    const { options, cwd } = await realClaude(colours);
    const client = await connect(options);
    expect(await ask(client, "red")).toBe("one");
    const session = client.sessionId;
    const pid = client.pid!;
    // The CLI writes its transcript a moment after the result.
    const projects = join(cwd, "../home/.claude/projects");
    const isKept = () =>
      readdirSync(projects, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(`${session}.jsonl`))
        .some((name) => readFileSync(join(projects, name), "utf8").includes('"one"'));
    expect(await eventually(isKept)).toBe(true);
    process.kill(pid, "SIGKILL");
    expect(await eventually(() => !lives(pid) && client.pid === undefined)).toBe(true);
    expect(await ask(client, "green")).toBe("two");
    expect(client.sessionId).toBe(session);
    expect(client.pid).not.toBe(pid);
  });

  test("throws when the process dies within a turn, and goes on with the next", async () => {
    const { options } = await realClaude(
      [{ when: "red", replies: [text("word ".repeat(400)), text("two")] }],
      {},
      { delayMs: 50 },
    );
    const client = await connect({ ...options, timeoutMs: 60_000 });
    await client.query("red");
    const reading = (async () => {
      for await (const message of client.receiveResponse())
        if (isStreamEvent(message)) process.kill(client.pid!, "SIGKILL");
    })();
    await expect(reading).rejects.toMatchObject({ code: "process_failed", signal: "SIGKILL" });
    await client.query("green");
    expect((await answer(client)).result).toBeTypeOf("string");
  });

  test("interrupts an answer, keeps what was said, and goes on", async () => {
    const { options } = await realClaude(
      [{ when: "red", replies: [text("word ".repeat(400)), text("two")] }],
      {},
      { delayMs: 30 },
    );
    const client = await connect(options);
    await client.query("red");
    const messages: Message[] = [];
    let deltas = 0;
    for await (const message of client.receiveResponse()) {
      messages.push(message);
      if (isStreamEvent(message) && ++deltas === 8) await client.interrupt();
    }
    const said = messages.filter(isAssistantMessage).flatMap(({ content }) => content);
    expect(said).toEqual([{ type: "text", text: expect.stringMatching(/^(word )+$/) }]);
    expect(messages.at(-1)).toMatchObject({
      type: "result",
      is_error: true,
      subtype: "error_during_execution",
    });
    expect(await ask(client, "green")).toBe("two");
  });

  test("keeps what was not read for the next call, unless another question follows", async () => {
    const { options } = await realClaude(colours);
    const client = await connect(options);
    await client.query("red");
    for await (const message of client.receiveResponse()) if (message.type === "system") break;
    expect((await answer(client)).result).toBe("one");
    await client.query("green");
    for await (const message of client.receiveResponse()) if (message.type === "system") break;
    expect(await ask(client, "blue")).toBe("three");
  });

  test("tells all messages, also of turns that a background task begins", async () => {
    const { options } = await realClaude(
      [
        {
          when: "go",
          replies: [
            toolUse("Bash", { command: "sleep 1", run_in_background: true }),
            text("started"),
            text("finished"),
          ],
        },
      ],
      { allowedTools: ["Bash"] },
    );
    const client = await connect(options);
    await client.query("go");
    const results: unknown[] = [];
    for await (const message of client.receiveMessages()) {
      if (!isResultMessage(message)) continue;
      results.push(message.result);
      if (results.length === 2) await client.close();
    }
    expect(results).toEqual(["started", "finished"]);
  });

  test("flattens an answer to events", async () => {
    const { options } = await realClaude(
      [{ when: "go", replies: [toolUse("Bash", { command: "echo 42" }), text("It is 42.")] }],
      { allowedTools: ["Bash"] },
    );
    const client = await connect(options);
    await client.query("go");
    const events = [];
    for await (const event of client.receiveEvents()) events.push(event);
    const parts = events.filter((event) => event.type === "partial_result").map(({ content }) => content);
    expect(parts.join("")).toBe("It is 42.");
    expect(events).toMatchObject([
      { type: "tool_use", tool_name: "Bash", input: { command: "echo 42" } },
      { type: "tool_result", tool_name: "Bash", input: { command: "echo 42" }, result: "42", success: true },
      ...parts.map(() => ({ type: "partial_result" })),
      { type: "result", content: "It is 42.", result: "It is 42." },
    ]);
  });

  test("leaves no process behind when it is closed, also within a turn", async () => {
    const { options } = await realClaude(
      [{ when: "go", replies: [toolUse("Bash", { command: "sleep 600" }), text("no")] }],
      { allowedTools: ["Bash"] },
    );
    const client = await connect(options);
    await client.query("go");
    for await (const message of client.receiveResponse()) if (isAssistantMessage(message)) break;
    const pid = client.pid!;
    await client.close();
    expect(lives(pid)).toBe(false);
    await expect(client.query("again")).rejects.toThrow("closed");
  });

  test("of `use` is closed whatever happens", async () => {
    const { options } = await realClaude(colours);
    let client: ClaudeSDKClient | undefined;
    let pid = 0;
    const failing = ClaudeSDKClient.use(options, async (given) => {
      client = given;
      pid = given.pid!;
      expect(await ask(given, "red")).toBe("one");
      throw new Error("enough");
    });
    await expect(failing).rejects.toThrow("enough");
    expect(pid).toBeGreaterThan(0);
    expect(lives(pid)).toBe(false);
    await expect(client!.query("more")).rejects.toThrow("closed");
  });

  test("records its turns and replays them without CLI, account or callbacks", async () => {
    const { options, api, cwd } = await realClaude([
      { when: "red", replies: [toolUse("Bash", { command: "touch made" }), text("one"), text("two")] },
    ]);
    const recordingsDir = join(cwd, "..", "recordings");
    let asked = 0;
    const canUseTool = () => {
      asked++;
      return { behavior: "allow" } as const;
    };
    const talk = async (own: QueryOptions): Promise<(string | undefined)[]> =>
      ClaudeSDKClient.use({ ...options, canUseTool, recordingsDir, ...own }, async (client) => [
        await ask(client, "red"),
        await ask(client, "green"),
      ]);
    expect(await talk({ mode: "record" })).toEqual(["one", "two"]);
    expect(asked).toBe(1);
    expect(existsSync(join(cwd, "made"))).toBe(true);
    await api.close();
    const nowhere = { pathToClaudeCodeExecutable: "/no/such/claude", env: {} };
    expect(await talk({ mode: "replay", ...nowhere })).toEqual(["one", "two"]);
    expect(asked).toBe(1);
  });
});
