import { join } from "node:path";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createSdkMcpServer, type OnElicitation, queryText, tool } from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { realClaude } from "./real-claude.js";

const fixtures = join(import.meta.dirname, "../../src/fixtures");

/** A red pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

describe("tools of this process", () => {
  test("get a checked, typed input and return text", async () => {
    const add = tool("add", "Adds", { a: z.number(), b: z.number() }, ({ a, b }) => `${a + b} it is`);
    const { options, api } = await realClaude([
      { when: "add", replies: [toolUse("mcp__maths__add", { a: 2, b: 3 }), text("5")] },
    ]);
    const answer = await queryText("add", {
      ...options,
      mcpServers: { maths: createSdkMcpServer({ name: "maths", tools: [add] }) },
      allowedTools: ["mcp__maths__add"],
    });
    expect(answer).toBe("5");
    expect(JSON.stringify(api.requests.at(-1)?.body?.messages)).toContain("5 it is");
    const tools = JSON.stringify(api.requests.map(({ body }) => body?.tools));
    expect(tools).toContain("mcp__maths__add");
  });

  test("return images that reach Claude as images, not as base64 text", async () => {
    const draw = tool("draw", "Draws", {}, () => ({
      content: [
        { type: "text", text: "a pixel" },
        { type: "image", data: PNG, mimeType: "image/png" },
      ],
    }));
    const { options, api } = await realClaude([
      { when: "draw", replies: [toolUse("mcp__art__draw", {}), text("red")] },
    ]);
    const servers = { art: createSdkMcpServer({ name: "art", tools: [draw] }) };
    await queryText("draw", { ...options, mcpServers: servers, allowedTools: ["mcp__art"] });
    const sent = JSON.stringify(api.requests.at(-1)?.body?.messages);
    expect(sent).toMatch(/"type":"image","source":\{[^}]*"type":"base64"/);
    expect(sent).not.toMatch(/"type":"text","text":"[^"]*iVBORw0KGgo/);
  });

  test("that throw, and inputs that do not fit, are errors that Claude is told", async () => {
    const fail = tool("fail", "Fails", { n: z.number() }, () => {
      throw new Error("out of paper");
    });
    const { options, api } = await realClaude([
      {
        when: "fail",
        replies: [toolUse("mcp__p__fail", { n: 1 }), toolUse("mcp__p__fail", { n: "one" }), text("ok")],
      },
    ]);
    const servers = { p: createSdkMcpServer({ name: "p", tools: [fail] }) };
    expect(await queryText("fail", { ...options, mcpServers: servers, allowedTools: ["mcp__p"] })).toBe("ok");
    const sent = JSON.stringify(api.requests.at(-1)?.body?.messages);
    expect(sent).toContain("out of paper");
    expect(sent).toMatch(/expected number|Invalid/i);
  });

  test("serve several queries at once", async () => {
    const calls: string[] = [];
    const note = tool("note", "Notes", { what: z.string() }, ({ what }) => {
      calls.push(what);
      return what;
    });
    const server = createSdkMcpServer({ name: "n", tools: [note] });
    const prompts = ["one", "two", "three"];
    const { options } = await realClaude(
      prompts.map((when) => ({ when, replies: [toolUse("mcp__n__note", { what: when }), text(when)] })),
    );
    const own = { ...options, mcpServers: { n: server }, allowedTools: ["mcp__n"] };
    expect(await Promise.all(prompts.map((prompt) => queryText(prompt, own)))).toEqual(prompts);
    expect(calls.sort()).toEqual([...prompts].sort());
  });

  test("may stand on a server that was made with the MCP SDK itself", async () => {
    const instance = new McpServer({ name: "own", version: "1.0.0" });
    instance.registerTool("hello", { description: "Says hello" }, () => ({
      content: [{ type: "text", text: "hello from the instance" }],
    }));
    const { options, api } = await realClaude([
      { when: "ask", replies: [toolUse("mcp__own__hello", {}), text("ok")] },
    ]);
    const mcpServers = { own: { type: "sdk", name: "own", instance } } as const;
    expect(await queryText("ask", { ...options, mcpServers, allowedTools: ["mcp__own"] })).toBe("ok");
    expect(JSON.stringify(api.requests.at(-1)?.body?.messages)).toContain("hello from the instance");
  });
});

describe("questions of MCP servers", () => {
  const mcpServers = { asking: { command: process.execPath, args: [join(fixtures, "asking-server.mjs")] } };
  const script = [{ when: "ask", replies: [toolUse("mcp__asking__ask", {}), text("ok")] }];

  test("are answered by onElicitation", async () => {
    const { options, api } = await realClaude(script, { mcpServers, allowedTools: ["mcp__asking"] });
    const asked: unknown[] = [];
    const answer = await queryText("ask", {
      ...options,
      onElicitation: (request) => {
        asked.push(request);
        return { action: "accept", content: { colour: "green" } };
      },
    });
    expect(answer).toBe("ok");
    expect(asked).toMatchObject([{ serverName: "asking", message: "Which colour?" }]);
    expect(JSON.stringify(api.requests.at(-1)?.body?.messages)).toContain("green");
  });

  test("of this process are answered by onElicitation too", async () => {
    const instance = new McpServer({ name: "own", version: "1.0.0" });
    instance.registerTool("pick", { description: "Picks a colour" }, async () => {
      const { action, content } = await instance.server.elicitInput({
        message: "Which colour?",
        requestedSchema: { type: "object", properties: { colour: { type: "string" } }, required: ["colour"] },
      });
      return { content: [{ type: "text", text: `${action}: ${content?.colour}` }] };
    });
    const { options, api } = await realClaude([
      { when: "pick", replies: [toolUse("mcp__own__pick", {}), text("ok")] },
    ]);
    const asked: unknown[] = [];
    const answer = await queryText("pick", {
      ...options,
      mcpServers: { own: { type: "sdk", name: "own", instance } },
      allowedTools: ["mcp__own"],
      timeoutMs: 60_000,
      onElicitation: (request) => {
        asked.push(request);
        return { action: "accept", content: { colour: "blue" } };
      },
    });
    expect(answer).toBe("ok");
    expect(asked).toMatchObject([{ serverName: "own", message: "Which colour?" }]);
    expect(JSON.stringify(api.requests.at(-1)?.body?.messages)).toContain("accept: blue");
  });

  test.each<[string, OnElicitation | undefined]>([
    ["nobody can answer them", undefined],
    [
      "the callback throws",
      () => {
        throw new Error("?");
      },
    ],
  ])("are declined when %s", async (_, onElicitation) => {
    const { options, api } = await realClaude(script, { mcpServers, allowedTools: ["mcp__asking"] });
    expect(await queryText("ask", { ...options, onElicitation })).toBe("ok");
    expect(JSON.stringify(api.requests.at(-1)?.body?.messages)).toMatch(/decline|cancel/);
  });
});
