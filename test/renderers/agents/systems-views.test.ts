import { expect, test } from "vitest";
import { z } from "zod";
import { renderParts } from "../../../renderers/index.js";
import { viewParts } from "../../../renderers/views/views.js";
import { AgentSystem, createReviewerAgent } from "../../../src/agents/index.js";
import { ToolRegistry } from "../../../src/tools/index.js";

const show = (value: unknown) => renderParts(viewParts(value)!, { includeStyle: false, response: "x" });

test("a system of agents shows as a grid, which reads as text too", () => {
  const system = new AgentSystem({
    agents: [createReviewerAgent({ name: "<b>bold</b>".replace(/\W/g, "") })],
    budgetUsd: 2,
  });
  const bundle = show(system);
  expect(bundle["text/plain"]).toMatch(/Agents/);
  expect(bundle["text/plain"]).toMatch(/idle/);
  expect(bundle["text/html"]).toContain("$0 of $2.00");
});

test("tools show as a table, with what they say taken as text", async () => {
  const tools = new ToolRegistry();
  tools.create({
    name: "add",
    description: "<img src=x onerror=alert(1)>",
    input: { a: z.number() },
    handler: () => 1,
  });
  await tools.execute("add", { a: 1 });
  tools.disable("add");
  const bundle = show(tools.discover());
  expect(bundle["text/plain"]).toMatch(/add 1\.0\.0.*disabled/);
  expect(bundle["text/html"]).not.toContain("<img");
});

test("no tools and no agents show that there are none", () => {
  expect(show(new ToolRegistry().discover())["text/plain"]).toContain("There are none.");
  expect(show(new AgentSystem())["text/plain"]).toContain("There are none.");
});
