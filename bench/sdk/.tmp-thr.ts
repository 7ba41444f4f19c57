import { mkdtempSync } from "node:fs";
import { execa } from "execa";
import { createScriptedApi, text } from "/work/main/src/testing/index.js";

const home = mkdtempSync("/tmp/s-bench-");
const api = await createScriptedApi([{ when: "hi", replies: [text("Hello.")] }], { chunkLength: 3 });
const shared = {
  cwd: home,
  env: api.env(home),
  includePartialMessages: true,
  pathToClaudeCodeExecutable: process.env.BIN,
  prompt: "hi",
};
for (const [s, m] of [
  ["ours", "/work/main/.cache/s-dist/src/index.js"],
  ["official", "/work/main/bench/sdk/node_modules/@anthropic-ai/claude-agent-sdk/sdk.mjs"],
]) {
  const r = await execa("node", ["/tmp/turn-thr.mjs", m!, JSON.stringify(shared)], {
    env: s === "ours" ? { OURS: "1" } : {},
  });
  console.log(s, r.stdout);
}
await api.close();
