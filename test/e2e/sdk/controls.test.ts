import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  ClaudeSDKClient,
  createSdkMcpServer,
  isAssistantMessage,
  isResultMessage,
  isStreamEvent,
  isSystemMessage,
  isToolUseBlock,
  type Message,
  type PromptItem,
  prewarm,
  type QueryOptions,
  query,
  queryText,
  tool,
} from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { lives, readAll } from "../../src/fake-claude.js";
import { CLAUDE_VERSION } from "../../support/claude-binary.js";
import { realClaude } from "./real-claude.js";

async function connect(options: QueryOptions): Promise<ClaudeSDKClient> {
  const client = new ClaudeSDKClient(options);
  onTestFinished(() => client.close());
  await client.start();
  return client;
}

async function answer(client: ClaudeSDKClient): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const message of client.receiveResponse()) messages.push(message);
  return messages;
}

describe("what a session tells of itself", () => {
  test("before and without a prompt", async () => {
    const { options } = await realClaude([], {
      agents: { helper: { description: "helps", prompt: "Help." } },
    });
    const turn = query("never asked", options);
    onTestFinished(() => turn.close());
    expect((await turn.supportedCommands()).map(({ name }) => name)).toContain("compact");
    expect((await turn.supportedModels()).map(({ value }) => value)).toContain("default");
    expect((await turn.supportedAgents()).map(({ name }) => name)).toContain("helper");
    expect(await turn.accountInfo()).toMatchObject({ apiProvider: "firstParty" });
    expect(await turn.getVersion()).toBe(CLAUDE_VERSION);
    expect(turn.pid).toBeGreaterThan(0);
    await turn.close();
    expect(lives(turn.pid!)).toBe(false);
  });

  test("within a conversation", async () => {
    const { options, cwd } = await realClaude([{ when: "hi", replies: [text("one"), text("two")] }]);
    const client = await connect(options);
    await client.query("hi");
    await answer(client);
    const usage = await client.getContextUsage();
    expect(usage.categories.map(({ name }) => name)).toContain("Messages");
    expect(usage.percentage).toBeGreaterThanOrEqual(0);
    expect(await client.mcpServerStatus()).toEqual([]);
    expect(await client.getSessionCost()).toContain("Total cost");
    expect(await client.getUsage()).toHaveProperty("session");
    expect(await client.getSettings()).toHaveProperty("effective");
    writeFileSync(join(cwd, "notes.txt"), "read me");
    expect(JSON.stringify(await client.readFile(join(cwd, "notes.txt")))).toContain("read me");
    await client.seedReadState(join(cwd, "notes.txt"), Date.now());
    expect(await client.fileSuggestions("notes")).toHaveProperty("suggestions");
    expect(await client.reloadSkills()).toHaveProperty("skills");
    expect(await client.reloadPlugins()).toHaveProperty("commands");
    await client.renameSession("A title");
    await client.backgroundTasks();
    expect(await client.cancelPrompt("3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11")).toBe(false);
  });

  test("what the CLI refuses is a ControlRequestError with its words", async () => {
    const { options } = await realClaude([]);
    const client = await connect(options);
    await expect(client.request("no_such_request")).rejects.toMatchObject({
      code: "control_failed",
      request: "no_such_request",
      message: expect.stringContaining("Unsupported control request"),
    });
    await client.close();
    await expect(client.supportedModels()).rejects.toMatchObject({ code: "control_failed" });
  });
});

describe("what can be changed while it runs", () => {
  test("the model, the permission mode and the thinking, from the next answer on", async () => {
    const { options, api } = await realClaude([{ when: "hi", replies: [text("one"), text("two")] }]);
    const client = await connect(options);
    await client.query("hi");
    await answer(client);
    await client.setModel("haiku");
    await client.setPermissionMode("acceptEdits");
    await client.setMaxThinkingTokens(2_000);
    await client.applyFlagSettings({ includeCoAuthoredBy: false });
    await client.query("again");
    const init = (await answer(client)).filter(isSystemMessage).find(({ subtype }) => subtype === "init");
    expect(init).toMatchObject({ permissionMode: "acceptEdits", model: expect.stringContaining("haiku") });
    const models = api.requests.flatMap(({ body }) => (body?.stream ? [String(body.model)] : []));
    expect(models.at(0)).not.toContain("haiku");
    expect(models.at(-1)).toContain("haiku");
  });

  test("the MCP servers, also those of this process", async () => {
    const { options } = await realClaude([
      { when: "hi", replies: [text("one"), toolUse("mcp__late__now", {}), text("noon")] },
    ]);
    const client = await connect({ ...options, allowedTools: ["mcp__late"] });
    await client.query("hi");
    await answer(client);
    let calls = 0;
    const now = tool("now", "The time", {}, () => {
      calls++;
      return "12:00";
    });
    const late = createSdkMcpServer({ name: "late", tools: [now] });
    expect(await client.setMcpServers({ late })).toMatchObject({ added: ["late"], errors: {} });
    const isConnected = async (): Promise<boolean> =>
      (await client.mcpServerStatus())[0]?.status === "connected";
    for (let waited = 0; waited < 10_000 && !(await isConnected()); waited += 50) await sleep(50);
    expect(await client.mcpServerStatus()).toMatchObject([{ name: "late", status: "connected" }]);
    await client.query("what time is it?");
    await answer(client);
    expect(calls).toBe(1);
    expect(await client.setMcpServers({})).toMatchObject({ removed: ["late"] });
  });

  test("an MCP server of this process by another of its name: the new one's tools are called, the old one is closed", async () => {
    const { options } = await realClaude([
      {
        when: "hi",
        replies: [toolUse("mcp__s__old", {}), text("one"), toolUse("mcp__s__new", {}), text("two")],
      },
    ]);
    const calls: string[] = [];
    const closed: string[] = [];
    const serverOf = (name: string) => {
      const made = createSdkMcpServer({
        name: "s",
        tools: [tool(name, "A tool", {}, () => String(calls.push(name)))],
      });
      const open = async () => {
        const server = await made.open();
        server.server.onclose = () => void closed.push(name);
        return server;
      };
      return { ...made, open };
    };
    const client = await connect({ ...options, allowedTools: ["mcp__s"], timeoutMs: 60_000 });
    const use = async (name: string): Promise<void> => {
      await client.setMcpServers({ s: serverOf(name) });
      const tools = async () => (await client.mcpServerStatus())[0]?.tools?.map((known) => known.name);
      for (let waited = 0; waited < 10_000 && !(await tools())?.includes(name); waited += 50) await sleep(50);
      await client.query("hi");
      await answer(client);
    };
    await use("old");
    await use("new");
    expect(calls).toEqual(["old", "new"]);
    expect(closed).toEqual(["old"]);
    await client.setMcpServers({});
    expect(closed).toEqual(["old", "new"]);
  });

  test("whether a server is used, and its connection", async () => {
    const script = join(import.meta.dirname, "../../src/fixtures/asking-server.mjs");
    const { options } = await realClaude([], {
      mcpServers: { asking: { command: process.execPath, args: [script] } },
    });
    const client = await connect(options);
    const status = async () => (await client.mcpServerStatus()).find(({ name }) => name === "asking")?.status;
    await client.toggleMcpServer("asking", false);
    expect(await status()).toBe("disabled");
    await client.toggleMcpServer("asking", true);
    await client.setMcpPermissionModeOverride("asking", "default");
    await client.reconnectMcpServer("asking");
    expect(await status()).toBe("connected");
  });

  test("files go back to what they were before a prompt", async () => {
    const { options, cwd } = await realClaude([
      { when: "write", replies: [toolUse("Write", { file_path: "/", content: "" }), text("done")] },
    ]);
    const path = join(realpathSync(cwd), "a.txt");
    const { options: real } = await realClaude([
      { when: "write", replies: [toolUse("Write", { file_path: path, content: "new" }), text("done")] },
    ]);
    const client = await connect({
      ...real,
      cwd: options.cwd,
      permissionMode: "acceptEdits",
      enableFileCheckpointing: true,
    });
    const uuid = "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11";
    async function* prompts(): AsyncGenerator<PromptItem> {
      yield { type: "user", message: { role: "user", content: "write" }, uuid };
    }
    await client.query(prompts());
    await answer(client);
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(await client.rewindFiles(uuid, { dryRun: true })).toMatchObject({
      canRewind: true,
      filesChanged: [path],
    });
    await client.rewindFiles(uuid);
    expect(existsSync(path)).toBe(false);
  });

  test("a background task is stopped", async () => {
    const { options } = await realClaude(
      [
        {
          when: "go",
          replies: [
            toolUse("Bash", { command: "sleep 600", run_in_background: true }),
            text("one"),
            text("two"),
          ],
        },
      ],
      { allowedTools: ["Bash"] },
    );
    const turn = query("go", { ...options, timeoutMs: 60_000 });
    const statuses: unknown[] = [];
    let task = "";
    for await (const message of turn) {
      if (isSystemMessage(message) && message.subtype === "task_started") task = String(message.task_id);
      if (isSystemMessage(message) && message.subtype === "task_notification") statuses.push(message.status);
      if (isResultMessage(message) && statuses.length === 0) await turn.stopTask(task);
    }
    expect(statuses).toEqual(["stopped"]);
  });

  test("interrupt() ends the answer: what was said comes as a message, then an error result", async () => {
    const { options } = await realClaude(
      [{ when: "go", replies: [text("word ".repeat(400))] }],
      {},
      { delayMs: 30 },
    );
    const turn = query("go", options);
    const messages: Message[] = [];
    let deltas = 0;
    for await (const message of turn) {
      messages.push(message);
      if (isStreamEvent(message) && ++deltas === 8) await turn.interrupt();
    }
    expect(messages.find(isAssistantMessage)?.content).toMatchObject([
      { text: expect.stringMatching(/^(word )+$/) },
    ]);
    expect(messages.at(-1)).toMatchObject({
      type: "result",
      subtype: "error_during_execution",
      is_error: true,
    });
  });
});

describe("an abort", () => {
  test("leaves in the session what was said before it", async () => {
    const { options, api } = await realClaude(
      [{ when: "go", replies: [text("word ".repeat(400)), text("two")] }],
      {},
      { delayMs: 30 },
    );
    const abort = new AbortController();
    const turn = query("go", { ...options, abortSignal: abort.signal });
    let session: string | undefined;
    let deltas = 0;
    const reading = (async () => {
      for await (const message of turn) {
        session ??= message.session_id as string | undefined;
        if (isStreamEvent(message) && ++deltas === 8) abort.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    expect(lives(turn.pid!)).toBe(false);
    await queryText("and now?", { ...options, resume: session });
    const sent = JSON.stringify(api.requests.at(-1)?.body?.messages);
    expect(sent).toMatch(/"word word /);
    expect(sent).toContain("Request interrupted by user");
  });
});

describe("prompts", () => {
  test("of blocks: images and documents reach Claude", async () => {
    const { options, api } = await realClaude([{ when: "look", replies: [text("I see.")] }]);
    const data =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
    const answer = await queryText(
      [
        { type: "text", text: "look" },
        { type: "image", source: { type: "base64", media_type: "image/png", data } },
        { type: "document", source: { type: "text", media_type: "text/plain", data: "a document" } },
      ],
      options,
    );
    expect(answer).toBe("I see.");
    const sent = JSON.stringify(api.requests.at(-1)?.body?.messages);
    expect(sent).toContain('"media_type":"image/png"');
    expect(sent).toContain("a document");
  });

  test("of a stream are sent as they come, and answered in one session", async () => {
    const { options } = await realClaude([{ when: "one", replies: [text("1"), text("2"), text("3")] }]);
    let answered = (): void => {};
    async function* prompts(): AsyncGenerator<PromptItem> {
      yield "one";
      await new Promise<void>((resolve) => {
        answered = resolve;
      });
      yield { type: "user", message: { role: "user", content: "two" } };
    }
    const results: unknown[] = [];
    const sessions = new Set<unknown>();
    const turn = query(prompts(), options);
    for await (const message of turn) {
      if (!isResultMessage(message)) continue;
      results.push(message.result);
      sessions.add(message.session_id);
      if (results.length === 2) {
        const more = async function* () {
          yield "three";
        };
        await turn.streamInput(more());
      }
      answered();
    }
    expect(results).toEqual(["1", "2", "3"]);
    expect(sessions.size).toBe(1);
    expect(turn.origin.prompt).toBe("one");
  });

  test("may follow the last result for as long as its reader thinks, and are refused once it has gone on", async () => {
    const { options } = await realClaude([{ when: "one", replies: [text("1"), text("2")] }]);
    const turn = query("one", options);
    const results: unknown[] = [];
    for await (const message of turn) {
      if (!isResultMessage(message)) continue;
      results.push(message.result);
      if (results.length > 1) continue;
      await sleep(1_500);
      await turn.streamInput(Readable.from(["two"]));
    }
    expect(results).toEqual(["1", "2"]);
    await expect(turn.streamInput(Readable.from(["three"]))).rejects.toThrow("ended");
  });

  test("that are sent while Claude answers are answered too, and the turn ends", async () => {
    const { options } = await realClaude([{ when: "one", replies: [text("1"), text("2"), text("3")] }]);
    async function* prompts(): AsyncGenerator<PromptItem> {
      yield* ["one", "two", "three"];
    }
    const { messages, error } = await readAll(query(prompts(), { ...options, timeoutMs: 60_000 }));
    expect(error).toBeUndefined();
    expect(messages.findLast(isResultMessage)?.is_error).toBe(false);
  });

  test("whose source throws end the turn with its error", async () => {
    const { options } = await realClaude([{ when: "one", replies: [text("1")] }]);
    async function* prompts(): AsyncGenerator<PromptItem> {
      yield "one";
      throw new Error("the source is dry");
    }
    const turn = query(prompts(), options);
    const { error } = await readAll(turn);
    expect(error).toMatchObject({ message: "the source is dry" });
    expect(lives(turn.pid!)).toBe(false);
  });

  test("in JSON are read as inputFormat says", async () => {
    const { options } = await realClaude([{ when: "one", replies: [text("1"), text("2")] }]);
    const line = (content: string): string =>
      JSON.stringify({ type: "user", message: { role: "user", content } });
    expect(await queryText(line("one"), { ...options, inputFormat: "json" })).toBe("1");
    const two = `${line("one")}\n${line("two")}\n`;
    const { error } = await readAll(query(two, { ...options, inputFormat: "stream-json" }));
    expect(error).toBeUndefined();
    expect(() => query("not json", { ...options, inputFormat: "json" })).toThrow("not JSON");
  });
});

describe("prewarm", () => {
  test("gives the query with the same options a CLI that runs already, and starts another", async () => {
    const { options } = await realClaude([
      { when: "hi", replies: [text("one")] },
      { when: "ho", replies: [text("two")] },
    ]);
    const warm = prewarm(options);
    onTestFinished(() => warm.close());
    await warm.ready;
    const turn = query("hi", options);
    const { messages } = await readAll(turn);
    expect(messages.at(-1)).toMatchObject({ result: "one" });
    const begun = messages.find((message) => isSystemMessage(message) && message.subtype === "init");
    expect(begun).toBeDefined();
    expect(await queryText("ho", options)).toBe("two");
  });

  test("is not taken by a query with other options, and ends when it is closed", async () => {
    const { options } = await realClaude([{ when: "hi", replies: [text("one")] }]);
    const warm = prewarm({ ...options, model: "haiku" });
    await warm.ready;
    const turn = query("hi", { ...options, model: "sonnet" });
    const { messages } = await readAll(turn);
    const init = messages.filter(isSystemMessage).find(({ subtype }) => subtype === "init");
    expect(init?.model).toContain("sonnet");
    await warm.close();
  });

  test("serves callbacks of the query that takes it", async () => {
    const { options, cwd } = await realClaude([
      { when: "go", replies: [toolUse("Bash", { command: "touch made" }), text("done")] },
    ]);
    const warm = prewarm({ ...options, canUseTool: () => ({ behavior: "deny", message: "the spare's" }) });
    onTestFinished(() => warm.close());
    await warm.ready;
    const asked: unknown[] = [];
    const { messages } = await readAll(
      query("go", {
        ...options,
        canUseTool: (name) => {
          asked.push(name);
          return { behavior: "allow" };
        },
      }),
    );
    expect(messages.filter(isAssistantMessage).some(({ content }) => content.some(isToolUseBlock))).toBe(
      true,
    );
    expect(asked).toEqual(["Bash"]);
    expect(existsSync(join(cwd, "made"))).toBe(true);
  });
});
