import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { queryText } from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { createToolFromOpenApi, createToolProposals, ToolRegistry } from "../../../src/tools/index.js";
import { tempFolder } from "../../support/temp-folder.js";
import { realClaude } from "../sdk/real-claude.js";

test("Claude uses tools of a registry, which checks, counts and may refuse each call", async () => {
  const tools = new ToolRegistry();
  tools.create({
    name: "add",
    description: "Adds",
    input: { a: z.number(), b: z.number() },
    handler: ({ a, b }) => ({ sum: a + b }),
  });
  tools.create({ name: "hidden", description: "Is disabled", input: {}, handler: () => "never" });
  tools.disable("hidden");
  const { options, api } = await realClaude([
    {
      when: "add",
      replies: [
        toolUse("mcp__mine__add", { a: 2, b: 3 }),
        toolUse("mcp__mine__add", { a: 1, b: 1 }),
        text("5"),
      ],
    },
  ]);
  const mcpServers = { mine: tools.toMcpServer("mine") };
  let calls = 0;
  const answer = await queryText("add", {
    ...options,
    mcpServers,
    canUseTool: () => {
      // Between the two calls somebody takes the tool away.
      if (++calls === 2) tools.disable("add");
      return { behavior: "allow" };
    },
  });
  expect(answer).toBe("5");
  const sent = JSON.stringify(api.requests.findLast(({ body }) => body?.messages)?.body?.messages);
  expect(sent).toContain('\\"sum\\": 5');
  expect(sent).toContain("is disabled");
  expect(JSON.stringify(api.requests.map(({ body }) => body?.tools))).not.toContain("hidden");
  expect(tools.usage("add")).toMatchObject({ calls: 2, denied: 1, failures: 0 });
});

test("Claude asks a service by its OpenAPI document", async () => {
  const server = createServer((request, response) => response.end(`You asked ${request.url}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const document = {
    servers: [{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }],
    paths: {
      "/cities/{name}": {
        get: {
          operationId: "getCity",
          parameters: [{ name: "name", in: "path", required: true, schema: { type: "string" } }],
        },
      },
    },
  };
  const tools = new ToolRegistry();
  createToolFromOpenApi(tools, document, "getCity");
  const { options, api } = await realClaude([
    { when: "ask", replies: [toolUse("mcp__geo__getCity", { name: "Bergen" }), text("ok")] },
  ]);
  const mcpServers = { geo: tools.toMcpServer("geo") };
  await queryText("ask", { ...options, mcpServers, allowedTools: ["mcp__geo__getCity"] });
  const sent = JSON.stringify(api.requests.findLast(({ body }) => body?.messages)?.body?.messages);
  expect(sent).toContain("You asked /cities/Bergen");
});

test("a tool that Claude proposes cannot be used before a person accepts it", async () => {
  const tools = new ToolRegistry();
  const proposals = createToolProposals(tools, tempFolder());
  const proposed = {
    name: "reverse",
    description: "Turns a text around",
    reason: "There is none",
    inputSchema: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
    code: "export default async ({ text }) => [...text].reverse().join('');",
  };
  const { options, api } = await realClaude([
    {
      when: "propose",
      replies: [
        toolUse("mcp__proposals__propose_tool", proposed),
        toolUse("mcp__mine__reverse", { text: "abc" }),
        text("done"),
      ],
    },
    { when: "use", replies: [toolUse("mcp__mine__reverse", { text: "abc" }), text("cba")] },
  ]);
  const servers = () => ({ proposals: proposals.toMcpServer("proposals"), mine: tools.toMcpServer("mine") });
  const allowedTools = ["mcp__proposals", "mcp__mine"];
  await queryText("propose", { ...options, mcpServers: servers(), allowedTools });
  const sent = () => JSON.stringify(api.requests.findLast(({ body }) => body?.messages)?.body?.messages);
  expect(sent()).toContain("does not exist until a person accepts it");
  expect(sent()).toContain("No such tool available");
  const [waiting] = proposals.list();
  expect(waiting).toMatchObject(proposed);

  tools.setPermission(await proposals.accept(waiting!.id), "allow");
  await queryText("use", { ...options, mcpServers: servers(), allowedTools });
  expect(sent()).toContain("cba");
});
