import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type CanUseTool,
  collectResult,
  type HookInput,
  type Message,
  type PermissionContext,
  type QueryOptions,
  query,
} from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { readAll } from "../../src/fake-claude.js";
import { realClaude } from "./real-claude.js";

const script = [{ when: "go", replies: [toolUse("Bash", { command: "touch made" }), text("done")] }];

/** Runs the script's command under these options; tells what Claude was told, and which files were made. */
async function run(options: QueryOptions) {
  const { options: real, cwd, api } = await realClaude(script, options);
  const { messages, error } = await readAll(query("go", { ...real, timeoutMs: 60_000 }));
  expect(error).toBeUndefined();
  const told = JSON.stringify(api.requests.map(({ body }) => body?.messages));
  return { messages, told, made: (name: string) => existsSync(join(cwd, name)), cwd };
}

function result(messages: readonly Message[]): Message | undefined {
  return messages.find(({ type }) => type === "result");
}

describe("canUseTool", () => {
  test("is asked with the tool, its input and what the CLI suggests, and allows", async () => {
    const asked: [string, unknown, PermissionContext][] = [];
    const canUseTool: CanUseTool = (name, input, context) => {
      asked.push([name, input, context]);
      return { behavior: "allow" };
    };
    const { made } = await run({ canUseTool });
    expect(made("made")).toBe(true);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.slice(0, 2)).toEqual(["Bash", { command: "touch made" }]);
    expect(asked[0]![2].toolUseID).toMatch(/^toolu_/);
    expect(asked[0]![2].suggestions.length).toBeGreaterThan(0);
  });

  test("changes the input: what it returns is what runs", async () => {
    const { made } = await run({
      canUseTool: async () => ({ behavior: "allow", updatedInput: { command: "touch other" } }),
    });
    expect([made("made"), made("other")]).toEqual([false, true]);
  });

  test("denies with a reason that Claude is told", async () => {
    const { made, told, messages } = await run({
      canUseTool: () => ({ behavior: "deny", message: "not on a Sunday" }),
    });
    expect(made("made")).toBe(false);
    expect(told).toContain("not on a Sunday");
    expect(result(messages)).toMatchObject({ permission_denials: [{ tool_name: "Bash" }] });
  });

  test.each<[string, CanUseTool, string]>([
    [
      "throws",
      () => {
        throw new Error("the guard is broken");
      },
      "the guard is broken",
    ],
    ["returns nonsense", () => true as never, "canUseTool returned true"],
  ])("denies when it %s", async (_, canUseTool, reason) => {
    const { made, told } = await run({ canUseTool });
    expect(made("made")).toBe(false);
    expect(told).toContain(reason);
  });

  test("is told by its signal when the turn is interrupted", async () => {
    const { options } = await realClaude(script);
    let withdrawn = (): void => {};
    const wasWithdrawn = new Promise<void>((resolve) => {
      withdrawn = resolve;
    });
    const turn = query("go", {
      ...options,
      canUseTool: (_name, _input, { signal }) => {
        void turn.interrupt();
        return new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            withdrawn();
            resolve({ behavior: "deny", message: "too late" });
          });
        });
      },
    });
    const { messages } = await readAll(turn);
    await wasWithdrawn;
    expect(result(messages)).toMatchObject({ is_error: true });
  });

  test("is not asked for what a rule allows or denies", async () => {
    const canUseTool: CanUseTool = () => {
      throw new Error("asked");
    };
    expect((await run({ canUseTool, allowedTools: ["Bash(touch *)"] })).made("made")).toBe(true);
    expect((await run({ canUseTool, disallowedTools: ["Bash"] })).made("made")).toBe(false);
  });
});

describe("acceptAll", () => {
  test("lets every tool run, for root too", async () => {
    expect((await run({ permissionMode: "acceptAll" })).made("made")).toBe(true);
  });

  test("does not override disallowedTools, deny rules and hooks", async () => {
    const ways: QueryOptions[] = [
      { disallowedTools: ["Bash(touch *)"] },
      { settings: { permissions: { deny: ["Bash(touch *)"] } } },
      { hooks: { PreToolUse: [{ hooks: [() => ({ decision: "block", reason: "no" })] }] } },
    ];
    for (const way of ways)
      expect((await run({ ...way, permissionMode: "acceptAll" })).made("made")).toBe(false);
  });
});

describe("hooks", () => {
  test("see the events of a turn in order, with what each is about", async () => {
    const seen: HookInput[] = [];
    const note = (input: HookInput): void => void seen.push(input);
    const all = [{ hooks: [note] }];
    await run({
      allowedTools: ["Bash"],
      hooks: { UserPromptSubmit: all, PreToolUse: all, PostToolUse: all, Stop: all },
    });
    expect(seen.map((input) => input.hook_event_name)).toEqual([
      "UserPromptSubmit",
      "PreToolUse",
      "PostToolUse",
      "Stop",
    ]);
    expect(seen[0]).toMatchObject({ prompt: "go" });
    expect(seen[1]).toMatchObject({ tool_name: "Bash", tool_input: { command: "touch made" } });
    expect(seen[2]).toMatchObject({ tool_response: { stdout: "" } });
  });

  test("before a tool can block it, with a reason that Claude is told", async () => {
    const deny = {
      hookSpecificOutput: {
        hookEventName: "PreToolUse",
        permissionDecision: "deny",
        permissionDecisionReason: "touch is not allowed",
      },
    } as const;
    const { made, told } = await run({
      allowedTools: ["Bash"],
      hooks: { PreToolUse: [{ matcher: "Bash", hooks: [() => deny] }] },
    });
    expect(made("made")).toBe(false);
    expect(told).toContain("touch is not allowed");
  });

  test("that throw before a tool block it", async () => {
    const broken = (): never => {
      throw new Error("the hook is broken");
    };
    const { made, told } = await run({
      allowedTools: ["Bash"],
      hooks: { PreToolUse: [{ hooks: [broken] }] },
    });
    expect(made("made")).toBe(false);
    expect(told).toContain("the hook is broken");
  });

  test("of another tool are not called", async () => {
    const never = (): never => {
      throw new Error("called");
    };
    const { made } = await run({
      allowedTools: ["Bash"],
      hooks: { PreToolUse: [{ matcher: "Edit", hooks: [never] }] },
    });
    expect(made("made")).toBe(true);
  });

  test("can add to the prompt what Claude then knows", async () => {
    const { told } = await run({
      hooks: {
        UserPromptSubmit: [
          {
            hooks: [
              async () => ({
                hookSpecificOutput: {
                  hookEventName: "UserPromptSubmit",
                  additionalContext: "It is Tuesday.",
                },
              }),
            ],
          },
        ],
      },
    });
    expect(told).toContain("It is Tuesday.");
  });
});

describe("stdin stays open", () => {
  test("until a background task is done, so that its result can still be asked about", async () => {
    const { options, cwd } = await realClaude([
      {
        when: "go",
        replies: [
          toolUse("Bash", { command: "sleep 1; echo slow > slow.txt", run_in_background: true }),
          text("started"),
          toolUse("Bash", { command: "cat slow.txt > copy.txt" }),
          text("copied"),
        ],
      },
    ]);
    const { messages, error } = await readAll(
      query("go", { ...options, canUseTool: () => ({ behavior: "allow" }) }),
    );
    expect(error).toBeUndefined();
    const results = messages.filter(({ type }) => type === "result");
    expect(results.map((message) => (message as { result?: string }).result)).toEqual(["started", "copied"]);
    expect(readFileSync(join(cwd, "copy.txt"), "utf8")).toBe("slow\n");
    expect(
      messages.some((message) => (message as { subtype?: string }).subtype === "session_state_changed"),
    ).toBe(false);
  });

  test("until a subagent in the background is done", async () => {
    const { options, cwd } = await realClaude([
      {
        when: "go",
        replies: [
          toolUse("Task", {
            description: "d",
            prompt: "sub work",
            subagent_type: "general-purpose",
            run_in_background: true,
          }),
          text("launched"),
          text("seen"),
        ],
      },
      { when: "sub work", replies: [toolUse("Bash", { command: "sleep 1; touch sub" }), text("sub done")] },
    ]);
    const asked: unknown[] = [];
    const result = await collectResult(
      query("go", {
        ...options,
        canUseTool: (name) => {
          asked.push(name);
          return { behavior: "allow" };
        },
      }),
    );
    expect(result.result).toBe("seen");
    expect(asked).toContain("Bash");
    expect(existsSync(join(cwd, "sub"))).toBe(true);
  });
});
