import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  archiveSession,
  deleteSession,
  foldSessionSummary,
  forkSession,
  getSessionInfo,
  getSessionMessages,
  getSubagentMessages,
  InMemorySessionStore,
  InvalidOptionsError,
  importSessionToStore,
  listSessions,
  listSubagents,
  query,
  renameSession,
  SessionNotFoundError,
  type SessionStore,
  type SessionStoreEntry,
  SessionStoreError,
  searchSessions,
  tagSession,
} from "../../../src/index.js";
import { sweepResumeFolders } from "../../../src/session-store/resume-folder.js";
import { keyOfFile, projectKeyOf, subpathFile } from "../../../src/session-store/session-key.js";
import { temporaryFolder } from "../fake-claude.js";

function conversation(sessionId: string, ...prompts: readonly string[]): SessionStoreEntry[] {
  let parentUuid: string | null = null;
  return prompts.flatMap((prompt) => {
    const [asked, answered] = [randomUUID(), randomUUID()];
    const common = { sessionId, timestamp: "2026-01-01T00:00:00.000Z", isSidechain: false };
    const entries = [
      { ...common, type: "user", uuid: asked, parentUuid, message: { role: "user", content: prompt } },
      {
        ...common,
        type: "assistant",
        uuid: answered,
        parentUuid: asked,
        message: {
          id: `msg_${answered}`,
          role: "assistant",
          content: [{ type: "text", text: `re: ${prompt}` }],
        },
      },
    ];
    parentUuid = answered;
    return entries;
  });
}

async function filled() {
  const dir = temporaryFolder();
  const sessionStore = new InMemorySessionStore();
  const projectKey = projectKeyOf(dir);
  const ids = [randomUUID(), randomUUID()] as const;
  await sessionStore.append({ projectKey, sessionId: ids[0] }, conversation(ids[0], "apples", "pears"));
  await sessionStore.append({ projectKey, sessionId: ids[1] }, conversation(ids[1], "plums"));
  await sessionStore.append(
    { projectKey, sessionId: ids[0], subpath: "subagents/agent-a1" },
    conversation(ids[0], "peel them"),
  );
  return { place: { dir, sessionStore }, sessionStore, projectKey, ids };
}

/** A store with the two methods that it must have, and those that are named. */
function minimal(store: InMemorySessionStore, ...more: readonly (keyof SessionStore)[]): SessionStore {
  const names = ["append", "load", ...more] as const;
  return Object.fromEntries(names.map((name) => [name, (store[name] as () => unknown).bind(store)])) as never;
}

describe("sessions of a store", () => {
  test.each([
    ["by their summaries", ["listSessions", "listSessionSummaries"]],
    ["without summaries", ["listSessions"]],
  ] as const)("are listed %s, the latest first", async (_, methods) => {
    const { place, ids, sessionStore } = await filled();
    const listed = await listSessions({ ...place, sessionStore: minimal(sessionStore, ...methods) });
    expect(listed.map(({ sessionId }) => sessionId)).toEqual([ids[1], ids[0]]);
    expect(listed[1]).toMatchObject({ summary: "apples", promptCount: 2 });
    expect(await listSessions({ ...place, limit: 1, offset: 1 })).toHaveLength(1);
  });

  test("are not listed by a store that cannot", async () => {
    const { place, sessionStore } = await filled();
    const listed = listSessions({ ...place, sessionStore: minimal(sessionStore) });
    await expect(listed).rejects.toThrow(SessionStoreError);
  });

  test("are read, searched, and have subagents", async () => {
    const { place, ids } = await filled();
    expect((await getSessionMessages(ids[0], place)).map(({ type }) => type)).toEqual([
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
    expect((await searchSessions("plums", place)).map(({ session }) => session.sessionId)).toEqual([ids[1]]);
    expect(await listSubagents(ids[0], place)).toEqual(["a1"]);
    expect(await getSubagentMessages(ids[0], "a1", place)).toHaveLength(2);
  });

  test("are renamed, tagged, forked and deleted there", async () => {
    const { place, ids, sessionStore, projectKey } = await filled();
    await renameSession(ids[0], "Fruit", place);
    await tagSession(ids[0], "food", place);
    expect(await getSessionInfo(ids[0], place)).toMatchObject({ customTitle: "Fruit", tag: "food" });
    const fork = await forkSession(ids[0], place);
    expect(await getSessionInfo(fork.sessionId, place)).toMatchObject({
      summary: "Fruit (fork)",
      forkedFrom: ids[0],
    });
    await deleteSession(ids[0], place);
    expect(await sessionStore.load({ projectKey, sessionId: ids[0] })).toBeNull();
    expect(await sessionStore.listSubkeys({ projectKey, sessionId: ids[0] })).toEqual([]);
    await expect(getSessionInfo(ids[0], place)).rejects.toThrow(SessionNotFoundError);
    await expect(renameSession(ids[0], "x", place)).rejects.toThrow(SessionNotFoundError);
  });

  test("have ids that are no paths: others are not listed, not asked for, and nothing is written", async () => {
    const { place, sessionStore, projectKey, ids } = await filled();
    const outside = join(tmpdir(), `claude-notebook-outside-${randomUUID()}`);
    const hostile = `../../../${basename(outside)}`;
    await sessionStore.append({ projectKey, sessionId: hostile }, conversation(hostile, "evil"));
    const listed = await listSessions(place);
    expect(listed.map(({ sessionId }) => sessionId).sort()).toEqual([...ids].sort());
    await expect(getSessionInfo(hostile, place)).rejects.toThrow("is no session id");
    await expect(renameSession(hostile, "x", place)).rejects.toThrow("is no session id");
    expect(existsSync(`${outside}.jsonl`)).toBe(false);
  });

  test("cannot be archived", async () => {
    const { place, ids } = await filled();
    await expect(archiveSession(ids[0], place)).rejects.toThrow(InvalidOptionsError);
  });

  test("are known once, however often their lines come", async () => {
    const { sessionStore, projectKey, ids } = await filled();
    const key = { projectKey, sessionId: ids[1] };
    const entries = sessionStore.getEntries(key);
    await sessionStore.append(key, entries);
    expect(sessionStore.getEntries(key)).toEqual(entries);
    expect(sessionStore.size).toBe(2);
  });
});

test("a summary is the same whether lines come at once or one by one", () => {
  const key = { projectKey: "p", sessionId: randomUUID() };
  const entries = conversation(key.sessionId, "one", "two");
  const atOnce = foldSessionSummary(undefined, key, entries, { mtime: 5 });
  const oneByOne = entries.reduce<ReturnType<typeof foldSessionSummary> | undefined>(
    (summary, entry) => foldSessionSummary(summary, key, [entry], { mtime: 5 }),
    undefined,
  );
  expect(oneByOne).toEqual(atOnce);
  expect(JSON.parse(JSON.stringify(atOnce))).toEqual(atOnce);
});

describe("keys", () => {
  const root = join("/", "home", "u", ".claude", "projects");

  test.each([
    [["-p", "abc.jsonl"], { projectKey: "-p", sessionId: "abc" }],
    [
      ["-p", "abc", "subagents", "agent-1.jsonl"],
      { projectKey: "-p", sessionId: "abc", subpath: "subagents/agent-1" },
    ],
    [["-p", "notes.txt"], undefined],
    [["..", "abc.jsonl"], undefined],
    [["-p"], undefined],
  ])("of %j", (path, key) => {
    expect(keyOfFile(join(root, ...path), root)).toEqual(key);
  });

  test.each(["", "../x", "a/../../x", "/etc/passwd", "C:x", "a\\..\\x", "a\0b", "./x"])(
    "that would lead out of the folder (%j) are refused",
    (subpath) => {
      expect(subpathFile(join(root, "-p", "abc"), subpath)).toBeUndefined();
    },
  );

  test("of a long path are cut, and told apart by a hash", () => {
    const long = `/${"long folder/".repeat(40)}`;
    expect(projectKeyOf(`${long}a`)).toMatch(/^-long-folder-.{187}-[0-9a-z]+$/);
    expect(projectKeyOf(`${long}a`)).not.toBe(projectKeyOf(`${long}b`));
  });
});

test.each([
  [{ sessionStore: {} }, "must have the methods append and load"],
  [{ sessionStore: new InMemorySessionStore(), persistSession: false }, "keeps it from writing one"],
  [{ sessionStore: new InMemorySessionStore(), enableFileCheckpointing: true }, "enableFileCheckpointing"],
  [{ sessionStore: minimal(new InMemorySessionStore()), continue: true }, "has the method listSessions"],
  [
    { sessionStore: new InMemorySessionStore(), resume: "x", user: "nobody" },
    "private folder of this user on this computer",
  ],
  [
    { sessionStore: new InMemorySessionStore(), continue: true, spawnClaudeCodeProcess: () => undefined },
    "private folder of this user on this computer",
  ],
  [{ sessionStoreFlush: "sometimes" }, "sessionStoreFlush"],
])("options that a store cannot serve are refused before anything starts: %#", (options, problem) => {
  expect(() => query("hi", options as never)).toThrow(problem);
});

test("of a folder whose process was killed only transcripts stay", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const folder = join(tmpdir(), `claude-notebook-resume-${pid}-${randomUUID()}`);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "projects"), { recursive: true });
  writeFileSync(join(folder, ".credentials.json"), "{}");
  writeFileSync(join(folder, "projects", "a.jsonl"), "{}");
  await sweepResumeFolders();
  expect(readdirSync(folder)).toEqual(["projects"]);
  expect(readdirSync(join(folder, "projects"))).toEqual(["a.jsonl"]);
});

test("a link of such a name, which another user may lay, costs no file that it leads to", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const target = temporaryFolder();
  writeFileSync(join(target, "thesis.md"), "mine");
  const link = join(tmpdir(), `claude-notebook-resume-${pid}-${randomUUID()}`);
  onTestFinished(() => rmSync(link, { force: true }));
  symlinkSync(target, link);
  await sweepResumeFolders();
  expect(readdirSync(target)).toEqual(["thesis.md"]);
});

test("what is no store is refused by importSessionToStore", async () => {
  await expect(importSessionToStore(randomUUID(), {} as never)).rejects.toThrow(InvalidOptionsError);
});
