import { describe, expect, test } from "vitest";
import { type QueryOptions, query } from "../../../src/index.js";
import { initMessage, resultMessage } from "../../../src/testing/index.js";
import { fakeClaude, readAll, type Step } from "../fake-claude.js";

const init: Step = ["say", initMessage()];
const result: Step = ["say", resultMessage()];

function ask(requestId: string, request: Record<string, unknown>): Step {
  return ["say", { type: "control_request", request_id: requestId, request }];
}

/** What the CLI gets as the answer to its request. */
async function answerTo(
  request: Record<string, unknown>,
  options: QueryOptions,
): Promise<Record<string, unknown>> {
  const steps: Step[] = [
    init,
    ask("r1", request),
    ["until", { type: "control_response", response: { request_id: "r1" } }],
    ["echo"],
    result,
  ];
  const { messages, error } = await readAll(query("hi", fakeClaude(steps, options)));
  expect(error).toBeUndefined();
  expect(messages.map(({ type }) => type)).toEqual(["system", "echo", "result"]);
  const { received } = messages[1] as unknown as {
    received: { type: string; response?: Record<string, unknown> }[];
  };
  return received.find(({ type, response }) => type === "control_response" && response?.request_id === "r1")!
    .response!;
}

describe("requests of the CLI", () => {
  test("of a kind that nothing here answers get an error, not silence", async () => {
    expect(await answerTo({ subtype: "made_up" }, {})).toMatchObject({
      subtype: "error",
      error: expect.stringContaining("made_up"),
    });
    expect(await answerTo({ subtype: "can_use_tool", tool_name: "Bash", input: {} }, {})).toMatchObject({
      subtype: "error",
    });
  });

  test("for a dialogue are answered by onUserDialog, and cancelled when it throws", async () => {
    const request = { subtype: "request_user_dialog", dialog_kind: "refusal", payload: { a: 1 } };
    const answered = await answerTo(request, {
      onUserDialog: ({ dialogKind, payload }) => ({ behavior: "completed", result: [dialogKind, payload] }),
      supportedDialogKinds: ["refusal"],
    });
    expect(answered.response).toEqual({ behavior: "completed", result: ["refusal", { a: 1 }] });
    const failed = await answerTo(request, {
      onUserDialog: () => {
        throw new Error("no screen");
      },
    });
    expect(failed.response).toEqual({ behavior: "cancelled" });
  });

  test("for a server or a hook that does not exist get an error", async () => {
    const message = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    expect(await answerTo({ subtype: "mcp_message", server_name: "none", message }, {})).toMatchObject({
      subtype: "error",
      error: expect.stringContaining("none"),
    });
    const hooks = { Stop: [{ hooks: [() => {}] }] };
    expect(
      await answerTo({ subtype: "hook_callback", callback_id: "hook_9", input: {} }, { hooks }),
    ).toMatchObject({
      subtype: "error",
    });
  });

  test("that are withdrawn fire the signal and get no answer", async () => {
    let aborted = false;
    const steps: Step[] = [
      init,
      ask("r1", { subtype: "can_use_tool", tool_name: "Bash", input: {} }),
      ["say", { type: "control_cancel_request", request_id: "r1" }],
      ["wait", 100],
      ["echo"],
      result,
    ];
    const options = fakeClaude(steps, {
      canUseTool: (_name, _input, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            resolve({ behavior: "allow" });
          });
        }),
    });
    const { messages } = await readAll(query("hi", options));
    expect(aborted).toBe(true);
    const { received } = messages.find(({ type }) => type === "echo") as unknown as {
      received: { type: string }[];
    };
    expect(received.map(({ type }) => type)).not.toContain("control_response");
  });
});

describe("requests to the CLI", () => {
  test("fail when the CLI ends without an answer", async () => {
    const turn = query("hi", fakeClaude([init, result]));
    await readAll(turn);
    await expect(turn.setModel("haiku")).rejects.toMatchObject({
      code: "control_failed",
      request: "set_model",
      message: expect.stringContaining("has ended"),
    });
  });
});
