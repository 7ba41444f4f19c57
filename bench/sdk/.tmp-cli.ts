import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createScriptedApi, text } from "/work/main/src/testing/index.js";

const home = mkdtempSync("/tmp/s-bench-");
const api = await createScriptedApi([{ when: "hi", replies: [text("Hello.")] }], { chunkLength: 3 });
const base = api.env(home) as Record<string, string>;
const init = (x: object) =>
  JSON.stringify({ type: "control_request", request_id: "a", request: { subtype: "initialize", ...x } }) +
  "\n";
const user =
  JSON.stringify({
    type: "user",
    session_id: "",
    message: { role: "user", content: "hi" },
    parent_tool_use_id: null,
  }) + "\n";
const variants: Record<string, { env?: object; init?: object; noInit?: boolean; late?: boolean }> = {
  plain: {},
  state: { env: { CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: "1" } },
  entry: { env: { CLAUDE_CODE_ENTRYPOINT: "sdk-ts" } },
  emptySys: { init: { systemPrompt: [""] } },
  both: {
    env: {
      CLAUDE_CODE_ENTRYPOINT: "sdk-ts",
      CLAUDE_CODE_SDK_READS_SESSION_STATE: "1",
      CLAUDE_AGENT_SDK_VERSION: "0.3.330",
    },
    init: { systemPrompt: [""] },
  },
  run: { env: { CLAUDE_NOTEBOOK_RUN: "x", CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: "1" } },
};
const found: Record<string, number[]> = {};
for (let i = 0; i < 14; i++)
  for (const [name, v] of Object.entries(variants)) {
    const t = performance.now();
    const c = spawn(
      process.env.BIN!,
      [
        "--print",
        "--input-format",
        "stream-json",
        "--output-format",
        "stream-json",
        "--verbose",
        "--include-partial-messages",
      ],
      { cwd: home, env: { ...base, ...v.env } },
    );
    c.stdin.write(init(v.init ?? {}));
    c.stdin.write(user);
    await new Promise<void>((r) => {
      let s = "";
      c.stdout.on("data", (d) => {
        s += d;
        if (s.includes('"subtype":"init"')) {
          (found[name] ??= []).push(performance.now() - t);
          r();
          c.stdout.removeAllListeners("data");
          c.stdout.resume();
          c.stdin.end();
        }
      });
    });
    await new Promise((r) => c.once("close", r));
  }
for (const [n, v] of Object.entries(found)) {
  v.sort((a, b) => a - b);
  console.log(n.padEnd(10), v[0]!.toFixed(0), v[v.length >> 1]!.toFixed(0), v.at(-1)!.toFixed(0));
}
await api.close();
