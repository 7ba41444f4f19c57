import { afterAll, beforeAll, expect, test } from "vitest";
import { text, toolUse } from "../../../src/testing/index.js";
import { type Exchange, type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { ensureNotebookPackages } from "../../support/npm-packages.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";

const use = (tool: string, input: object = {}) => toolUse(`mcp__notebook__${tool}`, input);
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let claude: ScriptedClaude;
let kernel: KernelClient;
beforeAll(async () => {
  claude = await scriptedClaude([
    {
      when: "Look",
      replies: [
        use("list_variables"),
        use("sample_table", { name: "reader", n: 2 }),
        use("sample_table", { name: "arrow", n: 2 }),
        use("inspect_variable", { path: "config.token" }),
        use("get_cell_output", { n: 3 }),
        text("Seen."),
      ],
    },
    {
      when: "Run it",
      replies: [use("run_cell", { code: "const doubled = config.size * 2;\ndoubled" }), text("Ran.")],
    },
    { when: "Run unasked", replies: [use("run_cell", { code: "console.log('free')" }), text("Ran.")] },
    { when: "Fail", replies: [use("run_cell", { code: "throw new Error('on purpose')" }), text("Failed.")] },
    {
      when: "Loop",
      replies: [use("run_cell", { code: "console.log('loops'); for (;;) {}" }), text("Never.")],
    },
    { when: "Escape", replies: [use("run_cell", { code: "await claude('Look')" }), text("Stayed.")] },
    { when: /^A cell of this/, replies: [use("set_next_cell", { code: "fixed()" }), text("Fixed.")] },
    {
      when: "Leave behind",
      replies: [
        use("run_cell", {
          code: `const late: string[] = [];
const grant = () => { try { claude.allow("run_cell"); late.push("allowed"); } catch (error) { late.push(String(error)); } };
setTimeout(grant); Promise.resolve().then(grant); process.once("left-behind", grant);
setTimeout(claude.allow, 0, "run_cell");`,
        }),
        text("Left."),
      ],
    },
    { when: "Below", replies: [use("set_next_cell", { code: "config.size" }), text("Below.")] },
  ]);
  kernel = await startKernelClient({ cwd: await ensureNotebookPackages(), env: claude.env });
});
afterAll(async () => {
  await kernel?.close();
  await claude?.api.close();
});

/** What Claude was sent in the conversation that begins with a prompt. */
function sentFor(prompt: string): string {
  const bodies = claude.api.requests.map(({ body }) => JSON.stringify(body?.messages ?? []));
  return bodies.findLast((each) => each.includes(prompt)) ?? "";
}

/** Runs a cell and answers the question that it puts. */
async function answering(code: string, value: string): Promise<{ exchange: Exchange; question: string }> {
  const before = kernel.questions.length;
  const id = await kernel.send("execute_request", {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: true,
  });
  await expect.poll(() => kernel.questions.length, { timeout: 30_000 }).toBeGreaterThan(before);
  const question = kernel.questions.at(-1)!;
  await kernel.send("input_reply", { status: "ok", value }, "stdin");
  return { exchange: await kernel.finished(id, 60_000), question: String(question.content.prompt) };
}

test("Claude lists variables, samples a DuckDB table, sees a figure as an image, and no credential", async () => {
  const made = await kernel.execute(`import { DuckDBInstance } from "@duckdb/node-api";
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const reader = await connection.runAndReadAll("select range as n, 'city ' || range as name, date '2026-01-02' as day from range(1234)");
import { tableFromArrays } from "apache-arrow";
const arrow = tableFromArrays({ id: Int32Array.of(7, 8, 9), city: ["Oslo", "Bergen", "Voss"], at: [new Date(0), new Date(1), new Date(2)] });
const config = { size: 21, token: "sk-ant-api03-${"a1B2".repeat(12)}" };`);
  expect(made.reply.evalue).toBeUndefined();
  await kernel.execute("1");
  await kernel.execute(`display({ "image/png": "${PNG}", "text/plain": "a figure" }, { raw: true });`);
  const { reply } = await kernel.execute('await claude("Look", { new: true })', { timeoutMs: 60_000 });
  expect(reply.evalue).toBeUndefined();
  const sent = sentFor("Look");
  expect(sent).toMatch(/const config: [^—]*size: number[^—]*— 2 fields/);
  expect(sent).toMatch(/const reader: DuckDBResultReader[^—]*— 1,234 rows × 3 columns/);
  expect(sent).toContain("| n: BIGINT | name: VARCHAR | day: DATE |");
  expect(sent).toContain("| 1n | city 1 | 2026-01-02 |");
  expect(sent).toMatch(/const arrow: Table<[^—]*— 3 rows × 3 columns/);
  expect(sent).toContain("| 8 | Bergen | 1970-01-01T00:00:00.001Z |");
  expect(sent).toContain("[redacted]");
  expect(sent).not.toContain("a1B2a1B2");
  const figure = /"type":"image","source":\{[^}]*"data":"([^"]*)"/.exec(sent)?.[1];
  expect(figure).toBeDefined();
  expect(sent.replaceAll(figure!, "")).not.toContain("iVBORw0KGgo");
});

test.each(["default", "acceptEdits", "acceptAll"])(
  "in the mode %s, run_cell asks with the whole code, runs what was allowed, and the variable stays",
  async (permissionMode) => {
    const { exchange, question } = await answering(
      `await claude("Run it", { new: true, permissionMode: "${permissionMode}" })`,
      "y",
    );
    expect(exchange.reply.evalue).toBeUndefined();
    expect(question).toContain("const doubled = config.size * 2;\ndoubled");
    expect(question).not.toContain("always");
    expect(sentFor("Run it")).toMatch(/untrusted[\s\S]*42/);
    expect((await kernel.execute("doubled + 1")).result).toBe("43");
  },
);

test("denied code does not run, and Claude is told why", async () => {
  const { exchange } = await answering('await claude("Fail", { new: true })', "n, not this");
  expect(exchange.reply.status).toBe("ok");
  expect(sentFor("Fail")).toContain("not this");
});

test("without a user to ask, nothing runs, and what is said of allowing it is what does allow it", async () => {
  await kernel.execute('await claude("Run unasked", { new: true, permissionMode: "acceptAll" })');
  expect(sentFor("Run unasked")).toContain("nobody can be asked here");
  expect(sentFor("Run unasked")).toMatch(/claude\.allow\(\\"run_cell\\"\)/);
});

test("code that was allowed once leaves nothing behind that allows more", async () => {
  const { exchange } = await answering('await claude("Leave behind", { new: true })', "y");
  expect(exchange.reply.evalue).toBeUndefined();
  await kernel.execute(
    'await new Promise((resolve) => setTimeout(resolve, 50)); process.emit("left-behind" as any);',
  );
  const { result } = await kernel.execute("late.map((each) => each.slice(0, 30)).join()");
  expect(result).not.toContain("allowed");
  expect(result?.match(/Only a cell of yours/g)?.length).toBe(3);
  await kernel.execute('await claude("Run unasked", { new: true })');
  expect(sentFor("Run unasked")).toContain("nobody can be asked here");
});

test("claude.allow lets code run unasked: what fails is told, and the kernel goes on", async () => {
  await kernel.execute('claude.allow("run_cell")');
  const ran = await kernel.execute('await claude("Run unasked", { new: true })', { timeoutMs: 60_000 });
  expect(ran.stdout).toBe("free\n");
  expect((await kernel.execute('await claude("Fail", { new: true })')).reply.status).toBe("ok");
  expect(sentFor("Fail")).toContain("Error: on purpose");
  expect((await kernel.execute('await claude("Escape", { new: true })')).reply.status).toBe("ok");
  expect(sentFor("Escape")).toContain("cannot ask Claude");
  expect((await kernel.execute('claude.allow("Bash" as any)')).reply.evalue).toContain("allowedTools");
});

test("code for the cell below is handed to the front end", async () => {
  const { reply } = await kernel.execute('await claude("Below", { new: true })');
  expect(reply.payload).toContainEqual({ source: "set_next_input", text: "config.size", replace: false });
});

test("claude.fix sends the last cell that failed and its error, and the correction is put below", async () => {
  await kernel.execute("const broken = 1;\nthrow new RangeError('too far')");
  const { reply } = await kernel.execute("(await claude.fix({ new: true })).text");
  expect(reply.payload).toContainEqual({ source: "set_next_input", text: "fixed()", replace: false });
  const sent = sentFor("A cell of this");
  expect(sent).toContain("const broken = 1;");
  expect(sent).toContain("RangeError: too far");
});

test("claude.cost lists the turns by cell, and a spent budget keeps Claude from being asked", async () => {
  const { result } = await kernel.execute("claude.cost()");
  expect(result).toMatch(/\[\d+\] +Look +\$[\s\S]*total +\$/);
  await kernel.execute("const spent = claude.cost().totalUsd; claude.cost({ budgetUsd: spent || 0 })");
  const before = claude.api.requests.length;
  const { reply } = await kernel.execute('await claude("Look", { new: true })');
  expect(reply).toMatchObject({ ename: "BudgetSpentError", evalue: expect.stringContaining("is spent") });
  expect(claude.api.requests.length).toBe(before);
  await kernel.execute("claude.cost({ budgetUsd: 1000 })");
  expect((await kernel.execute('await claude("Below", { new: true })')).reply.status).toBe("ok");
});

test("without the notebook's tools Claude gets none of them", async () => {
  await kernel.execute('await claude("Plain", { new: true, notebook: false })');
  const body = claude.api.requests.findLast((each) =>
    JSON.stringify(each.body ?? {}).includes("Plain"),
  )?.body;
  expect(JSON.stringify(body?.tools)).not.toContain("mcp__notebook");
});

test("an interrupt ends code of Claude's that loops, and the kernel goes on", async () => {
  const id = await kernel.send("execute_request", { code: 'await claude("Loop", { new: true })' });
  await kernel.message((each) => each.parentId === id && each.content.text === "loops\n", 60_000);
  await kernel.request("interrupt_request", {}, "control");
  const { reply } = await kernel.finished(id, 60_000);
  expect(reply.status).toBe("error");
  expect((await kernel.execute("1 + 1")).result).toBe("2");
  // Nothing of the turn stands in the way of the next.
  const next = await kernel.execute('(await claude("Below", { new: true })).text', { timeoutMs: 60_000 });
  expect([next.reply.evalue, next.result]).toEqual([undefined, "'Below.'"]);
});
