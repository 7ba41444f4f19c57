import { expect, test } from "vitest";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { createResponse } from "../../../renderers/response/response.js";
import type { Message } from "../../../src/messages/types.js";
import { assistant, blockStart, result, start, stop } from "./messages.js";

const partsOf = (messages: readonly Message[]) => {
  const response = createResponse({ id: "r" });
  for (const message of messages) response.apply(message);
  return response.parts;
};
const textOf = (messages: readonly Message[]): string =>
  String(renderParts(partsOf(messages), { includeStyle: false, response: "r" })["text/plain"]);
const user = (content: unknown): Message =>
  ({ type: "user", message: { role: "user", content }, content }) as never;

const search = { type: "server_tool_use", id: "s1", name: "web_search", input: { query: "ports" } };
const found = {
  type: "web_search_tool_result",
  tool_use_id: "s1",
  content: [
    { type: "web_search_result", title: "Ports", url: "https://example.org/", encrypted_content: "SECRET" },
  ],
};

test("a tool that the API runs has its result, streamed or whole, once", () => {
  const whole = [assistant(search), assistant(found), result()];
  const streamed = [start(), blockStart(0, search), stop(0), blockStart(1, found), stop(1), ...whole];
  for (const messages of [whole, streamed]) {
    const [part, ...rest] = partsOf(messages);
    expect(part).toMatchObject({ type: "tool", name: "web_search", state: "done" });
    expect(rest.map(({ type }) => type)).toEqual(["footer"]);
    expect(textOf(messages)).toContain("Ports https://example.org/");
    expect(textOf(messages)).not.toContain("SECRET");
  }
});

test("one that fails says so, and so does a tool of an MCP server that the API calls", () => {
  const error = { type: "web_search_tool_result_error", error_code: "max_uses_exceeded" };
  expect(partsOf([assistant(search), assistant({ ...found, content: error }), result()])[0]).toMatchObject({
    state: "failed",
  });
  const call = { type: "mcp_tool_use", id: "m1", name: "echo", server_name: "s", input: {} };
  const answer = {
    type: "mcp_tool_result",
    tool_use_id: "m1",
    is_error: false,
    content: [{ type: "text", text: "hi" }],
  };
  expect(textOf([assistant(call), assistant(answer), result()])).toMatch(/echo[^\n]*✓[\s\S]*hi/);
});

test("a block of a kind that is not known is shown as the data it is, once", () => {
  const block = assistant({ type: "hologram", shape: "cube" });
  const text = textOf([block, block, result()]);
  expect(text).toContain("Content of the kind `hologram`");
  expect(text.match(/cube/g)).toHaveLength(1);
});

test("each turn of a saved session tells of its own interruption, and of failures after one", () => {
  const interruption = user([{ type: "text", text: "[Request interrupted by user]" }]);
  const parts = partsOf([
    user("one"),
    interruption,
    user([{ type: "text", text: "two" }]),
    interruption,
    user("three"),
    result({ is_error: true, subtype: "error_during_execution", errors: ["it broke"] }),
  ]);
  const titles = parts.flatMap((part) => (part.type === "notice" ? [part.title] : []));
  expect(titles.filter((title) => title === "Interrupted")).toHaveLength(2);
  expect(titles).toHaveLength(3);
});
