import { describe, expect, test } from "vitest";
import type { ClaudeOptions } from "../../../src/index.js";
import { recordingKey } from "../../../src/recording/recording-key.js";

const plain = recordingKey("hi", {}, 1);

test("is the SHA-256 that it always was: old recordings are found", () => {
  expect(recordingKey("hi", { model: "opus", allowedTools: ["Read", "Bash"] }, 1)).toBe(
    "4f6f8a9bf8c1a52dfc4c33792fd789a5a3602802bcf53948dd63827c91bd1416",
  );
});

describe("another recording is wanted for", () => {
  test("another prompt, and another turn of the session", () => {
    expect(new Set([plain, recordingKey("Hi", {}, 1), recordingKey("hi", {}, 2)]).size).toBe(3);
  });

  test("the same prompt after other turns", () => {
    const keys = ["a", "b"].map((first) => recordingKey("more", {}, 2, recordingKey(first, {}, 1)));
    expect(new Set([...keys, recordingKey("more", {}, 2)]).size).toBe(3);
  });

  test.each<ClaudeOptions>([
    { model: "opus" },
    { fallbackModel: "opus" },
    { systemPrompt: "s" },
    { appendSystemPrompt: "s" },
    { maxTurns: 2 },
    { allowedTools: ["Bash"] },
    { disallowedTools: ["Bash"] },
    { tools: [] },
    { permissionMode: "plan" },
    { dangerouslySkipPermissions: true },
    { effort: "high" },
    { agents: { a: { description: "d", prompt: "p" } } },
    { mcpServers: { db: { command: "db" } } },
  ])("%j", (options) => {
    expect(recordingKey("hi", options, 1)).not.toBe(plain);
  });
});

describe("the same recording serves", () => {
  test.each<ClaudeOptions>([
    { env: { ANTHROPIC_API_KEY: "k" } },
    { cwd: "/elsewhere" },
    { pathToClaudeCodeExecutable: "/bin/claude" },
    { timeoutMs: 5 },
    { additionalDirectories: ["/a"] },
    { mode: "replay", recordingsDir: "/r" },
    { abortSignal: new AbortController().signal },
    { includePartialMessages: false },
    { resume: "some-id" },
  ])("%j", (options) => {
    expect(recordingKey("hi", options, 1)).toBe(plain);
  });

  test("tools and fields in another order", () => {
    const one = recordingKey(
      "hi",
      { allowedTools: ["A", "B"], agents: { x: { description: "d", prompt: "p" } } },
      1,
    );
    const two = recordingKey(
      "hi",
      { agents: { x: { prompt: "p", description: "d" } }, allowedTools: ["B", "A", "B"] },
      1,
    );
    expect(one).toBe(two);
  });

  test("servers of the same names, however they are started", () => {
    const one = recordingKey("hi", { mcpServers: { db: { command: "a", env: { K: "1" } } } }, 1);
    expect(recordingKey("hi", { mcpServers: { db: { type: "http", url: "http://x" } } }, 1)).toBe(one);
  });
});
