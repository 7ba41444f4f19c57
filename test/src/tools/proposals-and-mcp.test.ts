import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { createSdkMcpServer, tool } from "../../../src/index.js";
import { createToolProposals, createToolsFromMcpServer, ToolRegistry } from "../../../src/tools/index.js";
import { temporaryFolder } from "../fake-claude.js";

const reverse = {
  name: "reverse",
  description: "Turns a text around",
  reason: "There is none",
  inputSchema: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
  code: "globalThis.proposalRan = true;\nexport default async ({ text }) => [...text].reverse().join('');",
};

describe("a proposal", () => {
  test("is text that nothing runs, until a person accepts it", async () => {
    const folder = temporaryFolder();
    const tools = new ToolRegistry();
    const proposals = createToolProposals(tools, folder);
    const { id } = await proposals.propose(reverse);
    expect(proposals.list()).toEqual([{ ...reverse, id }]);
    expect(tools.discover()).toEqual([]);
    expect(globalThis).not.toHaveProperty("proposalRan");

    expect(await proposals.accept(id)).toBe("reverse");
    // A person has read it once; what it is called with is another question.
    await expect(tools.execute("reverse", { text: "abc" })).rejects.toMatchObject({ reason: "denied" });
    tools.setPermission("reverse", "allow");
    expect((await tools.execute("reverse", { text: "abc" })).output).toBe("cba");
    await expect(tools.execute("reverse", { text: 5 })).rejects.toMatchObject({ reason: "invalid_input" });
    expect(tools.get("reverse").origin).toEqual({ type: "proposal", id });
    expect(proposals.list()).toEqual([]);

    const later = new ToolRegistry();
    expect(await createToolProposals(later, folder).load()).toEqual(["reverse"]);
    delete (globalThis as { proposalRan?: boolean }).proposalRan;
  });

  test("that was changed after it was stored is not accepted", async () => {
    const folder = temporaryFolder();
    const tools = new ToolRegistry();
    const proposals = createToolProposals(tools, folder);
    const { id } = await proposals.propose(reverse);
    const path = join(folder, "proposals", `${id}.json`);
    writeFileSync(path, readFileSync(path, "utf8").replace("reverse()", "sort()"));
    await expect(proposals.accept(id)).rejects.toMatchObject({ reason: "changed_proposal" });
    expect(tools.discover()).toEqual([]);
    proposals.reject(id);
    expect(readdirSync(join(folder, "proposals"))).toEqual([]);
  });

  test("that was accepted and cannot be added again is a warning, and the others are there", async () => {
    const folder = temporaryFolder();
    const proposals = createToolProposals(new ToolRegistry(), folder);
    for (const name of ["reverse", "mirror", "turn"]) {
      const { id } = await proposals.propose({ ...reverse, name });
      await proposals.accept(id);
    }
    const later = new ToolRegistry();
    later.create({ name: "mirror", description: "Another", input: {}, handler: () => "" });
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    onTestFinished(() => warn.mockRestore());
    expect((await createToolProposals(later, folder).load()).toSorted()).toEqual(["reverse", "turn"]);
    expect(warn.mock.calls.map(([text]) => text)).toEqual([expect.stringContaining("mirror was not added")]);
    delete (globalThis as { proposalRan?: boolean }).proposalRan;
  });

  test.each(["..", "../x", "", "0123456789abcdef", "x".repeat(16)])("of the id %j is none", async (id) => {
    const proposals = createToolProposals(new ToolRegistry(), temporaryFolder());
    await expect(proposals.accept(id)).rejects.toMatchObject({ reason: "unknown_proposal" });
    expect(() => proposals.reject(id)).toThrow("no proposal");
  });

  test("can be rejected, and is gone", async () => {
    const folder = temporaryFolder();
    const proposals = createToolProposals(new ToolRegistry(), folder);
    const { id } = await proposals.propose(reverse);
    proposals.reject(id);
    expect(readdirSync(join(folder, "proposals"))).toEqual([]);
  });

  test.each([
    [{ ...reverse, name: "../../etc" }],
    [{ ...reverse, code: "" }],
    [{ ...reverse, code: "x".repeat(70_000) }],
    [{ ...reverse, inputSchema: "any" }],
    [{}],
  ])("that is not whole is refused: %#", async (given) => {
    const proposals = createToolProposals(new ToolRegistry(), temporaryFolder());
    await expect(proposals.propose(given)).rejects.toMatchObject({ reason: "bad_definition" });
    expect(proposals.list()).toEqual([]);
  });
});

describe("an MCP server", () => {
  const maths = createSdkMcpServer({
    name: "maths",
    tools: [
      tool("add", "Adds", { a: z.number(), b: z.number() }, ({ a, b }) => String(a + b)),
      tool("fail", "Fails", {}, () => {
        throw new Error("out of paper");
      }),
    ],
  });

  test("gives its tools to the registry, with their input checked here", async () => {
    const tools = new ToolRegistry();
    onTestFinished(() => tools.close());
    expect(await createToolsFromMcpServer(tools, "maths", maths, { prefix: "m_" })).toEqual([
      "m_add",
      "m_fail",
    ]);
    expect((await tools.execute("m_add", { a: 2, b: 3 })).output).toBe("5");
    await expect(tools.execute("m_add", { a: "2", b: 3 })).rejects.toMatchObject({ reason: "invalid_input" });
    await expect(tools.execute("m_fail", {})).rejects.toThrow("out of paper");
  });

  test("gives the tools of all pages of its list", async () => {
    const { Server } = await import("@modelcontextprotocol/sdk/server/index.js");
    const { ListToolsRequestSchema } = await import("@modelcontextprotocol/sdk/types.js");
    const paged = new Server({ name: "paged", version: "1" }, { capabilities: { tools: {} } });
    paged.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
      const page = Number(params?.cursor ?? 0);
      const found = { name: `tool${page}`, inputSchema: { type: "object" as const } };
      return { tools: [found], ...(page < 2 && { nextCursor: String(page + 1) }) };
    });
    const tools = new ToolRegistry();
    onTestFinished(() => tools.close());
    const server = { type: "sdk", name: "paged", instance: paged } as never;
    expect(await createToolsFromMcpServer(tools, "paged", server)).toEqual(["tool0", "tool1", "tool2"]);
  });

  test("that is another program is started, and ends with the registry", async () => {
    const tools = new ToolRegistry();
    const server = join(import.meta.dirname, "../fixtures/asking-server.mjs");
    expect(
      await createToolsFromMcpServer(tools, "asking", { command: process.execPath, args: [server] }),
    ).toEqual(["ask"]);
    await tools.close();
  });

  test("that cannot be reached is a typed error", async () => {
    const missing = createToolsFromMcpServer(new ToolRegistry(), "none", { command: "/no/such/program" });
    await expect(missing).rejects.toMatchObject({ reason: "unreadable", tool: "none" });
  });
});
