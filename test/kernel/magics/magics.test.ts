import { mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isAlive, type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { tempFolder } from "../../support/temp-folder.js";

const folder = realpathSync(tempFolder("magics"));
let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient({ cwd: folder, env: { MY_API_TOKEN: "do-not-show", PLAIN: "plain" } });
});
afterAll(() => kernel.close());

const run = (code: string) => kernel.execute(code);
const errorOf = async (code: string) => {
  const { reply } = await run(code);
  return stripVTControlCharacters((reply.traceback ?? []).join("\n"));
};

test.each([
  ["const who = 3, x = 7\nx\n%who", "1"],
  ["const time = 2, f = 9\nf\n%time", "1"],
  ["const ls = false\n!ls", "true"],
  ["const text = `\n%who\n!rm -rf nothing\n`; text.length", "22"],
  ["/*\n%%bash\n!touch made-by-comment\n*/ 5", "5"],
])("valid TypeScript is never taken for a magic: %j", async (code, result) => {
  const exchange = await run(code);
  expect(exchange).toMatchObject({ result, stdout: "", reply: { status: "ok" } });
  expect(readdirSync(folder)).not.toContain("made-by-comment");
});

test("%magics lists every magic with what it does", async () => {
  const { stdout } = await run("%magics");
  for (const usage of ["%time", "%%time", "%who", "%reset", "%cd", "%env", "%npm install", "!COMMAND"]) {
    expect(stdout).toContain(usage);
  }
  for (const usage of ["%%bash", "%load", "%magics"]) expect(stdout).toContain(usage);
});

test("%time shows the value and the time of an expression, and keeps what a statement declares", async () => {
  const timed = await run("%time await Promise.resolve(6) * 7");
  expect(timed.result).toBe("42");
  expect(timed.stdout).toMatch(/^CPU times: user .*, sys .*, total .*\nWall time: .* (µs|ms|s)\n$/);
  const statement = await run("%time const kept = [1, 2]\nkept.length");
  expect(statement.result).toBe("2");
  expect(statement.stdout).toContain("Wall time");
});

test("%%time times the whole cell, also one that fails, and leaves its lines where they are", async () => {
  const { stdout, result } = await run("%%time\nlet total = 0\nfor (const n of [1, 2, 3]) total += n\ntotal");
  expect(result).toBe("6");
  expect(stdout).toContain("Wall time");
  const failed = await run("%%time\nconst a = 1\nthrow new Error('late')");
  expect(stripVTControlCharacters(failed.reply.traceback.join("\n"))).toMatch(/cell\[\d+\]:3:7/);
  expect(failed.stdout).toContain("Wall time");
  expect(await errorOf("%time (null as any).x")).toMatch(/> 1 \| %time \(null as any\)\.x\n +\| {21}\^/);
});

test("no name that a cell declares stands in a magic's way", async () => {
  await run("const require = 1, magic = 2, exports = 3");
  expect((await run("%time 40 + 2")).result).toBe("42");
  await run("%reset");
});

test("a magic stands among TypeScript, in its order", async () => {
  const { stdout } = await run("console.log('before')\n!echo shell\nconsole.log('after')");
  expect(stdout).toBe("before\nshell\nafter\n");
});

test("%who lists the variables with type and value, or those of one type", async () => {
  await run("const aNumber = 4; class Shape {}; const list = ['a']");
  const { stdout } = await run("%who");
  expect(stdout).toMatch(/aNumber +number +4/);
  expect(stdout).toMatch(/Shape +class/);
  expect(stdout).toMatch(/list +Array +\[ 'a' \]/);
  expect(stdout).not.toContain("tsLastExpr");
  expect((await run("%who class")).stdout).not.toContain("aNumber");
});

test("%reset forgets values and types; what its cell declares after it stays", async () => {
  await run("const gone = 1; type Gone = string");
  expect((await run("%reset\nconst fresh = 2")).reply.status).toBe("ok");
  expect((await run("fresh")).result).toBe("2");
  expect(await errorOf("gone")).toContain("Cannot find name 'gone'");
  expect(await errorOf("let t: Gone")).toContain("Cannot find name 'Gone'");
});

test("%cd changes the working folder and goes back, while imports stay with the notebook", async () => {
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "helper.ts"), "export const helped = 'yes'");
  expect((await run("%cd data")).stdout).toBe(`${join(folder, "data")}\n`);
  expect((await run('import { helped } from "./helper"; helped')).result).toBe("'yes'");
  expect((await run("%pwd")).result).toBe(`'${join(folder, "data")}'`);
  expect((await run("%cd -")).stdout).toBe(`${folder}\n`);
  expect(await errorOf("%cd nowhere")).toMatch(/%cd cannot go to .*nowhere: there is no such folder/);
});

test("%env reads and sets variables, for programs too, and a list hides secrets", async () => {
  expect((await run("%env PLAIN")).result).toBe("'plain'");
  await run("%env SET_HERE=a b");
  expect((await run("!echo $SET_HERE")).stdout).toBe("a b\n");
  const { stdout } = await run("%env");
  expect(stdout).toContain("MY_API_TOKEN=<hidden>");
  expect(stdout).not.toContain("do-not-show");
  expect(await errorOf("%env NOT_THERE")).toContain("The environment has no NOT_THERE.");
});

test("!command and %%bash show both streams; one that fails says how", async () => {
  const { stdout, stderr } = await run("%%bash\nfor i in 1 2; do echo $i; done\necho oops >&2");
  expect([stdout, stderr]).toEqual(["1\n2\n", "oops\n"]);
  expect(await errorOf("%%bash\nexit 3")).toBe("MagicError: `exit 3` ended with exit code 3.");
  expect((await run("!printf 'ünï'")).stdout).toBe("ünï");
});

test("an interrupt ends a command with what it has started", async () => {
  const id = await kernel.send("execute_request", { code: "%%bash\nsleep 61 & echo pid $!\nwait" });
  const shown = await kernel.message((each) => each.parentId === id && /pid \d+/.test(each.content.text));
  await kernel.request("interrupt_request", {}, "control");
  expect((await kernel.finished(id)).reply.ename).toBe("KeyboardInterrupt");
  const pid = Number(/pid (\d+)/.exec(shown.content.text)?.[1]);
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  expect((await run("'goes on'")).result).toBe("'goes on'");
});

test("a command that leaves a program behind does not keep the cell", async () => {
  const { reply, stdout } = await run("!sleep 62 & echo $!");
  expect(reply.status).toBe("ok");
  process.kill(Number(stdout.trim()));
});

test("%load puts a file's text into the cell", async () => {
  writeFileSync(join(folder, "snippet.ts"), "const loaded = 1;\n");
  const { reply } = await run("%load snippet.ts");
  expect(reply.payload).toEqual([
    { source: "set_next_input", text: "// %load snippet.ts\nconst loaded = 1;\n", replace: true },
  ]);
  expect(await errorOf("%load missing.ts")).toMatch(/%load cannot read .*missing\.ts: no such file/);
});

test("%npm install brings packages and types that the next cell uses", async () => {
  const source = join(folder, "source", "tiny-package");
  mkdirSync(source, { recursive: true });
  const json = { name: "tiny-package", version: "1.0.0", main: "index.js", types: "index.d.ts" };
  writeFileSync(join(source, "package.json"), JSON.stringify(json));
  writeFileSync(join(source, "index.js"), "exports.tiny = 'installed'");
  writeFileSync(join(source, "index.d.ts"), "export declare const tiny: string");
  writeFileSync(join(folder, "package.json"), "{}");
  const code = 'import { tiny } from "tiny-package"; tiny';
  expect(await errorOf(code)).toContain(
    "Hint: tiny-package is not installed here. Try `%npm install tiny-package`",
  );
  const { reply } = await run("%npm install --offline --no-audit --no-fund ./source/tiny-package");
  expect(reply.evalue).toBeUndefined();
  expect((await run(code)).result).toBe("'installed'");
  expect((await run("tiny.toFixed")).reply.ename).toBe("CompileError");
});

test("a console knows where a magic ends, and completion offers the names", async () => {
  const isComplete = async (code: string) =>
    (await kernel.request("is_complete_request", { code })).reply.status;
  expect(await isComplete("%who")).toBe("complete");
  expect(await isComplete("!ls -la *.ts")).toBe("complete");
  expect(await isComplete("%%bash\necho 1")).toBe("incomplete");
  expect(await isComplete("%%bash\necho 1\n")).toBe("complete");
  const complete = async (code: string) =>
    (await kernel.request("complete_request", { code, cursor_pos: code.length })).reply;
  expect(await complete("1\n%w")).toMatchObject({ matches: ["%who"], cursor_start: 2, cursor_end: 4 });
  expect((await complete("%%")).matches).toEqual(["%%bash", "%%claude", "%%sh", "%%time"]);
  expect((await complete("const who = 1; 5 %who")).matches).not.toContain("%who");
});

test("a cell magic that does not exist is named, with the nearest that does", async () => {
  expect(await errorOf("%%tiem\n1")).toContain("There is no magic %%tiem. Did you mean %%time?");
});
