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
const mods = {
  ours: process.argv[2]!,
  official: "/work/main/bench/sdk/node_modules/@anthropic-ai/claude-agent-sdk/sdk.mjs",
};
for (let i = 0; i < 3; i++)
  for (const sdk of ["ours", "official"]) {
    const args =
      process.argv[3] === "prof" && sdk === "ours" && i === 0
        ? ["--cpu-prof", "--cpu-prof-dir", "/tmp/s-prof"]
        : [];
    if (args.length) await execa("rm", ["-rf", "/tmp/s-prof"]);
    const { stdout, stderr } = await execa("node", [
      ...args,
      "/work/main/bench/sdk/.tmp-turn.mjs",
      sdk,
      (mods as any)[sdk],
      JSON.stringify(shared),
    ]);
    console.log(sdk, stdout, stderr);
  }
await api.close();
