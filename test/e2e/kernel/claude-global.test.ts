import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiError, text, toolUse } from "../../../src/testing/index.js";
import { type KernelClient, type KernelMessage, startKernelClient } from "../../support/kernel-client.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";
import { tempFolder } from "../../support/temp-folder.js";

let claude: ScriptedClaude;
let kernel: KernelClient;
const folder = tempFolder("claude-global");
const start = () =>
  startKernelClient({
    cwd: folder,
    env: { ...claude.env, CLAUDE_NOTEBOOK_PATH: join(folder, "analysis.ipynb") },
  });
beforeAll(async () => {
  claude = await scriptedClaude([
    { when: "Refuse", replies: [apiError(400, "not today")] },
    { when: "Hello", replies: [text("**First** answer."), text("Second answer."), text("Third answer.")] },
    { when: "Cities", replies: [toolUse("StructuredOutput", { value: [{ name: "Bergen", people: 3 }] })] },
    { when: "Never", replies: [1, 2, 3].map(() => toolUse("StructuredOutput", { n: 4 })) },
    { when: /^Length of/, replies: [toolUse("StructuredOutput", { n: 5 })] },
    { when: /^Refuse/, replies: [apiError(400, "not today")] },
    { when: () => true, replies: [text("Anew.")] },
  ]);
  kernel = await start();
});
afterAll(async () => {
  await kernel?.close();
  await claude?.api.close();
});

const plain = ({ content }: KernelMessage): string => String(content.data?.["text/plain"] ?? "");

test("claude() shows the turn in the cell and returns its text, cost and session", async () => {
  const { reply, messages, result } = await kernel.execute('const turn = await claude("Hello"); turn');
  expect(reply.evalue).toBeUndefined();
  expect(messages.map(plain).join()).toContain("First");
  expect(result).toBeUndefined();
  const facts = await kernel.execute(
    "[turn.text, String(turn), turn.costUsd >= 0, turn.replayed, turn.sessionId === claude.cells.sessionId]",
  );
  expect(facts.result).toBe("[ '**First** answer.', '**First** answer.', true, false, true ]");
});

test("the cells share one conversation, also when calls are started at once; new begins another", async () => {
  const { reply, stderr } = await kernel.execute(
    'const [two, three] = await Promise.all([claude("Go on"), claude("And on")]);',
  );
  expect([reply.evalue, stderr]).toEqual([undefined, ""]);
  const said = await kernel.execute("[two.text, three.text, claude.cells.turns]");
  expect(said.result).toBe("[ 'Second answer.', 'Third answer.', 3 ]");
  const fresh = await kernel.execute(
    '(await claude("Something else", { new: true })).text + claude.cells.turns',
  );
  expect(fresh.result).toBe("'Anew.1'");
});

test("a turn that ends with an error fails the cell once, and the conversation goes on", async () => {
  const { reply, messages } = await kernel.execute('await claude("Refuse", { new: true })');
  expect(reply.ename).toBe("ResultError");
  expect(
    messages
      .map(plain)
      .join("\n")
      .match(/not today/g)?.length,
  ).toBe(1);
  expect((await kernel.execute('(await claude("Other", { new: true })).text')).result).toBe("'Anew.'");
});

test("a wrong use does not compile, and what is no prompt is refused with what to write", async () => {
  expect((await kernel.execute("claude(3)")).reply.evalue).toContain("not assignable");
  expect((await kernel.execute('await claude("")')).reply.evalue).toContain("claude() takes a prompt");
});

test("the notebook's next kernel goes on with its conversation", async () => {
  await kernel.execute('await claude("Hello", { new: true })');
  const { result: session } = await kernel.execute("claude.cells.sessionId");
  await kernel.close();
  kernel = await start();
  const { result } = await kernel.execute('const next = await claude("Go on"); [next.sessionId, next.text]');
  expect(result).toBe(`[ ${session}, 'Second answer.' ]`);
});

test("%%claude asks with values of cells, and keeps the turn in a variable that the checker knows", async () => {
  await kernel.execute('const city = { name: "Bergen", people: [1, 2] };');
  const { reply, messages } = await kernel.execute(
    "%%claude --new -o answer\nWhat of {city.name} with {city.people[1]} people, and {{city}}?",
  );
  expect(reply.evalue).toBeUndefined();
  expect(messages.map(plain).join()).toContain("Anew.");
  const asked = claude.api.requests.map(({ body }) => JSON.stringify(body?.messages)).join();
  expect(asked).toContain("What of Bergen with 2 people, and {city}?");
  expect((await kernel.execute("answer.text.length")).result).toBe("5");
  expect((await kernel.execute("answer.txt")).reply.evalue).toContain("Property 'txt' does not exist");
});

test("a %%claude cell that names what no cell declared asks nobody", async () => {
  const before = claude.api.requests.length;
  const { reply } = await kernel.execute("%%claude\nWhat of {nobody}?");
  expect(reply.evalue).toContain("No cell has declared nobody");
  expect((await kernel.execute("%%claude --modle x\nHi")).reply.evalue).toContain("--modle");
  expect((await kernel.execute("%%claude\n")).reply.evalue).toContain("needs a prompt");
  expect(claude.api.requests.length).toBe(before);
});

test("claude.ask gives a typed value: a wrong use of it does not compile in the next cell", async () => {
  const asked = await kernel.execute(
    `import { z } from "zod";
const cities = await claude.ask("Cities", z.array(z.object({ name: z.string(), people: z.number() })), { new: true });
cities[0].name`,
  );
  expect([asked.reply.evalue, asked.result]).toEqual([undefined, "'Bergen'"]);
  expect((await kernel.execute("cities[0].people + 1")).result).toBe("4");
  expect((await kernel.execute("cities[0].poeple")).reply.evalue).toContain("'poeple' does not exist");
  expect((await kernel.execute("cities[0].name * 2")).reply.evalue).toContain("arithmetic");
});

test("an answer that never meets the schema fails the cell with what is wrong, and the kernel goes on", async () => {
  const { reply } = await kernel.execute(
    'await claude.ask("Never", z.object({ n: z.number().refine((n) => n % 2 === 1, "is not odd") }), { new: true })',
  );
  expect(reply).toMatchObject({
    ename: "StructuredOutputError",
    evalue: expect.stringContaining("is not odd"),
  });
  const wrong = await kernel.execute('await claude.ask("Cities", {} as any)');
  expect(wrong.reply.evalue).toContain("claude.ask() takes a zod schema");
  expect((await kernel.execute("1 + 1")).result).toBe("2");
});

test("claude.map asks about each item, shows one grid that is updated, and its values have types", async () => {
  const { reply, messages } = await kernel.execute(
    `import { z } from "zod";
const lengths = await claude.map(["alpha", "omega"], "Length of {item}", { schema: z.object({ n: z.number() }), concurrency: 2 });`,
    { timeoutMs: 60_000 },
  );
  expect(reply.evalue).toBeUndefined();
  const grids = messages.filter((each) => plain(each).startsWith("Map "));
  expect(grids.filter(({ type }) => type === "display_data").length).toBe(1);
  expect(plain(grids.at(-1)!)).toMatch(/2 items · 2 done[\s\S]*✓ +alpha +\{ n: 5, \}/);
  expect((await kernel.execute("lengths.values.map((each) => each?.n)")).result).toBe("[ 5, 5 ]");
  expect((await kernel.execute("lengths.values[0]!.m")).reply.evalue).toContain("does not exist");
});

test("items of a map that fail are told in the grid, and the cell goes on", async () => {
  const { reply, messages, result } = await kernel.execute(
    'const mixed = await claude.map(["Refuse", "Hello"], "{item} this", { retries: 0 }); mixed.failed.length',
    { timeoutMs: 60_000 },
  );
  expect([reply.status, result]).toEqual(["ok", "1"]);
  expect(plain(messages.findLast((each) => plain(each).startsWith("Map "))!)).toMatch(
    /✗ +Refuse +.*not today/,
  );
});

test("a notebook that was recorded runs again after a restart without asking anybody, with the same answers", async () => {
  const env = { ...claude.env, CLAUDE_NOTEBOOK_PATH: join(folder, "recorded.ipynb") };
  const runAll = async (mode: string) => {
    const own = await startKernelClient({ cwd: folder, env: { ...env, CLAUDE_NOTEBOOK_MODE: mode } });
    try {
      await own.execute('const a = await claude("Hello"); const b = await claude("Go on");');
      return (await own.execute("[a.text, b.text, b.replayed, claude.cost().totalUsd > 0]")).result;
    } finally {
      await own.close();
    }
  };
  expect(await runAll("record")).toBe("[ '**First** answer.', 'Second answer.', false, true ]");
  const before = claude.api.requests.length;
  expect(await runAll("auto")).toBe("[ '**First** answer.', 'Second answer.', true, false ]");
  expect(claude.api.requests.length).toBe(before);
});
