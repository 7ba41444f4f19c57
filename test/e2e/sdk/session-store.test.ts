import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  ClaudeSDKClient,
  getSessionInfo,
  InMemorySessionStore,
  importSessionToStore,
  isResultMessage,
  isSystemMessage,
  isUserMessage,
  type Message,
  type QueryOptions,
  query,
  type SessionStore,
  SessionStoreError,
} from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { eventually, readAll } from "../../src/fake-claude.js";
import { type RealClaude, realClaude } from "./real-claude.js";

async function run(
  prompt: string,
  options: QueryOptions,
): Promise<{ messages: Message[]; id: string; answer: unknown }> {
  const { messages, error } = await readAll(query(prompt, options));
  if (error) throw error;
  const result = messages.find(isResultMessage)!;
  return { messages, id: String(result.session_id), answer: result.result };
}

function transcriptsOf({ options }: RealClaude): string {
  return join(String(options.env?.CLAUDE_CONFIG_DIR), "projects");
}

/** The folders in which sessions are restored; each is removed with its turn. */
function restoredFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("claude-notebook-resume-"));
}

const twoTurns = [{ when: "Remember 7", replies: [text("I do."), text("It was 7.")] }];

describe("a session store", () => {
  test("gets every line of the transcript, and goes on with the session when the transcript is gone", async () => {
    const claude = await realClaude(twoTurns);
    const store = new InMemorySessionStore();
    const options = { ...claude.options, sessionStore: store };
    const first = await run("Remember 7", options);
    const [projectKey] = readdirSync(transcriptsOf(claude));
    const file = join(transcriptsOf(claude), projectKey!, `${first.id}.jsonl`);
    const written = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(store.getEntries({ projectKey: projectKey!, sessionId: first.id })).toEqual(written);
    expect(first.messages.some(({ type }) => type === "transcript_mirror")).toBe(false);

    rmSync(transcriptsOf(claude), { recursive: true });
    const before = restoredFolders();
    const second = await run("Which number?", { ...options, resume: first.id });
    expect(second).toMatchObject({ id: first.id, answer: "It was 7." });
    expect(JSON.stringify(claude.api.requests.at(-1)!.body)).toContain("Remember 7");
    expect(existsSync(file)).toBe(false);
    expect(restoredFolders()).toEqual(before);
    const entries = store.getEntries({ projectKey: projectKey!, sessionId: first.id });
    expect(entries.length).toBeGreaterThan(written.length);
  });

  test("goes on with its latest session by continue, in snake case too", async () => {
    const { options } = await realClaude([{ when: "older", replies: [text("a")] }, ...twoTurns]);
    const session_store = new InMemorySessionStore();
    await run("older", { ...options, session_store });
    const { id } = await run("Remember 7", { ...options, session_store });
    const next = await run("Which number?", { ...options, session_store, continue_conversation: true });
    expect(next).toMatchObject({ id, answer: "It was 7." });
  });

  test("gets lines while a turn still runs when it is flushed eagerly", async () => {
    const { options } = await realClaude([
      { when: "work", replies: [toolUse("Bash", { command: "sleep 2" }), text("done")] },
    ]);
    const store = new InMemorySessionStore();
    let sizeBeforeResult = 0;
    for await (const message of query("work", {
      ...options,
      allowedTools: ["Bash"],
      sessionStore: store,
      sessionStoreFlush: "eager",
    })) {
      if (!isResultMessage(message)) sizeBeforeResult = store.size;
    }
    expect(sizeBeforeResult).toBe(1);
  });

  test("that fails is told of by a message, and does not fail the turn", async () => {
    const { options } = await realClaude([{ when: "hi", replies: [text("Hello.")] }]);
    let attempts = 0;
    const sessionStore: SessionStore = {
      append: async () => {
        attempts++;
        throw new Error("the database is away");
      },
      load: async () => null,
    };
    const { messages, answer } = await run("hi", { ...options, sessionStore });
    expect(answer).toBe("Hello.");
    const problem = messages.filter(isSystemMessage).find(({ subtype }) => subtype === "mirror_error");
    expect(problem).toMatchObject({
      error: expect.stringContaining("the database is away"),
      key: { sessionId: expect.any(String) },
    });
    expect(attempts % 3).toBe(0);
  });

  test("that fails after a resume loses nothing: the transcript stays where the message says", async () => {
    const { options } = await realClaude(twoTurns);
    const store = new InMemorySessionStore();
    const first = await run("Remember 7", { ...options, sessionStore: store });
    const failing: SessionStore = {
      append: async () => {
        throw new Error("the database is away");
      },
      load: async (key) => store.load(key),
    };
    const { messages } = await run("Which number?", { ...options, sessionStore: failing, resume: first.id });
    const problem = messages.filter(isSystemMessage).find(({ subtype }) => subtype === "mirror_error");
    const path = /The transcript stays at (.+\.jsonl)\./.exec(String(problem?.error))![1]!;
    const folder = join(path, "../../..");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    expect(readFileSync(path, "utf8")).toContain("Which number?");
    expect(readdirSync(folder)).toEqual(["projects"]);
  });

  test("that does not answer ends the query by loadTimeoutMs, before a CLI is started", async () => {
    const { options, api } = await realClaude([]);
    const sessionStore: SessionStore = { append: async () => {}, load: () => new Promise(() => {}) };
    const resume = "00000000-0000-4000-8000-000000000000";
    const { messages, error } = await readAll(
      query("hi", { ...options, sessionStore, resume, loadTimeoutMs: 50 }),
    );
    expect(messages).toEqual([]);
    expect(SessionStoreError.isInstance(error)).toBe(true);
    expect(String(error)).toContain("SessionStore.load() did not answer within 50 ms");
    expect(api.requests).toEqual([]);
  });

  test("serves a client that starts its CLI again", async () => {
    const { options } = await realClaude(twoTurns);
    const store = new InMemorySessionStore();
    const answers: unknown[] = [];
    await ClaudeSDKClient.use({ ...options, sessionStore: store }, async (client) => {
      for (const prompt of ["Remember 7", "Which number?"]) {
        await client.query(prompt);
        for await (const message of client.receiveResponse())
          if (isResultMessage(message)) answers.push(message.result);
        process.kill(client.pid!, "SIGKILL");
        await eventually(() => client.pid === undefined);
      }
    });
    expect(answers).toEqual(["I do.", "It was 7."]);
  });

  test("takes a session of the CLI, which can be resumed from it", async () => {
    const claude = await realClaude(twoTurns);
    const { id } = await run("Remember 7", claude.options);
    const store = new InMemorySessionStore();
    const configDir = String(claude.options.env?.CLAUDE_CONFIG_DIR);
    await importSessionToStore(id, store, { configDir, batchSize: 2 });
    await importSessionToStore(id, store, { configDir });
    expect((await getSessionInfo(id, { configDir })).promptCount).toBe(1);
    rmSync(transcriptsOf(claude), { recursive: true });
    const next = await run("Which number?", { ...claude.options, sessionStore: store, resume: id });
    expect(next.answer).toBe("It was 7.");
  });

  test("restores what subagents did too", async () => {
    const look = { description: "look", prompt: "look around", subagent_type: "general-purpose" };
    const list = { command: 'ls "$CLAUDE_CONFIG_DIR"/projects/*/*/subagents' };
    const claude = await realClaude([
      {
        when: "delegate",
        replies: [toolUse("Task", look), text("done"), toolUse("Bash", list), text("listed")],
      },
      { when: "look around", replies: [text("seen")] },
    ]);
    const options = {
      ...claude.options,
      allowedTools: ["Task", "Bash"],
      sessionStore: new InMemorySessionStore(),
    };
    const { id } = await run("delegate", options);
    const [projectKey] = readdirSync(transcriptsOf(claude));
    const [subpath] = await options.sessionStore.listSubkeys({ projectKey: projectKey!, sessionId: id });
    expect(subpath).toMatch(/^subagents\/agent-\w+$/);
    rmSync(transcriptsOf(claude), { recursive: true });
    const { messages, answer } = await run("which ones?", { ...options, resume: id });
    expect(answer).toBe("listed");
    const listed = JSON.stringify(messages.filter(isUserMessage));
    const name = subpath!.slice("subagents/".length);
    expect(listed).toContain(`${name}.jsonl`);
    expect(listed).toContain(`${name}.meta.json`);
  });
});
