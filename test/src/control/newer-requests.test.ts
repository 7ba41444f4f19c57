import { expect, test } from "vitest";
import type { LiveSession } from "../../../src/control/live-session.js";
import { SessionControls } from "../../../src/control/session-controls.js";

test("requests that CLI 2.1.197 does not know yet have the form that newer ones take", async () => {
  const asked: unknown[] = [];
  const request = async (...given: unknown[]) => {
    asked.push(given);
    return { contents: [] };
  };
  const session = { request } as unknown as LiveSession;
  const controls = new SessionControls(async () => session, { note: () => {} });
  await controls.updateSettings("userSettings", { effortLevel: "high" });
  await controls.reloadOutputStyles();
  expect(await controls.readMcpResource("maps", "ui://map")).toEqual({ contents: [] });
  expect(asked).toEqual([
    ["update_settings", { source: "userSettings", settings: { effortLevel: "high" } }],
    ["reload_output_styles", undefined],
    ["mcp_read_resource", { serverName: "maps", uri: "ui://map" }],
  ]);
});
