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
await execa("rm", ["-rf", "/tmp/s-prof"]);
await execa("node", [
  "--cpu-prof",
  "--cpu-prof-interval",
  "100",
  "--cpu-prof-dir",
  "/tmp/s-prof",
  "--import",
  "/tmp/trace.mjs",
  "/tmp/turn-trace.mjs",
  process.argv[2] ?? "/work/main/.cache/s-dist/src/index.js",
  JSON.stringify(shared),
]);
await api.close();
