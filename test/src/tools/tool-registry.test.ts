import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createToolsFromFile, ToolRegistry } from "../../../src/tools/index.js";
import { temporaryFolder } from "../fake-claude.js";

const add = {
  name: "add",
  description: "Adds two numbers",
  tags: ["maths"],
  input: { a: z.number(), b: z.number() },
  output: z.number(),
  handler: ({ a, b }: { a: number; b: number }) => a + b,
};
const weather = {
  name: "weather",
  description: "Says how the weather is in a city",
  tags: ["net", "geo"],
  input: { city: z.string(), days: z.int().default(1) },
  handler: ({ city, days }: { city: string; days: number }) => `${city}: rain for ${days} days`,
};

describe("running a tool", () => {
  test("gives a checked, typed output and how long it took", async () => {
    const run = await new ToolRegistry().create(add).execute({ a: 2, b: 3 });
    const sum: number = run.output;
    expect(run).toMatchObject({ tool: "add", version: "1.0.0", output: 5, durationMs: expect.any(Number) });
    expect(sum).toBe(5);
  });

  test("fills in defaults", async () => {
    const tools = new ToolRegistry();
    tools.create(weather);
    expect((await tools.execute("weather", { city: "Bergen" })).output).toBe("Bergen: rain for 1 days");
  });

  test.each([
    ["a wrong type", { a: 1, b: "2" }],
    ["a missing parameter", { a: 1 }],
    ["a stray parameter", { a: 1, b: 2, c: 3 }],
    ["no object", 5],
    ["nothing", undefined],
  ])("refuses %s as input", async (_, input) => {
    const tools = new ToolRegistry();
    tools.create(add);
    await expect(tools.execute("add", input)).rejects.toMatchObject({ reason: "invalid_input", tool: "add" });
  });

  test("refuses an output that does not fit", async () => {
    const tools = new ToolRegistry();
    tools.create({ ...add, handler: () => "five" as never });
    await expect(tools.execute("add", { a: 2, b: 3 })).rejects.toMatchObject({ reason: "invalid_output" });
  });

  test("of a tool that throws keeps the cause", async () => {
    const tools = new ToolRegistry();
    const cause = new Error("out of paper");
    tools.create({ ...add, handler: () => Promise.reject(cause) });
    await expect(tools.execute("add", { a: 2, b: 3 })).rejects.toMatchObject({ reason: "failed", cause });
  });

  test("of a tool that never returns ends at its time, and tells it", async () => {
    const tools = new ToolRegistry();
    let told = false;
    tools.create({
      name: "sleep",
      description: "Sleeps",
      input: {},
      timeoutMs: 30,
      handler: (_, { signal }) => {
        signal.addEventListener("abort", () => {
          told = true;
        });
        return new Promise<never>(() => {});
      },
    });
    await expect(tools.execute("sleep", {})).rejects.toMatchObject({ reason: "timeout" });
    expect(told).toBe(true);
  });

  test("can be aborted, before and while it runs", async () => {
    const tools = new ToolRegistry();
    const handler = vi.fn(() => new Promise<never>(() => {}));
    tools.create({ name: "sleep", description: "Sleeps", input: {}, handler });
    await expect(tools.execute("sleep", {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      reason: "aborted",
    });
    expect(handler).not.toHaveBeenCalled();
    const stop = new AbortController();
    const run = tools.execute("sleep", {}, { signal: stop.signal });
    stop.abort("enough");
    await expect(run).rejects.toMatchObject({ reason: "aborted", cause: "enough" });
  });

  test("of a tool that there is not names the nearest", async () => {
    const tools = new ToolRegistry();
    tools.create(weather);
    await expect(tools.execute("wether", {})).rejects.toThrow("Did you mean weather?");
    await expect(tools.execute("toString", {})).rejects.toMatchObject({ reason: "unknown_tool" });
  });
});

describe("discovering", () => {
  const tools = new ToolRegistry();
  tools.create(add);
  tools.create(weather);
  tools.create({ ...weather, name: "forecast", description: "Foresees", tags: ["net"] });
  const names = (query: Parameters<ToolRegistry["discover"]>[0]) =>
    tools.discover(query).map(({ name }) => name);

  test("finds by words anywhere, the best first", () => {
    expect(names("city")).toEqual(["weather", "forecast"]);
    expect(names("weather")).toEqual(["weather"]);
    expect(names("numbers adds")).toEqual(["add"]);
    expect(names("numbers city")).toEqual([]);
  });

  test("finds by tags and by the form of the input", () => {
    expect(names({ tags: ["net", "geo"] })).toEqual(["weather"]);
    expect(names({ schema: { takes: ["a"] } })).toEqual(["add"]);
    expect(names({ schema: { accepts: { city: "Oslo" } } })).toEqual(["forecast", "weather"]);
    expect(names({ schema: { takes: ["toString"] } })).toEqual([]);
    expect(names({})).toHaveLength(3);
  });

  test("describes a tool as plain data with JSON Schemas", () => {
    expect(JSON.parse(JSON.stringify(tools.get("add")))).toMatchObject({
      inputSchema: { type: "object", required: ["a", "b"], additionalProperties: false },
      outputSchema: { type: "number" },
      origin: { type: "function" },
    });
  });
});

describe("versions", () => {
  test("the highest enabled one is used, by number and not by letters", async () => {
    const tools = new ToolRegistry();
    for (const version of ["1.9.0", "1.10.0", "1.2.0"]) {
      tools.create({ ...add, version, output: z.any(), handler: () => version as never });
    }
    expect((await tools.execute("add", { a: 1, b: 1 })).output).toBe("1.10.0");
    expect((await tools.execute("add", { a: 1, b: 1 }, { version: "1.2.0" })).output).toBe("1.2.0");
    tools.disable("add", "1.10.0");
    expect((await tools.execute("add", { a: 1, b: 1 })).output).toBe("1.9.0");
    expect(tools.discover({ allVersions: true })).toHaveLength(3);
    expect(() => tools.create({ ...add, version: "1.9.0" })).toThrow("already");
    tools.remove("add", "1.9.0");
    expect((await tools.execute("add", { a: 1, b: 1 })).output).toBe("1.2.0");
  });
});

describe("permissions", () => {
  test("a tool that is disabled or denied does not run", async () => {
    const tools = new ToolRegistry();
    const handler = vi.fn(() => 1);
    tools.create({ ...add, handler });
    tools.disable("add");
    await expect(tools.execute("add", { a: 1, b: 1 })).rejects.toMatchObject({ reason: "disabled" });
    tools.enable("add");
    tools.setPermission("add", "deny");
    await expect(tools.execute("add", { a: 1, b: 1 })).rejects.toMatchObject({ reason: "denied" });
    expect(handler).not.toHaveBeenCalled();
  });

  test("one that must be asked for runs when somebody agrees, and only then", async () => {
    const asked: unknown[] = [];
    let answer = false;
    const tools = new ToolRegistry({
      onAsk: (tool, input) => {
        asked.push([tool.name, input]);
        return answer;
      },
    });
    tools.create({ ...add, permission: "ask" });
    await expect(tools.execute("add", { a: 1, b: 1 })).rejects.toMatchObject({ reason: "denied" });
    answer = true;
    expect((await tools.execute("add", { a: 1, b: 1 })).output).toBe(2);
    expect(asked).toEqual([
      ["add", { a: 1, b: 1 }],
      ["add", { a: 1, b: 1 }],
    ]);
    // Whoever is asked may never answer.
    const stop = new AbortController();
    const silent = new ToolRegistry({ onAsk: () => new Promise<never>(() => stop.abort("enough")) });
    silent.create({ ...add, permission: "ask" });
    for (let i = 0; i < 2; i++)
      await expect(silent.execute("add", { a: 1, b: 1 }, { signal: stop.signal })).rejects.toMatchObject({
        reason: "aborted",
        cause: "enough",
      });
    const nobody = new ToolRegistry();
    nobody.create({ ...add, permission: "ask" });
    await expect(nobody.execute("add", { a: 1, b: 1 })).rejects.toMatchObject({ reason: "denied" });
  });
});

describe("usage and settings", () => {
  test("are counted by how calls ended", async () => {
    const tools = new ToolRegistry();
    tools.create(add);
    await tools.execute("add", { a: 1, b: 1 });
    await tools.execute("add", { a: 1 }).catch(() => {});
    tools.disable("add");
    await tools.execute("add", { a: 1, b: 1 }).catch(() => {});
    expect(tools.usage("add")).toMatchObject({
      calls: 3,
      failures: 0,
      invalid: 1,
      denied: 1,
      lastUsed: expect.any(String),
    });
  });

  test("are there again in the next registry of the folder, and those of two at once add up", async () => {
    const folder = temporaryFolder();
    const one = new ToolRegistry({ folder });
    const two = new ToolRegistry({ folder });
    for (const tools of [one, two]) tools.create(add);
    await one.execute("add", { a: 1, b: 1 });
    await two.execute("add", { a: 1, b: 1 });
    await two.execute("add", { a: 1, b: 1 });
    two.setPermission("add", "ask");
    await one.close();
    await two.close();
    const three = new ToolRegistry({ folder });
    three.create(add);
    expect(three.usage("add").calls).toBe(3);
    expect(three.get("add").permission).toBe("ask");
  });

  test("a damaged file is set aside, and the tools are there", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "tools.json"), '{"add@1.0.0": {"ena');
    const warned = new Promise((resolve) => process.once("warning", resolve));
    const tools = new ToolRegistry({ folder });
    tools.create(add);
    expect((await tools.execute("add", { a: 1, b: 1 })).output).toBe(2);
    await tools.close();
    expect(existsSync(join(folder, "tools.json.damaged"))).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, "tools.json"), "utf8"))).toHaveProperty(["add@1.0.0"]);
    expect(await warned).toMatchObject({ name: "ToolStoreWarning" });
  });
});

test.each([
  [{ ...add, name: "add two" }, "letters"],
  [{ ...add, name: "" }, "letters"],
  [{ ...add, description: " " }, "description"],
  [{ ...add, version: "1" }, "version"],
  [{ ...add, input: { a: "number" } as never }, "zod type"],
  [{ ...add, handler: undefined as never }, "function"],
])("a definition that is not right is refused: %#", (definition, why) => {
  expect(() => new ToolRegistry().create(definition)).toThrow(why);
});

describe("tools of a file", () => {
  test("are those of its default export, and those of the file as it is now", async () => {
    const path = join(temporaryFolder(), "tools.mjs");
    const zod = import.meta.resolve("zod");
    const file = (answer: string) =>
      `import { z } from ${JSON.stringify(zod)};
       export default [{ name: "say", description: "Says", input: { what: z.string() }, handler: () => "${answer}" }];`;
    writeFileSync(path, file("one"));
    const tools = new ToolRegistry();
    expect(await createToolsFromFile(tools, path)).toEqual(["say"]);
    expect((await tools.execute("say", { what: "x" })).output).toBe("one");
    expect(tools.get("say").origin).toEqual({ type: "file", path });
    writeFileSync(path, file("two"));
    utimesSync(path, new Date(), new Date(Date.now() + 5_000));
    tools.remove("say");
    await createToolsFromFile(tools, path);
    expect((await tools.execute("say", { what: "x" })).output).toBe("two");
  });

  test("may be written in TypeScript, with files of their own, and leave nothing beside them", async () => {
    const folder = temporaryFolder();
    const zod = JSON.stringify(import.meta.resolve("zod"));
    writeFileSync(join(folder, "way.ts"), "export enum Way { Up = 'up', Down = 'down' }");
    const tool = (way: string) => `import { z } from ${zod};
import { Way } from "./way.js";
const handler = ({ to }: { to: string }): string => to + " " + Way.${way};
export default { name: "go", description: "Goes", input: { to: z.string() }, handler };`;
    const path = join(folder, "tools.ts");
    const tools = new ToolRegistry();
    for (const [way, output] of [
      ["Up", "home up"],
      ["Down", "home down"],
    ] as const) {
      writeFileSync(path, tool(way));
      await createToolsFromFile(tools, path);
      expect((await tools.execute("go", { to: "home" })).output).toBe(output);
      tools.remove("go");
    }
    writeFileSync(path, "export default {");
    await expect(createToolsFromFile(tools, path)).rejects.toThrow(
      /tools\.ts cannot be loaded: [\s\S]*ERROR/,
    );
    expect(readdirSync(folder).sort()).toEqual(["tools.ts", "way.ts"]);
  });

  test.each([
    ["is not there", undefined],
    ["does not parse", "export default {"],
    ["has no tool", "export const x = 1"],
    ["throws", "throw new Error('no')"],
  ])("one that %s is a typed error", async (_, text) => {
    const path = join(temporaryFolder(), "tools.mjs");
    if (text !== undefined) writeFileSync(path, text);
    await expect(createToolsFromFile(new ToolRegistry(), path)).rejects.toMatchObject({
      code: "tool_failed",
    });
  });
});
