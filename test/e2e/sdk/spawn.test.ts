import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import {
  CLIJSONDecodeError,
  ClaudeSDKClient,
  isResultMessage,
  ProcessError,
  query,
  type SpawnOptions,
} from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { eventually, lives, readAll } from "../../src/fake-claude.js";
import { realClaude } from "./real-claude.js";

test("spawnClaudeCodeProcess starts the CLI of a client, whose turns, tools and end are as ever", async () => {
  const { options, api } = await realClaude([
    { when: "one", replies: [text("1"), toolUse("Bash", { command: "sleep 600" })] },
  ]);
  const pids: (number | undefined)[] = [];
  const spawnClaudeCodeProcess = ({ command, args, cwd, env }: SpawnOptions) => {
    const child = spawn(command, args, { cwd, env });
    pids.push(child.pid);
    return child;
  };
  const given = { ...options, spawnClaudeCodeProcess, systemPrompt: "Count.", allowedTools: ["Bash"] };
  const client = new ClaudeSDKClient(given);
  await client.query("one");
  for await (const message of client.receiveResponse())
    if (isResultMessage(message)) expect(message.result).toBe("1");
  expect(JSON.stringify(api.requests.at(-1)!.body)).toContain("Count.");
  await client.query("two");
  for await (const message of client.receiveResponse()) if (message.type === "assistant") break;
  expect(pids).toEqual([client.pid]);
  await client.close();
  expect(await eventually(() => !lives(pids[0]!))).toBe(true);
});

test("debug_stderr and stderr both get what the CLI says there", async () => {
  const { options } = await realClaude([]);
  const said = { old: "", now: "" };
  const turn = query("hi", {
    ...options,
    extraArgs: { "no-such-flag": null },
    debug_stderr: { write: (words: string) => (said.old += words) },
    stderr: (words) => {
      said.now += words;
    },
  });
  const { error } = await readAll(turn);
  expect(ProcessError.isInstance(error)).toBe(true);
  expect(said.old).toContain("unknown option '--no-such-flag'");
  expect(said.now).toBe(said.old);
});

test("max_buffer_size ends a turn with a line that is longer", async () => {
  const { options } = await realClaude([{ when: "hi", replies: [text("x".repeat(5_000))] }]);
  const { error } = await readAll(query("hi", { ...options, max_buffer_size: 500 }));
  expect(CLIJSONDecodeError.isInstance(error)).toBe(true);
  expect(String((error as Error).cause)).toContain("longer than 500 bytes");
});
