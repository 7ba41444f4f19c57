import { expect, test } from "vitest";
import { type Uses, usesInTest } from "./uses-in-test.js";

const head = 'import { query, queryText, update } from "../../../src/index.js";\n';

test.each<[string, keyof Uses, string]>([
  ['query("hi", { model: "haiku" });', "options", "model"],
  ['query({ prompt: "hi", options: { model: "haiku" } });', "options", "model"],
  [
    "await run((cwd) => ({ model: cwd })); function run(f: (cwd: string) => QueryOptions) {}",
    "options",
    "model",
  ],
  ['test.each<[string, QueryOptions]>([["a", { model: "haiku" }]])("…", () => {});', "options", "model"],
  ['const turn = query("hi"); await turn.setModel("haiku");', "methods", "setModel"],
  [
    'await ClaudeSDKClient.use({}, async (client) => { await client.setModel("a"); });',
    "methods",
    "setModel",
  ],
  ['const turn = query("hi"); await turn.request("mcp_call");', "requests", "mcp_call"],
  ["await update();", "names", "update"],
])("%s is a use", (text, place, name) => {
  expect([...usesInTest(head + text)[place]]).toContain(name);
});

test.each<[string, keyof Uses, string]>([
  ['test("the model is named", () => {});', "options", "model"],
  ['query("hi", { env: { model: "haiku" } });', "options", "model"],
  ['expect(init).toMatchObject({ model: "haiku" });', "options", "model"],
  ["for (const model of models) continue;", "options", "continue"],
  ['config("set", { model: "haiku" });', "options", "model"],
  ["const found = new Map(); found.delete(1);", "methods", "delete"],
  ['const text = "- update-config: changes settings";', "names", "update"],
  ["// update() is called elsewhere", "names", "update"],
  ["expect(found).toEqual({ update: 1 });", "names", "update"],
])("%s is none", (text, place, name) => {
  expect([...usesInTest(head + text)[place]]).not.toContain(name);
});
