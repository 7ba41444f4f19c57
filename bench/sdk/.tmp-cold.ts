import { mkdtempSync } from "node:fs";
import { execa } from "execa";
import { createScriptedApi, text } from "/work/main/src/testing/index.js";

const home = mkdtempSync("/tmp/s-bench-");
const api = await createScriptedApi([{ when: "hi", replies: [text("Hello.")] }], { chunkLength: 3 });
const bin = process.argv[2];
const n = Number(process.argv[3] ?? 11);
const shared = {
  cwd: home,
  env: api.env(home),
  includePartialMessages: true,
  pathToClaudeCodeExecutable: bin,
  prompt: "hi",
};
const mods = {
  ours: process.argv[4] ?? "/work/main/dist/src/index.js",
  official: "/work/main/bench/sdk/node_modules/@anthropic-ai/claude-agent-sdk/sdk.mjs",
};
(mods as any).alt = process.argv[5];
const names = ["ours", "official", ...(process.argv[5] ? ["alt"] : [])];
const found: any = { ours: [], official: [], alt: [] };
for (let i = 0; i < n; i++)
  for (const sdk of i % 2 ? [...names].reverse() : names) {
    const { stdout } = await execa(
      "node",
      [
        "/work/main/bench/sdk/turn.mjs",
        sdk === "alt" ? "ours" : sdk,
        (mods as any)[sdk],
        JSON.stringify({ ...shared, ...JSON.parse(process.env.MORE ?? "{}") }),
      ],
      { extendEnv: false, env: { PATH: process.env.PATH!, ...JSON.parse(process.env.MOREENV ?? "{}") } },
    );
    found[sdk].push(JSON.parse(stdout));
  }
for (const key of ["firstMessageMs", "firstAnswerMs", "totalMs", "cpuMs", "maxRssMb"]) {
  const med = (s: string) => {
    const v = found[s].map((t: any) => t[key]).sort((a: number, b: number) => a - b);
    return `${v[0].toFixed(1)} ${v[v.length >> 1].toFixed(1)} ${v.at(-1).toFixed(1)}`;
  };
  console.log(
    key.padEnd(16),
    "ours",
    med("ours"),
    "| official",
    med("official"),
    process.argv[5] ? `| alt ${med("alt")}` : "",
  );
}
await api.close();
