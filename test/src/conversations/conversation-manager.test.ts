import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { ConversationManager } from "../../../src/conversations/conversation-manager.js";
import type { SearchConversationsOptions } from "../../../src/conversations/conversation-requests.js";
import { type Message, ResultError } from "../../../src/index.js";
import { answeringClaude, type Row } from "../answering-claude.js";
import { temporaryFolder } from "../fake-claude.js";

const answers: readonly Row[] = [
  { when: "colour", text: "Blue." },
  { when: "number", text: "Seven." },
  { when: "fail", error: "It broke." },
];

/** A manager with a clock that goes on by a second at each look. */
function createManager(rows: readonly Row[] = answers) {
  const claude = answeringClaude(rows);
  const folder = join(temporaryFolder(), "conversations");
  let time = Date.UTC(2026, 0, 1);
  const now = (): number => {
    time += 1000;
    return time;
  };
  const manager = new ConversationManager({ folder, options: claude.options, now, lockWaitMs: 300 });
  return { manager, folder, claude, options: claude.options };
}

const types = (messages: readonly Message[]): string[] => messages.map(({ type }) => type);

describe("a conversation", () => {
  test("is created with its first answer, and known by its id before that", async () => {
    const { manager } = createManager();
    const turn = manager.createConversation({ initialPrompt: "Name a colour", tags: ["colours"] });
    const { sessionId, messages, result } = await turn;
    expect(sessionId).toBe(turn.sessionId);
    expect(types(messages)).toEqual(["system", "assistant", "result"]);
    expect(result).toMatchObject({ result: "Blue.", session_id: sessionId });
  });

  test("can be read while it comes instead, and awaited afterwards", async () => {
    const { manager } = createManager();
    const turn = manager.createConversation({ initialPrompt: "Name a colour" });
    const seen: Message[] = [];
    for await (const message of turn) seen.push(message);
    expect(types(seen)).toEqual(["system", "assistant", "result"]);
    expect((await turn).messages).toEqual(seen);
  });

  test("goes on in the CLI's session, with the options it was begun with", async () => {
    const { manager, claude } = createManager();
    const options = { model: "opus", allowedTools: ["Read"] };
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour", options });
    const { result } = await manager.continueConversation(sessionId, "Name a number");
    expect(result.result).toBe("Seven.");
    const [, second] = claude.asked();
    expect(second!.args).toEqual(
      expect.arrayContaining([`--resume=${sessionId}`, "--model=opus", "--allowedTools", "Read"]),
    );
    expect(await manager.get(sessionId)).toMatchObject({ turnCount: 2, models: ["claude-fake"] });
  });

  test("goes on in another process with what is safe to keep: never with what permits something", async () => {
    const { manager, folder, claude, options } = createManager();
    const begun = await manager.createConversation({
      initialPrompt: "Name a colour",
      options: {
        model: "opus",
        permissionMode: "acceptEdits",
        allowedTools: ["Bash"],
        systemPrompt: "Brief.",
      },
    });
    const [file] = readdirSync(folder);
    expect(readFileSync(join(folder, file!), "utf8")).not.toMatch(/acceptEdits|ANSWERS/);
    const other = new ConversationManager({ folder, options });
    await other.continueConversation(begun.sessionId, "Name a number");
    const args = claude.asked()[1]!.args.join(" ");
    expect(args).toContain("--model=opus");
    expect(args).not.toMatch(/acceptEdits|allowedTools/);
  });

  test("holds for later turns none of the options that were given for its first turn alone", async () => {
    const { manager, claude } = createManager();
    const turnOptions = { model: "opus", allowedTools: ["Read"] };
    const begun = await manager.createConversation({ initialPrompt: "Name a colour", turnOptions });
    await manager.continueConversation(begun.sessionId, "Name a number");
    const [first, second] = claude.asked().map(({ args }) => args.join(" "));
    expect(first).toMatch(/--model=opus.*allowedTools|allowedTools.*--model=opus/);
    expect(second).toContain("--model=opus");
    expect(second).not.toContain("allowedTools");
  });

  test("that fails before Claude has said anything leaves nothing behind", async () => {
    const { manager, folder } = createManager([{ when: ".", silent: true }]);
    await expect(manager.createConversation({ initialPrompt: "Hello" })).rejects.toThrow(/exit code 3/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("keeps a turn that failed, says why, and goes on after it", async () => {
    const { manager } = createManager();
    const turn = manager.createConversation({ initialPrompt: "fail" });
    await expect(turn).rejects.toThrow(ResultError);
    const { result } = await manager.continueConversation(turn.sessionId, "Name a number");
    expect(result.result).toBe("Seven.");
    const { turns } = await manager.get(turn.sessionId);
    expect(turns.map(({ outcome }) => outcome)).toEqual(["failed", "done"]);
  });

  test("keeps what was said when its reader leaves", async () => {
    const { manager } = createManager();
    const turn = manager.createConversation({ initialPrompt: "Name a colour" });
    for await (const message of turn) if (message.type === "assistant") break;
    const { turns } = await manager.get(turn.sessionId);
    expect(turns[0]).toMatchObject({ outcome: "interrupted", number: 1 });
    expect(types(turns[0]!.messages)).toEqual(["system", "assistant"]);
  });

  test("knows what a turn cost that was interrupted, and goes on after it", async () => {
    const { manager } = createManager([{ when: "slow", waitMs: 60_000, costUsd: 0.3 }, ...answers]);
    const turn = manager.createConversation({ initialPrompt: "slow" });
    const seen: Message[] = [];
    for await (const message of turn) {
      seen.push(message);
      if (message.type === "system") await turn.interrupt();
    }
    expect(types(seen)).toEqual(["system", "result"]);
    const { turns, totals } = await manager.get(turn.sessionId);
    expect(turns[0]!.outcome).toBe("interrupted");
    expect(totals.costUsd).toBe(0.3);
    const { result } = await manager.continueConversation(turn.sessionId, "Name a number");
    expect(result.result).toBe("Seven.");
  });

  test("goes on after its first turn was stopped by a signal", async () => {
    const { manager } = createManager([{ when: "slow", waitMs: 20_000 }, ...answers]);
    const abort = new AbortController();
    const options = { abortSignal: abort.signal };
    const turn = manager.createConversation({ initialPrompt: "slow", options });
    for await (const message of turn) {
      expect(message.type).toBe("system");
      break;
    }
    abort.abort();
    expect((await manager.get(turn.sessionId)).turns[0]!.outcome).toBe("interrupted");
    const { result } = await manager.continueConversation(turn.sessionId, "Name a number");
    expect(result.result).toBe("Seven.");
  });

  test("lets one turn run at a time: the other is told that it is busy", async () => {
    const { manager, folder, options } = createManager([{ when: "slow", waitMs: 2000 }, ...answers]);
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
    const slow = manager.continueConversation(sessionId, "slow")[Symbol.asyncIterator]();
    await slow.next();
    const other = new ConversationManager({ folder, options, lockWaitMs: 100 });
    await expect(other.continueConversation(sessionId, "Name a number")).rejects.toMatchObject({
      name: "ConversationBusyError",
      code: "conversation_busy",
      sessionId,
    });
    await expect(other.delete(sessionId)).rejects.toMatchObject({ code: "conversation_busy" });
    await other.tag(sessionId, "while-it-runs");
    await slow.return?.();
    expect((await other.get(sessionId)).tags).toEqual(["while-it-runs"]);
    expect((await other.continueConversation(sessionId, "Name a number")).result.result).toBe("Seven.");
  });

  test("that cannot be written says where and why, and asks Claude nothing", async () => {
    const { folder, claude, options } = createManager();
    const file = join(folder, "..", "file");
    writeFileSync(file, "");
    const blocked = new ConversationManager({ folder: join(file, "inside"), options });
    await expect(blocked.createConversation({ initialPrompt: "Hello" })).rejects.toMatchObject({
      name: "ConversationWriteError",
      code: "conversation_write_failed",
      message: expect.stringMatching(/file\/inside\/.* cannot be written: a part of the path is a file/),
    });
    expect(claude.asked()).toEqual([]);
  });

  test("refuses an empty prompt, an unknown option and an id that is a path, before anything starts", async () => {
    const { manager, folder, claude } = createManager();
    expect(() => manager.createConversation({ initialPrompt: " " })).toThrow(/prompt is empty/);
    expect(() =>
      manager.createConversation({ initialPrompt: "Hi", options: { modle: "x" } as never }),
    ).toThrow(/Did you mean `model`/);
    await expect(manager.get("../../etc/passwd")).rejects.toMatchObject({ code: "conversation_not_found" });
    const gone = "00000000-0000-4000-8000-000000000009";
    await expect(manager.continueConversation(gone, "Hi")).rejects.toThrow(/There is no conversation/);
    expect(existsSync(folder)).toBe(false);
    expect(claude.asked()).toEqual([]);
  });
});

describe("recordings of a conversation", () => {
  test("are told apart by what was said before, also when each turn runs in a process of its own", async () => {
    const { folder, options } = createManager([
      { when: "colour", text: "Blue." },
      { when: "number", text: "Seven." },
      { when: "Another", text: "Red.", times: 1 },
      { when: "Another", text: "Eight." },
    ]);
    const recordingsDir = join(folder, "..", "recordings");
    /** Knows nothing of what ran before but the files. */
    const inNewProcess = async (mode: "record" | "replay") => {
      vi.resetModules();
      const fresh = await import("../../../src/conversations/conversation-manager.js");
      return new fresh.ConversationManager({ folder, options: { ...options, mode, recordingsDir } });
    };
    for (const mode of ["record", "replay"] as const) {
      const said: unknown[] = [];
      for (const initialPrompt of ["Name a colour", "Name a number"]) {
        const begun = await (await inNewProcess(mode)).createConversation({ initialPrompt });
        const more = (await inNewProcess(mode)).continueConversation(begun.sessionId, "Another one");
        said.push((await more).result.result);
      }
      expect(said, mode).toEqual(["Red.", "Eight."]);
    }
  });

  test("are found from a fork and a branch as well", async () => {
    const { folder, options } = createManager([
      { when: "colour", text: "Blue." },
      { when: "number", text: "Seven." },
      { when: "Another", text: "Red.", times: 1 },
      { when: "Another", text: "Eight." },
    ]);
    const recordingsDir = join(folder, "..", "recordings");
    for (const mode of ["record", "replay"] as const) {
      const manager = new ConversationManager({ folder, options: { ...options, mode, recordingsDir } });
      const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
      await manager.continueConversation(sessionId, "Name a number");
      const [branch, fork] = [
        await manager.branch(sessionId, { afterTurn: 1 }),
        await manager.fork(sessionId),
      ];
      const goOn = (id: string) => manager.continueConversation(id, "Another one");
      expect((await goOn(branch.sessionId)).result.result, mode).toBe("Red.");
      expect((await goOn(fork.sessionId)).result.result, mode).toBe("Eight.");
    }
  });
});

describe("forks and branches", () => {
  test("a fork begins with the same turns, and goes on apart from the original", async () => {
    const { manager, claude } = createManager();
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour", tags: ["t"] });
    const fork = await manager.fork(sessionId, { title: "Other way" });
    expect(fork).toMatchObject({
      title: "Other way",
      tags: ["t"],
      turnCount: 1,
      parent: { sessionId, turns: 1 },
    });
    await manager.continueConversation(fork.sessionId, "Name a number");
    const args = claude.asked()[1]!.args.join(" ");
    expect(args).toContain(`--resume=${sessionId}`);
    expect(args).toContain("--fork-session");
    expect((await manager.get(sessionId)).turnCount).toBe(1);
    const continued = await manager.get(fork.sessionId);
    expect(continued.turns.map(({ copied }) => copied)).toEqual([true, false]);
    await manager.continueConversation(fork.sessionId, "Name a colour");
    const third = claude.asked()[2]!.args.join(" ");
    expect(third).toContain(`--resume=${claude.asked()[1]!.session_id}`);
    expect(third).not.toContain("--fork-session");
  });

  test("what a fork copied is paid for once", async () => {
    const { manager } = createManager();
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
    await manager.fork(sessionId);
    expect(await manager.totals()).toMatchObject({ conversations: 2, turns: 1, costUsd: 0.01 });
  });

  test("a branch goes on after an earlier turn, with the message at which the CLI is to go on", async () => {
    const { manager, claude } = createManager();
    const { sessionId, messages } = await manager.createConversation({ initialPrompt: "Name a colour" });
    await manager.continueConversation(sessionId, "Name a number");
    const branch = await manager.branch(sessionId, { afterTurn: 1 });
    expect(branch).toMatchObject({ turnCount: 1, title: "Name a colour (fork)" });
    await manager.continueConversation(branch.sessionId, "Name a number");
    const answer = messages.find(({ type }) => type === "assistant") as unknown as { uuid: string };
    expect(claude.asked()[2]!.args.join(" ")).toContain(`--resume-session-at=${answer.uuid}`);
    await expect(manager.branch(sessionId, { afterTurn: 3 })).rejects.toThrow(/has 2 turns/);
  });

  test("a fork stays when the original is deleted", async () => {
    const { manager } = createManager();
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
    const fork = await manager.fork(sessionId);
    await manager.delete(sessionId);
    expect((await manager.list()).map((each) => each.sessionId)).toEqual([fork.sessionId]);
    expect((await manager.get(fork.sessionId)).messages).toHaveLength(4);
  });
});

describe("finding", () => {
  async function withThree() {
    const made = createManager([{ when: "dear", costUsd: 2 }, ...answers]);
    const { manager } = made;
    const ids: string[] = [];
    for (const [initialPrompt, tags] of [
      ["Name a colour", ["a", "both"]],
      ["Name a number", ["b", "both"]],
      ["A dear question", []],
    ] as const)
      ids.push((await manager.createConversation({ initialPrompt, tags })).sessionId);
    return { ...made, ids };
  }

  test("lists the latest first, and a conversation that went on before others", async () => {
    const { manager, ids } = await withThree();
    expect((await manager.list()).map(({ title }) => title)).toEqual([
      "A dear question",
      "Name a number",
      "Name a colour",
    ]);
    await manager.continueConversation(ids[0]!, "Name a number");
    expect((await manager.list({ limit: 1 }))[0]!.sessionId).toBe(ids[0]);
    expect(await manager.list({ limit: 1, offset: 2 })).toHaveLength(1);
  });

  test("searches by text in prompts, answers and titles, and shows where", async () => {
    const { manager, ids } = await withThree();
    await manager.rename(ids[2]!, "Expensive");
    expect(await manager.search("seven")).toMatchObject([
      {
        conversation: { sessionId: ids[1] },
        matches: [{ role: "assistant", turn: 1, excerpt: "Seven." }],
      },
    ]);
    expect((await manager.search(/^Exp/)).map(({ matches }) => matches[0]!.role)).toEqual(["title"]);
    expect(await manager.search("nowhere")).toEqual([]);
  });

  const filters: readonly (readonly [what: string, filter: SearchConversationsOptions, count: number])[] = [
    ["a tag", { tag: "a" }, 1],
    ["several tags, all of which it must have", { tag: ["b", "both"] }, 1],
    ["a tag that two have", { tag: "both" }, 2],
    ["a model, also a part of its name", { model: "fake" }, 3],
    ["another model", { model: "opus" }, 0],
    ["a least cost", { minCostUsd: 1 }, 1],
    ["a highest cost", { maxCostUsd: 1 }, 2],
    ["a date after all", { since: new Date("2030-01-01") }, 0],
    ["dates around all", { since: new Date("2026-01-01"), until: new Date("2026-02-01") }, 3],
    ["a text and a tag", { text: "name", tag: "b" }, 1],
  ];
  test("searches by tag, model, date and cost, alone and together", async () => {
    const { manager } = await withThree();
    for (const [what, filter, count] of filters)
      expect(await manager.search(filter), what).toHaveLength(count);
  });

  test("tells the tags and options of a conversation, and leaves what was said unread", async () => {
    const { manager, folder, ids } = await withThree();
    expect((await manager.head(ids[0]!))?.tags).toEqual(["a", "both"]);
    await manager.untag(ids[0]!, "both");
    await manager.tag(ids[0]!, "new");
    expect(await manager.head(ids[0]!.toUpperCase())).toEqual({
      tags: ["a", "new"],
      options: (await manager.get(ids[0]!)).options,
    });
    const gone = "00000000-0000-4000-8000-00000000000b";
    expect(await manager.head(gone)).toBeUndefined();
    writeFileSync(join(folder, `${gone}.jsonl`), "not a conversation");
    expect(await manager.head(gone)).toBeUndefined();
    expect(existsSync(join(folder, `${gone}.jsonl`))).toBe(true);
    await expect(manager.head("../x")).rejects.toMatchObject({ code: "conversation_not_found" });
  });

  test("tags, titles and the archive can be changed, and what is archived is listed only when it is asked for", async () => {
    const { manager, ids } = await withThree();
    await manager.tag(ids[0]!, "new", "a");
    await manager.untag(ids[0]!, "both");
    await manager.rename(ids[0]!, "Colours");
    await manager.archive(ids[0]!);
    expect(await manager.list()).toHaveLength(2);
    expect(await manager.list({ archived: true })).toMatchObject([{ title: "Colours", tags: ["a", "new"] }]);
    await manager.archive(ids[0]!, false);
    expect(await manager.list()).toHaveLength(3);
    await expect(manager.tag(ids[0]!, "")).rejects.toThrow(/A tag must be a text/);
    await expect(manager.rename(ids[0]!, " ")).rejects.toThrow(/title/);
  });

  test("two managers can change the tags of a conversation at once", async () => {
    const { manager, folder, options, ids } = await withThree();
    const other = new ConversationManager({ folder, options });
    await Promise.all([
      ...Array.from({ length: 20 }, (_, i) => manager.tag(ids[2]!, `one-${i}`)),
      ...Array.from({ length: 20 }, (_, i) => other.tag(ids[2]!, `two-${i}`)),
    ]);
    expect((await manager.get(ids[2]!)).tags).toHaveLength(40);
  });

  test("adds up tokens, cost and time", async () => {
    const { manager } = await withThree();
    expect(await manager.totals()).toEqual({
      conversations: 3,
      turns: 3,
      inputTokens: 450,
      outputTokens: 60,
      cacheReadTokens: 150,
      costUsd: 2.02,
      durationMs: 3000,
    });
    expect(await manager.totals({ tag: "a" })).toMatchObject({ conversations: 1, costUsd: 0.01 });
  });
});

describe("a damaged file", () => {
  test("is set aside and reported once, and the others load", async () => {
    const { manager, folder } = createManager();
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
    const bad = "00000000-0000-4000-8000-00000000000b";
    writeFileSync(join(folder, `${bad}.jsonl`), "\0\0\0 not a conversation\n");
    const list = await manager.list();
    expect(list.map((each) => each.sessionId)).toEqual([sessionId]);
    expect(list.problems).toMatchObject([
      { code: "conversation_damaged", sessionId: bad, path: join(folder, `${bad}.jsonl.damaged`) },
    ]);
    expect((await manager.list()).problems).toEqual([]);
    expect(readFileSync(join(folder, `${bad}.jsonl.damaged`), "utf8")).toContain("not a conversation");
  });

  test("is none that is asked for by its id in capitals, which is the same conversation", async () => {
    const { manager, folder } = createManager();
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
    const shouted = sessionId.toUpperCase();
    expect(await manager.get(shouted)).toMatchObject({ sessionId, turnCount: 1 });
    await manager.continueConversation(shouted, "Name a colour");
    expect((await manager.get(sessionId)).turnCount).toBe(2);
    expect(readdirSync(folder).filter((name) => name.endsWith(".jsonl"))).toEqual([`${sessionId}.jsonl`]);
  });

  test("with the header of another conversation is reported, and left where it is", async () => {
    const { manager, folder } = createManager();
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
    const other = join(folder, "00000000-0000-4000-8000-00000000000b.jsonl");
    copyFileSync(join(folder, `${sessionId}.jsonl`), other);
    const { problems } = await manager.list();
    expect(problems).toMatchObject([{ code: "conversation_damaged", path: other }]);
    expect(problems[0]!.message).toContain(`of another conversation, "${sessionId}"`);
    expect(existsSync(other)).toBe(true);
  });

  test("of a newer version is reported and left where it is", async () => {
    const { manager, folder } = createManager();
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
    const path = join(folder, `${sessionId}.jsonl`);
    writeFileSync(path, readFileSync(path, "utf8").replace('"version":1', '"version":2'));
    await expect(manager.get(sessionId)).rejects.toThrow(/has the form 2; this version reads 1/);
    expect(existsSync(path)).toBe(true);
  });

  test("with a line that was cut off loses that line alone, and can be written to", async () => {
    const { manager, folder } = createManager();
    const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
    const path = join(folder, `${sessionId}.jsonl`);
    writeFileSync(path, `${readFileSync(path, "utf8")}{"type":"change","at":"2026-01-01T00`);
    await manager.tag(sessionId, "after");
    expect(await manager.get(sessionId)).toMatchObject({ tags: ["after"], damagedLines: 1, turnCount: 1 });
  });

  test("is for the user's eyes only", async () => {
    const { manager, folder } = createManager();
    await manager.createConversation({ initialPrompt: "Name a colour" });
    const { statSync } = await import("node:fs");
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, readdirSync(folder)[0]!)).mode & 0o777).toBe(0o600);
  });
});

test("an export as jsonl holds every message of the wire, prompts too; other formats are those it was given", async () => {
  const { manager, folder } = createManager();
  const { sessionId } = await manager.createConversation({ initialPrompt: "Name a colour" });
  const path = join(folder, "..", "export.jsonl");
  const text = await manager.export(sessionId, { path });
  expect(readFileSync(path, "utf8")).toBe(text);
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Message);
  expect(types(lines)).toEqual(["user", "system", "assistant", "result"]);
  expect(lines[0]).toMatchObject({ message: { role: "user", content: "Name a colour" } });
  await expect(manager.export(sessionId, { format: "pdf" })).rejects.toThrow(/the formats are jsonl/);
});
