import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { text, toolUse } from "../../../src/testing/index.js";
import { type KernelClient, type KernelMessage, startKernelClient } from "../../support/kernel-client.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";
import { tempFolder } from "../../support/temp-folder.js";

const folder = realpathSync(tempFolder("turn-changes"));
const elsewhere = realpathSync(tempFolder("elsewhere"));
const file = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(file(name), "utf8");
const edit = (name: string, old_string: string, new_string: string) => [
  toolUse("Read", { file_path: file(name) }),
  toolUse("Edit", { file_path: file(name), old_string, new_string }),
];
const write = (path: string, content: string) => toolUse("Write", { file_path: path, content });
const run = (code: string) => toolUse("mcp__notebook__run_cell", { code });
const EDITS = '{ new: true, permissionMode: "acceptEdits" }';

let claude: ScriptedClaude;
let kernel: KernelClient;
beforeAll(async () => {
  claude = await scriptedClaude([
    {
      when: "Change all",
      replies: [
        ...edit("a.txt", "two", "2"),
        ...edit("a.txt", "three", "3\nand 4"),
        write(file("new.md"), "# New\n"),
        toolUse("Read", { file_path: file("n.ipynb") }),
        toolUse("NotebookEdit", { notebook_path: file("n.ipynb"), cell_id: "c1", new_source: "x = 2" }),
        toolUse("Bash", { command: "echo by a command" }),
        text("Changed."),
      ],
    },
    {
      when: "First a",
      replies: [...edit("a.txt", "two", "2"), text("Done."), ...edit("b.txt", "b", "c"), text("Done too.")],
    },
    { when: "Elsewhere", replies: [write(join(elsewhere, "far.txt"), "far"), text("Written.")] },
    { when: "Nothing", replies: [text("Nothing to do.")] },
    {
      when: "Set variables",
      replies: [
        run("total = total + 1;"),
        run("const label = [total];\nlet fresh = true;"),
        run("total = total * 100; rows.push(3);"),
        text("Set."),
      ],
    },
    { when: "Undo within", replies: [run("await earlier.undo()"), text("Tried.")] },
  ]);
  kernel = await start({});
});
afterAll(async () => {
  await kernel?.close();
  await claude?.api.close();
});
beforeEach(() => {
  writeFileSync(file("a.txt"), "one\ntwo\nthree\n");
  writeFileSync(file("b.txt"), "b\n");
  writeFileSync(file("n.ipynb"), NOTEBOOK);
  rmSync(file("new.md"), { force: true });
});

const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: "code", id: "c1", metadata: {}, source: ["x = 1"], outputs: [], execution_count: null },
  ],
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
});

const start = (env: Record<string, string>) =>
  startKernelClient({ cwd: folder, env: { ...claude.env, ...env } });
const plain = ({ content }: KernelMessage): string => String(content.data?.["text/plain"] ?? "");
const html = ({ content }: KernelMessage): string => String(content.data?.["text/html"] ?? "");

/** Why a cell failed; undefined when it did not. */
async function failure(code: string): Promise<string | undefined> {
  const { reply } = await kernel.execute(code, { timeoutMs: 60_000 });
  return reply.evalue as string | undefined;
}

test("a turn lists the files it changed with their lines, shows them as diffs, and is undone once", async () => {
  expect(await failure(`const turn = await claude("Change all", ${EDITS});`)).toBeUndefined();
  expect(read("a.txt")).toBe("one\n2\n3\nand 4\n");
  const listed = await kernel.execute(
    "turn.files.map(({ path, created, added, removed }) => [path.split('/').at(-1), created, added, removed].join())",
  );
  expect(listed.result).toBe("[ 'a.txt,false,3,2', 'new.md,true,1,0', 'n.ipynb,false,1,1' ]");
  const shown = await kernel.execute("turn.diff()");
  expect(shown.messages.map(plain).join()).toContain(`Changed ${file("a.txt")} (+3 · −2)`);
  expect(shown.messages.map(html).join()).toContain("cn-diff");
  expect((await kernel.execute("String(turn.diff())")).result).toContain("+and 4");

  const undone = await kernel.execute("(await turn.undo()).files.length", { timeoutMs: 60_000 });
  expect([undone.reply.evalue, undone.result]).toEqual([undefined, "3"]);
  expect([read("a.txt"), read("n.ipynb"), existsSync(file("new.md"))]).toEqual([
    "one\ntwo\nthree\n",
    NOTEBOOK,
    false,
  ]);
  expect(await failure("await turn.undo({ force: true })")).toBe("This turn has been undone already.");
});

test("files that were changed or deleted since are not overwritten, unless they are to be", async () => {
  await kernel.execute(`const later = await claude("Change all", ${EDITS});`, { timeoutMs: 60_000 });
  writeFileSync(file("a.txt"), "by hand");
  rmSync(file("n.ipynb"));
  rmSync(file("new.md"));
  const why = await failure("await later.undo()");
  expect(why).toContain(
    "a.txt has been changed since; n.ipynb has been deleted since. turn.undo({ force: true })",
  );
  expect(why).not.toContain("new.md");
  expect(read("a.txt")).toBe("by hand");
  expect(await failure("await later.undo({ force: true })")).toBeUndefined();
  expect([read("a.txt"), read("n.ipynb")]).toEqual(["one\ntwo\nthree\n", NOTEBOOK]);
});

test("a turn is not undone over what a later turn did; the later one first, then the earlier", async () => {
  await kernel.execute(
    `const one = await claude("First a", ${EDITS});
const two = await claude("Then b", { permissionMode: "acceptEdits" });`,
    { timeoutMs: 60_000 },
  );
  expect([read("a.txt"), read("b.txt")]).toEqual(["one\n2\nthree\n", "c\n"]);
  expect(await failure("await one.undo()")).toContain(
    "b.txt, which this turn did not change, would be put back as well",
  );
  expect(await failure("await two.undo(); await one.undo();")).toBeUndefined();
  expect([read("a.txt"), read("b.txt")]).toEqual(["one\ntwo\nthree\n", "b\n"]);
});

test("files outside of the folder are put back only when that is said", async () => {
  await kernel.execute('const far = await claude("Elsewhere", { new: true, allowedTools: ["Write"] });');
  const path = join(elsewhere, "far.txt");
  expect(await failure("await far.undo()")).toContain(`${path} lies outside of the folders`);
  expect(existsSync(path)).toBe(true);
  expect(await failure("await far.undo({ force: true })")).toBeUndefined();
  expect(existsSync(path)).toBe(false);
});

test("a turn without changes says so, to be seen and to be undone", async () => {
  await kernel.execute('const none = await claude("Nothing", { new: true });');
  expect((await kernel.execute("none.diff()")).messages.map(plain).join()).toContain("No file changed");
  expect(await failure("await none.undo()")).toContain("There is nothing to undo");
});

test("variables that the turn's code set get their earlier values and types back", async () => {
  await kernel.execute('let total = 1; const label = "before"; const rows = [1]; claude.allow("run_cell");');
  await kernel.execute('const setting = await claude("Set variables", { new: true });', {
    timeoutMs: 60_000,
  });
  expect((await kernel.execute("[total, label[0], fresh, rows.length]")).result).toBe("[ 200, 2, true, 2 ]");
  expect((await kernel.execute("[...(await setting.undo()).variables].sort()")).result).toBe(
    "[ 'label', 'total' ]",
  );
  expect((await kernel.execute("[total, label.toUpperCase(), fresh]")).result).toBe("[ 1, 'BEFORE', true ]");
  expect((await kernel.execute("total += 1; total")).result).toBe("2");
});

test("a variable that was set since is left alone, and code of Claude's cannot undo", async () => {
  await kernel.execute('const earlier = await claude("Set variables", { new: true });', {
    timeoutMs: 60_000,
  });
  await kernel.execute("total = -1;");
  expect(await failure("await earlier.undo()")).toContain("the variable total has been set since");
  await kernel.execute('await claude("Undo within", { new: true })', { timeoutMs: 60_000 });
  expect(JSON.stringify(claude.api.requests.at(-1)?.body)).toContain("cannot undo a turn");
  expect((await kernel.execute("total")).result).toBe("-1");
  expect(await failure("await earlier.undo({ force: true })")).toBeUndefined();
  expect((await kernel.execute("total")).result).toBe("2");
});

test("what a shown query changed is at its result, and its undo says which option it needs", async () => {
  const ask = (more: string) =>
    `const result${more ? "Kept" : ""} = await display_claude_response(query("First a", { permissionMode: "acceptEdits"${more} }));`;
  await kernel.execute(ask(""), { timeoutMs: 60_000 });
  expect((await kernel.execute("result.files.length + String(result.diff())")).result).toContain("+2");
  expect(await failure("await result.undo()")).toContain("`enableFileCheckpointing: true`");
  writeFileSync(file("a.txt"), "one\ntwo\nthree\n");
  await kernel.execute(ask(", enableFileCheckpointing: true"), { timeoutMs: 60_000 });
  expect(read("a.txt")).toBe("one\n2\nthree\n");
  expect(await failure("await resultKept.undo()")).toBeUndefined();
  expect(read("a.txt")).toBe("one\ntwo\nthree\n");
});

test("a turn that was replayed shows what it changed then, and is not undone", async () => {
  const recordings = tempFolder("recordings");
  await kernel.close();
  kernel = await start({ CLAUDE_NOTEBOOK_MODE: "record", CLAUDE_NOTEBOOK_RECORDINGS: recordings });
  await kernel.execute(`await claude("Change all", ${EDITS})`, { timeoutMs: 60_000 });
  await kernel.close();
  kernel = await start({ CLAUDE_NOTEBOOK_MODE: "replay", CLAUDE_NOTEBOOK_RECORDINGS: recordings });
  const asked = claude.api.requests.length;
  expect(await failure(`const again = await claude("Change all", ${EDITS});`)).toBeUndefined();
  expect((await kernel.execute("[again.replayed, again.files.length]")).result).toBe("[ true, 3 ]");
  const shown = await kernel.execute("again.diff()");
  expect(shown.messages.map(plain).join()).toContain("(+3 · −2)");
  expect(await failure("await again.undo({ force: true })")).toContain("was replayed from a recording");
  expect(claude.api.requests.length).toBe(asked);
});
