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
for (let i = 0; i < 5; i++) {
  const { stderr, stdout } = await execa("node", [
    "--import",
    "/tmp/trace.mjs",
    "/tmp/turn-trace.mjs",
    "/work/main/.cache/s-dist/src/index.js",
    JSON.stringify(shared),
  ]);
  console.log(stderr + "\n" + stdout + "\n");
}
await api.close();
