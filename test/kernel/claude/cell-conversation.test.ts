import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCellConversation } from "../../../kernel/claude/cell-conversation.js";
import { conversationName } from "../../../kernel/claude/conversation-name.js";
import { temporaryFolder } from "../../src/fake-claude.js";

const SESSION = "7c1c8a1e-2f4b-4a57-9f55-1d2f3a4b5c6d";
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv("XDG_STATE_HOME", join(folder, "state"));
  vi.stubEnv("CLAUDE_CONFIG_DIR", join(folder, ".claude"));
});
afterEach(() => vi.unstubAllEnvs());

const said: string[] = [];
const open = (name?: string) => createCellConversation(name, (message) => said.push(message));
const live = () => ({ mode: "live" as const, cwd: folder });

/** As the CLI keeps a session of this folder. */
function transcript(session: string): void {
  const project = join(folder, ".claude", "projects", folder.replace(/[^A-Za-z0-9]/g, "-"));
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, `${session}.jsonl`), "{}\n");
}

test("the notebook's path names the conversation, else the server's session, else nothing does", () => {
  const both = { CLAUDE_NOTEBOOK_PATH: "/books/a.ipynb", JPY_SESSION_NAME: "/books/b.ipynb" };
  expect(conversationName(both, "/books")).toBe("/books/a.ipynb");
  expect(conversationName({ JPY_SESSION_NAME: "b.ipynb" }, "/books")).toBe("/books/b.ipynb");
  expect(conversationName({}, "/books")).toBeUndefined();
});

test("a turn goes on with the session of the turn before, unless it is to be new", async () => {
  const conversation = open();
  expect((await conversation.optionsFor("a", live(), false)).options).toEqual(live());
  await conversation.noted(SESSION, false);
  expect(conversation.facts).toMatchObject({ name: undefined, sessionId: SESSION, turns: 1 });
  expect((await conversation.optionsFor("b", live(), false)).options).toEqual({ ...live(), resume: SESSION });
  expect((await conversation.optionsFor("c", live(), true)).options).toEqual(live());
  expect(conversation.facts.turns).toBe(0);
});

test("the notebook's next kernel goes on with its session, another notebook's does not", async () => {
  await open("/books/a.ipynb").noted(SESSION, false);
  transcript(SESSION);
  expect((await open("/books/a.ipynb").optionsFor("a", live(), false)).options).toMatchObject({
    resume: SESSION,
  });
  expect((await open("/books/b.ipynb").optionsFor("a", live(), false)).options).toEqual(live());
  expect((await open().optionsFor("a", live(), false)).options).toEqual(live());
});

test("a run that records begins with the notebook, so that its recordings fit the next run", async () => {
  await open("/books/a.ipynb").noted(SESSION, false);
  transcript(SESSION);
  const recording = { ...live(), mode: "record" as const };
  expect((await open("/books/a.ipynb").optionsFor("a", recording, false)).options).toEqual(recording);
});

test("a session that was removed, or replayed and is not here, is begun anew", async () => {
  await open("/books/a.ipynb").noted(SESSION, false);
  expect((await open("/books/a.ipynb").optionsFor("a", live(), false)).options).toEqual(live());
  const replayed = open();
  await replayed.noted(SESSION, true);
  expect((await replayed.optionsFor("b", live(), false)).options).toEqual(live());
  expect(said.join()).toContain("goes on anew");
});

test("turns that are started at once run one after the other, also after one that fails", async () => {
  const conversation = open();
  const order: string[] = [];
  const turn = (name: string, fails = false) =>
    conversation.next(async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      if (fails) throw new Error(name);
    });
  const all = await Promise.allSettled([turn("a", true), turn("b")]);
  expect(all.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(order).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

test("a turn counts although its session cannot be noted, and the user is told", async () => {
  writeFileSync(join(folder, "state"), "a file where the folder would be");
  const conversation = open("/books/a.ipynb");
  await conversation.noted(SESSION, false);
  expect(conversation.facts).toMatchObject({ sessionId: SESSION, turns: 1 });
  expect(said.join()).toContain("next kernel will begin another conversation");
});
