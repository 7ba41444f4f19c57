import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ConversationManager } from "../../src/conversations/conversation-manager.js";
import {
  deleteSession,
  forkSession,
  getSessionMessages,
  getSubagentMessages,
  renameSession,
} from "../../src/index.js";
import { TemplateManager } from "../../src/templates/template-manager.js";
import { temporaryFolder } from "../src/fake-claude.js";

const UUID = "22222222-2222-4222-8222-222222222222";

/** What could name another file than the one that is meant. */
const ids = [
  "../outside",
  "..",
  ".",
  "",
  "/etc/passwd",
  `${UUID}/../../outside`,
  "..\\outside",
  `${UUID}\0`,
  "%2e%2e/outside",
];

/** A folder of the CLI's with one session, and files around it that nobody may reach. */
function around() {
  const configDir = temporaryFolder();
  const project = join(configDir, "projects", "-work");
  mkdirSync(join(project, UUID, "subagents"), { recursive: true });
  const line = {
    type: "user",
    uuid: UUID,
    parentUuid: null,
    sessionId: UUID,
    timestamp: "2026-01-01T00:00:00.000Z",
    message: { role: "user", content: "hi" },
  };
  writeFileSync(join(project, `${UUID}.jsonl`), `${JSON.stringify(line)}\n`);
  for (const folder of [project, join(configDir, "projects"), join(project, UUID)]) {
    writeFileSync(join(folder, "outside.jsonl"), "secret\n");
  }
  const files = (): string[] => readdirSync(configDir, { recursive: true, encoding: "utf8" }).sort();
  return { place: { configDir }, configDir, files };
}

test.each(ids)("an id that is no UUID reaches no file: %j", async (id) => {
  const { place, files, configDir } = around();
  const before = files();
  for (const call of [
    () => getSessionMessages(id, place),
    () => deleteSession(id, place),
    () => renameSession(id, "x", place),
    () => forkSession(id, place),
    () => getSubagentMessages(UUID, id, place),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: "session_not_found" });
  }
  const manager = new ConversationManager({ folder: join(configDir, "projects") });
  await expect(manager.get(id)).rejects.toMatchObject({ code: "conversation_not_found" });
  await expect(manager.delete(id)).rejects.toMatchObject({ code: "conversation_not_found" });
  expect(files()).toEqual(before);
  expect(readFileSync(join(configDir, "projects", "outside.jsonl"), "utf8")).toBe("secret\n");
});

test.each(["../outside", "a/b", "", ".hidden", "C:x"])("a template cannot be called %j", async (name) => {
  const folder = temporaryFolder();
  const manager = new TemplateManager({ folders: [folder] });
  await expect(manager.save({ name, description: "", variables: {}, body: "hi" })).rejects.toMatchObject({
    code: "template_invalid",
  });
  expect(readdirSync(folder)).toEqual([]);
});
