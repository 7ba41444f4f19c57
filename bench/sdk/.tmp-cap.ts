import { mkdtempSync } from "node:fs";
import { execa } from "execa";
import { createScriptedApi, text } from "/work/main/src/testing/index.js";

const home = mkdtempSync("/tmp/s-bench-");
const api = await createScriptedApi([{ when: "hi", replies: [text("Hello.")] }], { chunkLength: 3 });
const shared = {
  cwd: home,
  env: api.env(home),
  includePartialMessages: true,
  pathToClaudeCodeExecutable: "/tmp/cap/claude",
  prompt: "hi",
};
const mods = {
  ours: "/work/main/.cache/s-dist/src/index.js",
  official: "/work/main/bench/sdk/node_modules/@anthropic-ai/claude-agent-sdk/sdk.mjs",
};
for (const sdk of ["ours", "official"]) {
  await execa("node", ["/work/main/bench/sdk/turn.mjs", sdk, (mods as any)[sdk], JSON.stringify(shared)]);
  for (const f of ["args", "env", "stdin"]) await execa("mv", [`/tmp/cap/${f}`, `/tmp/cap/${f}.${sdk}`]);
}
await api.close();
