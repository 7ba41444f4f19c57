import { mkdtempSync } from "node:fs";
import { execa } from "execa";
import { createScriptedApi, text } from "/work/main/src/testing/index.js";

const home = mkdtempSync("/tmp/s-bench-");
const words = Array.from({ length: 50000 }, (_, n) => `w${n % 10} `).join("");
const api = await createScriptedApi([{ when: "long", replies: [text(words)] }], { chunkLength: 3 });
const shared = {
  cwd: home,
  env: api.env(home),
  includePartialMessages: true,
  pathToClaudeCodeExecutable: process.env.BIN,
  prompt: "long",
};
await execa("rm", ["-rf", "/tmp/s-prof"]);
const [sdk, m] = process.argv.slice(2);
await execa("node", [
  "--cpu-prof",
  "--cpu-prof-dir",
  "/tmp/s-prof",
  "/work/main/bench/sdk/turn.mjs",
  sdk!,
  m!,
  JSON.stringify(shared),
]);
await api.close();
