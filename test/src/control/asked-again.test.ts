import { expect, test } from "vitest";
import { createControlChannel, type Fields } from "../../../src/control/control-channel.js";
import { eventually } from "../fake-claude.js";

const ask = (id: string, subtype: string) => ({
  type: "control_request",
  request_id: id,
  request: { subtype },
});

test("what the CLI still waits for when it is asked anew is answered, but not what is being answered", async () => {
  const sent: Fields[] = [];
  const answered: string[] = [];
  const channel = createControlChannel(
    (line) => void sent.push(line),
    (subtype) =>
      async (_request, { requestId }) => {
        answered.push(`${subtype} ${requestId}`);
        if (requestId === "slow") await new Promise(() => {});
        return {};
      },
  );
  channel.take(ask("slow", "can_use_tool"));
  const initialized = channel.request("initialize");
  const response = {
    subtype: "success",
    request_id: sent[0]?.request_id,
    response: { commands: [] },
    pending_permission_requests: [ask("slow", "can_use_tool"), ask("lost", "can_use_tool")],
    pending_user_dialog_requests: [ask("shown", "request_user_dialog")],
  };
  channel.take({ type: "control_response", response });
  expect(await initialized).toEqual({ commands: [] });
  expect(await eventually(() => sent.length === 3)).toBe(true);
  expect(answered).toEqual(["can_use_tool slow", "can_use_tool lost", "request_user_dialog shown"]);
  const ids = sent.slice(1).map((line) => (line.response as Fields).request_id);
  expect(ids).toEqual(["lost", "shown"]);
});
