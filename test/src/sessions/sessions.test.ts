import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  archiveSession,
  deleteSession,
  forkSession,
  getSessionInfo,
  getSessionMessages,
  getSubagentMessages,
  isToolUseBlock,
  isUserMessage,
  listSessions,
  listSubagents,
  renameSession,
  searchSessions,
  tagSession,
  unarchiveSession,
} from "../../../src/index.js";
import { temporaryFolder } from "../fake-claude.js";

const A = "00000000-0000-4000-8000-00000000000a";
const B = "00000000-0000-4000-8000-00000000000b";

type Entry = Readonly<Record<string, unknown>>;

function user(uuid: string, parentUuid: string | null, content: unknown, more: Entry = {}): Entry {
  return {
    type: "user",
    uuid,
    parentUuid,
    isSidechain: false,
    message: { role: "user", content },
    cwd: "/p/app",
    ...more,
  };
}

function assistant(uuid: string, parentUuid: string, content: unknown, more: Entry = {}): Entry {
  const message = { id: `msg_${uuid}`, role: "assistant", content };
  return { type: "assistant", uuid, parentUuid, isSidechain: false, message, cwd: "/p/app", ...more };
}

const text = (words: string): Entry => ({ type: "text", text: words });

/** A configuration folder with these transcripts, the first of them the latest. */
function configWith(
  sessions: Readonly<Record<string, readonly (Entry | string)[]>>,
  project = "-p-app",
): string {
  const configDir = temporaryFolder();
  const folder = join(configDir, "projects", project);
  mkdirSync(folder, { recursive: true });
  Object.entries(sessions).forEach(([id, lines], index) => {
    const path = join(folder, `${id}.jsonl`);
    writeFileSync(
      path,
      lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""),
    );
    utimesSync(path, 1_000_000 - index, 1_000_000 - index);
  });
  return configDir;
}

const conversation = [
  { type: "queue-operation", operation: "enqueue" },
  user("u1", null, "Count the files", { timestamp: "2026-01-02T03:04:05.000Z", gitBranch: "main" }),
  { type: "attachment", uuid: "x1", parentUuid: "u1", attachment: {} },
  assistant("a1", "x1", [{ type: "tool_use", id: "t1", name: "Bash", input: { command: "ls | wc -l" } }]),
  user("r1", "a1", [{ type: "tool_result", tool_use_id: "t1", content: "7" }], {
    toolUseResult: { stdout: "7" },
  }),
  assistant("a2", "r1", [text("There are seven.")]),
];

test("lists sessions with their title, first prompt, folder and times, the latest first", async () => {
  const configDir = configWith({
    [B]: [user("u1", null, "Second"), { type: "ai-title", aiTitle: "A title of Claude's" }],
    [A]: [
      ...conversation,
      { type: "custom-title", customTitle: "Old" },
      { type: "custom-title", customTitle: "Files" },
    ],
  });
  const sessions = await listSessions({ configDir });
  expect(sessions.map(({ sessionId, summary }) => [sessionId, summary])).toEqual([
    [B, "A title of Claude's"],
    [A, "Files"],
  ]);
  expect(sessions[1]).toMatchObject({
    customTitle: "Files",
    firstPrompt: "Count the files",
    promptCount: 1,
    cwd: "/p/app",
    gitBranch: "main",
    createdAt: Date.parse("2026-01-02T03:04:05Z"),
  });
});

test("limit and offset page through them", async () => {
  const configDir = configWith({ [A]: [user("u", null, "a")], [B]: [user("u", null, "b")] });
  expect((await listSessions({ configDir, limit: 1 })).map(({ sessionId }) => sessionId)).toEqual([A]);
  expect((await listSessions({ configDir, limit: 1, offset: 1 })).map(({ sessionId }) => sessionId)).toEqual([
    B,
  ]);
});

test("`dir` picks one project, also one whose path is longer than a folder's name may be", async () => {
  const long = `/p/${"deep-".repeat(60)}`;
  const slug = long.replaceAll(/[^a-zA-Z0-9]/g, "-");
  const configDir = configWith({ [A]: [user("u", null, "a")] }, `${slug.slice(0, 200)}-1x2y3z`);
  expect(await listSessions({ configDir, dir: long })).toHaveLength(1);
  expect(await listSessions({ configDir, dir: "/p/other" })).toEqual([]);
});

test("a place without sessions has none, and files that nobody spoke in do not count", async () => {
  expect(await listSessions({ configDir: "/no/such/folder" })).toEqual([]);
  const configDir = configWith({
    [A]: [{ type: "mode", mode: "normal" }],
    "not-a-uuid": [user("u", null, "x")],
  });
  expect(await listSessions({ configDir })).toEqual([]);
});

test("reads a conversation as messages of the wire, with the results of tools", async () => {
  const configDir = configWith({ [A]: conversation });
  const messages = await getSessionMessages(A, { configDir });
  expect(messages.map(({ type }) => type)).toEqual(["user", "assistant", "user", "assistant"]);
  expect(messages[1]).toMatchObject({
    session_id: A,
    uuid: "a1",
    content: [{ type: "tool_use", name: "Bash" }],
  });
  expect(isUserMessage(messages[2]) && messages[2].tool_use_result).toEqual({ stdout: "7" });
  expect(await getSessionMessages(A, { configDir, offset: 1, limit: 1 })).toHaveLength(1);
});

test("leaves out branches that were given up, subagents and the CLI's own remarks", async () => {
  const configDir = configWith({
    [A]: [
      user("u1", null, "Start"),
      assistant("a1", "u1", [text("Wrong way")]),
      user("u2", "u1", "Caveat", { isMeta: true }),
      assistant("s1", "u1", [text("I am a subagent")], { isSidechain: true }),
      assistant("a2", "u2", [text("Right way")]),
    ],
  });
  const messages = await getSessionMessages(A, { configDir });
  expect(JSON.stringify(messages)).toContain("Right way");
  expect(messages).toHaveLength(2);
});

test("keeps all calls and results of tools that ran at once", async () => {
  const call = (uuid: string, parent: string, id: string): Entry =>
    assistant(uuid, parent, [{ type: "tool_use", id, name: "Read", input: {} }], {
      message: { id: "msg_same", content: [{ type: "tool_use", id, name: "Read", input: {} }] },
    });
  const result = (uuid: string, parent: string, id: string): Entry =>
    user(uuid, parent, [{ type: "tool_result", tool_use_id: id, content: id }]);
  const configDir = configWith({
    [A]: [
      user("u1", null, "Read both"),
      call("a1", "u1", "t1"),
      call("a2", "a1", "t2"),
      result("r1", "a1", "t1"),
      result("r2", "a2", "t2"),
      assistant("a3", "r2", [text("Done")]),
    ],
  });
  const messages = await getSessionMessages(A, { configDir });
  expect(messages.map(({ uuid }) => uuid)).toEqual(["u1", "a1", "a2", "r1", "r2", "a3"]);
});

test("goes on before a compaction", async () => {
  const boundary = {
    type: "system",
    subtype: "compact_boundary",
    uuid: "c1",
    parentUuid: null,
    logicalParentUuid: "a1",
  };
  const configDir = configWith({
    [A]: [
      user("u1", null, "Before"),
      assistant("a1", "u1", [text("Old")]),
      boundary,
      user("u2", "c1", "After"),
      assistant("a2", "u2", [text("New")]),
    ],
  });
  expect((await getSessionMessages(A, { configDir })).map(({ uuid }) => uuid)).toEqual([
    "u1",
    "a1",
    "u2",
    "a2",
  ]);
});

test.each([
  ["garbage and a line that was cut off", ["not json", "[1]", "null", '{"type":"user","uu']],
  ["kinds and fields of a newer CLI", [{ type: "hologram", uuid: "h", parentUuid: "u1" }, { no: "type" }]],
  [
    "entries without what they should have",
    [{ type: "user", uuid: "q" }, { type: "custom-title" }, { type: "tag", tag: 7 }],
  ],
])("%s harm nothing", async (_title, lines) => {
  const configDir = configWith({ [A]: [...lines, ...conversation] });
  expect(await getSessionMessages(A, { configDir })).toHaveLength(4);
  expect((await getSessionInfo(A, { configDir })).summary).toBe("Count the files");
  expect(await searchSessions("seven", { configDir })).toHaveLength(1);
});

test("parents that form a circle end the walk", async () => {
  const configDir = configWith({
    [A]: [user("u1", "a1", "Round"), assistant("a1", "u1", [text("and round")])],
  });
  expect(await getSessionMessages(A, { configDir })).toHaveLength(2);
});

test("finds sessions by prompt, answer, title and tag, and shows where", async () => {
  const configDir = configWith({
    [A]: [...conversation, { type: "custom-title", customTitle: "Inventory" }],
    [B]: [user("u1", null, "Something else"), { type: "tag", tag: "blue (new)" }],
  });
  const found = async (wanted: string | RegExp) =>
    (await searchSessions(wanted, { configDir })).map(({ session }) => session.sessionId);
  expect(await found("ARE SEVEN")).toEqual([A]);
  expect(await found(/^Count/g)).toEqual([A]);
  expect(await found("invent")).toEqual([A]);
  expect(await found("blue (")).toEqual([B]);
  expect(await found("wc -l")).toEqual([]);
  expect((await searchSessions("seven", { configDir }))[0]!.matches).toEqual([
    { uuid: "a2", role: "assistant", excerpt: "There are seven." },
  ]);
});

test("archiving puts a session aside until it is taken back, or somebody asks in it again", async () => {
  const configDir = configWith({ [A]: conversation });
  const path = join(configDir, "projects", "-p-app", `${A}.jsonl`);
  const before = readFileSync(path, "utf8");
  const archived = async () => (await listSessions({ configDir })).map((info) => info.archived);
  expect(await archived()).toEqual([undefined]);
  await archiveSession(A, { configDir });
  expect(await archived()).toEqual([true]);
  expect(readFileSync(path, "utf8")).toBe(before);
  await unarchiveSession(A, { configDir });
  expect(await archived()).toEqual([undefined]);
  await archiveSession(A, { configDir });
  const later = new Date(Date.now() + 60_000).toISOString();
  appendFileSync(path, `${JSON.stringify(user("u2", "a2", "And now?", { timestamp: later }))}\n`);
  expect(await archived()).toEqual([undefined]);
  await expect(archiveSession(B, { configDir })).rejects.toThrow(B);
});

test("a mark of archiving that is damaged counts as none", async () => {
  const configDir = configWith({ [A]: conversation });
  mkdirSync(join(configDir, "projects", "-p-app", A));
  for (const mark of ["{", '{"archived":true}', '{"archived":true,"at":"soon"}']) {
    writeFileSync(join(configDir, "projects", "-p-app", A, "archived.json"), mark);
    expect(await getSessionInfo(A, { configDir })).not.toHaveProperty("archived");
  }
});

test("renaming and tagging are seen at once, and add only a line", async () => {
  const configDir = configWith({ [A]: conversation });
  const path = join(configDir, "projects", "-p-app", `${A}.jsonl`);
  const before = readFileSync(path, "utf8");
  await renameSession(A, "  Files  ", { configDir });
  await tagSession(A, "work", { configDir });
  expect(await getSessionInfo(A, { configDir })).toMatchObject({ summary: "Files", tag: "work" });
  expect(readFileSync(path, "utf8").startsWith(before)).toBe(true);
  await tagSession(A, null, { configDir });
  expect((await getSessionInfo(A, { configDir })).tag).toBeUndefined();
});

test("a line that a crash has cut off does not swallow the new title", async () => {
  const configDir = configWith({ [A]: conversation });
  appendFileSync(join(configDir, "projects", "-p-app", `${A}.jsonl`), '{"type":"user","mess');
  await renameSession(A, "Rescued", { configDir });
  expect((await getSessionInfo(A, { configDir })).summary).toBe("Rescued");
});

test("a fork is a copy with ids of its own, up to a message", async () => {
  const configDir = configWith({ [A]: conversation });
  const whole = await forkSession(A, { configDir });
  expect(await getSessionMessages(whole.sessionId, { configDir })).toHaveLength(4);
  expect(await getSessionInfo(whole.sessionId, { configDir })).toMatchObject({
    summary: "Count the files (fork)",
    forkedFrom: A,
  });
  const part = await forkSession(A, { configDir, upToMessageId: "a1", title: "Half" });
  const messages = await getSessionMessages(part.sessionId, { configDir });
  expect(messages).toHaveLength(2);
  expect(messages.every(({ uuid }) => uuid !== "u1" && uuid !== "a1")).toBe(true);
  expect(messages[1]!.content).toSatisfy((blocks: unknown[]) => blocks.every(isToolUseBlock));
  await expect(forkSession(A, { configDir, upToMessageId: "nowhere" })).rejects.toMatchObject({
    code: "invalid_options",
  });
});

test("deleting takes the transcript and those of the subagents", async () => {
  const configDir = configWith({ [A]: conversation });
  const subagents = join(configDir, "projects", "-p-app", A, "subagents");
  mkdirSync(subagents, { recursive: true });
  writeFileSync(join(subagents, "agent-abc.jsonl"), `${JSON.stringify(user("u", null, "Help"))}\n`);
  expect(await listSubagents(A, { configDir })).toEqual(["abc"]);
  expect(await getSubagentMessages(A, "abc", { configDir })).toMatchObject([
    { type: "user", content: "Help" },
  ]);
  await expect(getSubagentMessages(A, "../x", { configDir })).rejects.toMatchObject({
    code: "session_not_found",
  });
  await deleteSession(A, { configDir });
  expect(readdirSync(join(configDir, "projects", "-p-app"))).toEqual([]);
  expect(existsSync(subagents)).toBe(false);
});

test.each([
  ["an id that no session has", B],
  ["an id that is a path", "../../etc/passwd"],
  ["no id at all", ""],
])("%s is a SessionNotFoundError from every function", async (_title, id) => {
  const configDir = configWith({ [A]: conversation });
  const calls = [
    () => getSessionInfo(id, { configDir }),
    () => getSessionMessages(id, { configDir }),
    () => renameSession(id, "x", { configDir }),
    () => tagSession(id, "x", { configDir }),
    () => forkSession(id, { configDir }),
    () => deleteSession(id, { configDir }),
  ];
  for (const call of calls)
    await expect(call()).rejects.toMatchObject({ name: "SessionNotFoundError", sessionId: id });
});

test.each(["", "   ", undefined])("a title of %j is refused", async (title) => {
  const configDir = configWith({ [A]: conversation });
  await expect(renameSession(A, title as string, { configDir })).rejects.toMatchObject({
    code: "invalid_options",
  });
});
