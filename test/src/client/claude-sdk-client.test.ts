import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ClaudeSDKClient, isResultMessage, type Message, type QueryOptions } from "../../../src/index.js";
import { eventually, lives } from "../fake-claude.js";

const path = join(import.meta.dirname, "../fixtures/talking-claude.mjs");

function talk(options: QueryOptions = {}): ClaudeSDKClient {
  const client = new ClaudeSDKClient({ mode: "live", pathToClaudeCodeExecutable: path, ...options });
  onTestFinished(() => client.close());
  return client;
}

async function ask(client: ClaudeSDKClient, prompt: string): Promise<string | undefined> {
  await client.query(prompt);
  return answer(client);
}

async function answer(client: ClaudeSDKClient): Promise<string | undefined> {
  const messages: Message[] = [];
  for await (const message of client.receiveResponse()) messages.push(message);
  return messages.findLast(isResultMessage)?.result;
}

describe("a client whose CLI writes what is no message", () => {
  test.each([
    ["garbage", {}],
    ["a huge line", { maxBufferSize: 50_000 }],
  ])(
    "%s: the turn throws, the CLI is ended, and the next question goes on with the session",
    async (prompt, options) => {
      const client = talk(options);
      expect(await ask(client, "hi")).toBe("new 1");
      const pid = client.pid!;
      await expect(ask(client, prompt)).rejects.toMatchObject({ code: "invalid_json" });
      expect(lives(pid)).toBe(false);
      expect(await ask(client, "again")).toBe("resumed 1");
      expect(await ask(client, "and again")).toBe("resumed 2");
    },
  );

  test("the questions that wait are answered", async () => {
    const client = talk();
    await Promise.all([client.query("garbage"), client.query("two"), client.query("three")]);
    await expect(answer(client)).rejects.toMatchObject({ code: "invalid_json" });
    expect(await answer(client)).toMatch(/ 1$/);
    expect(await answer(client)).toMatch(/ 2$/);
  });

  test("between two turns: whoever waits for messages learns it", async () => {
    const client = talk();
    expect(await ask(client, "hi, then noise")).toBe("new 1");
    await expect(answer(client)).rejects.toMatchObject({ code: "invalid_json" });
    expect(await ask(client, "again")).toBe("resumed 1");
  });
});

describe("a client whose CLI crashes", () => {
  test("is asked at once: the question goes to a new CLI, in the same session", async () => {
    const client = talk();
    await client.start();
    process.kill(client.pid!, "SIGKILL");
    expect(await ask(client, "hi")).toBe("new 1");
    process.kill(client.pid!, "SIGKILL");
    expect(await ask(client, "again")).toBe("resumed 1");
    process.kill(client.pid!, "SIGKILL");
    expect(await eventually(() => client.pid === undefined)).toBe(true);
    expect(await ask(client, "and again")).toBe("resumed 1");
  });

  test("what was changed holds in the CLI that goes on", async () => {
    const client = talk();
    await client.setModel("opus");
    await client.setModel("haiku");
    expect(await ask(client, "hi")).toBe("new 1 opus haiku");
    process.kill(client.pid!, "SIGKILL");
    expect(await ask(client, "again")).toBe("resumed 1 haiku");
  });

  test("within a turn: it throws, as Claude may have begun to work", async () => {
    const client = talk();
    expect(await ask(client, "hi")).toBe("new 1");
    await expect(ask(client, "crash")).rejects.toMatchObject({ code: "process_failed", signal: "SIGKILL" });
    expect(await ask(client, "again")).toBe("resumed 1");
  });
});
