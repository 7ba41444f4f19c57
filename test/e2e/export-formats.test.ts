import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { execa } from "execa";
import type { Browser } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seriousFindings } from "../support/axe.js";
import { browserEnv, launchChromium } from "../support/chromium.js";
import { copyDemo, DEMO_NAME } from "../support/demo-notebook.js";
import { runCli, strangerEnv } from "../support/run-cli.js";
import { tempFolder } from "../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../..");
const compiler = join(root, "node_modules/typescript/bin/tsc");

/** A folder of notebooks with their recordings, in which the package, zod and Node's types are installed. */
function projectFolder(): string {
  const folder = tempFolder();
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules/claude-notebook"));
  for (const name of ["zod", "@types/node"])
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  cpSync(join(root, "examples/recordings"), join(folder, "recordings"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    types: ["node"],
    noEmit: true,
    // As in cells.
    strict: false,
    skipLibCheck: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  return folder;
}

/** Runs a script as a program, from recordings alone. Node 20 does not strip types, so esbuild does. */
async function runScript(
  folder: string,
  name: string,
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const { code } = await transform(readFileSync(join(folder, `${name}.ts`), "utf8"), {
    loader: "ts",
    format: "esm",
  });
  writeFileSync(join(folder, `${name}.mjs`), code);
  const run = await execa(process.execPath, [`${name}.mjs`], {
    cwd: folder,
    env: strangerEnv(folder, { CLAUDE_NOTEBOOK_MODE: "replay" }),
    extendEnv: false,
    reject: false,
    timeout: 120_000,
  });
  return { exitCode: run.exitCode ?? -1, stdout: run.stdout, stderr: run.stderr };
}

describe("scripts", () => {
  /** What each prints when it has come to its end. */
  const examples: readonly (readonly [name: string, printed: string])[] = [
    [DEMO_NAME, "The rate is `returns / orders`"],
    ["tools", "after: koobeton"],
    ["templates", "TemplateVariablesError"],
    ["conversations", "true false"],
    ["chains", "published"],
    ["agents", "Not yet: an empty list throws"],
    ["server", "claude_queries_total"],
  ];
  let folder: string;
  beforeAll(async () => {
    folder = projectFolder();
    for (const [name] of examples)
      cpSync(join(root, "examples", `${name}.ipynb`), join(folder, `${name}.ipynb`));
    const exported = await runCli(["export", "--to", "script", "."], { home: folder, cwd: folder });
    expect(exported).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("of all examples pass the checker, as their cells do", async () => {
    const { stdout } = await execa(process.execPath, [compiler, "-p", folder], { reject: false });
    expect(stdout).toBe("");
  });

  test.each(examples)("%s runs to its end with the real package", async (name, printed) => {
    const { exitCode, stdout, stderr } = await runScript(folder, name);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain(printed);
  });

  test("a notebook of tslab's and one that declares its names again run too", async () => {
    const own = projectFolder();
    cpSync(join(root, "examples/tslab/async.ipynb"), join(own, "async.ipynb"));
    const sources = [
      "const answer: number = 1;\nfunction twice(x: number) { return 2 * x; }\ntwice(answer)",
      "const answer = 'forty';\nclass Box { constructor(readonly value: string) {} }\nnew Box(answer).value",
      "function twice(x: string): string { return x === '' ? '' : x + twice(''); }\ntwice(answer)",
      "class Box<T> { constructor(readonly value: T) {} }\nlet box: Box<string> = new Box(answer);\n({ answer, box })",
      "import { join } from 'node:path';\njoin('a', answer)",
      "import { join } from 'node:path';\n%time join(answer, 'z')",
    ];
    const cells = sources.map((source) => ({
      cell_type: "code",
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    }));
    writeFileSync(
      join(own, "again.ipynb"),
      JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
    );
    await runCli(["export", "--to", "script", "."], { home: own, cwd: own });
    const checked = await execa(process.execPath, [compiler, "-p", own], { reject: false });
    expect(checked.stdout).toBe("");
    const again = await runScript(own, "again");
    expect(again).toMatchObject({ exitCode: 0, stderr: "" });
    expect(again.stdout).toBe(
      "2\n'forty'\n'forty'\n{ answer: 'forty', box: Box_2 { value: 'forty' } }\n'a/forty'\n'forty/z'",
    );
    expect(await runScript(own, "async")).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("PDFs", () => {
  test("hold all that the page says, also what is folded there, and bookmarks of its headings", async () => {
    const folder = tempFolder();
    const notebook = copyDemo(folder);
    const exported = await runCli(["export", "--to", "pdf", "--execute", notebook], {
      home: folder,
      env: await browserEnv(tempFolder()),
    });
    expect(exported).toMatchObject({ exitCode: 0, stdout: `${join(folder, `${DEMO_NAME}.pdf`)}` });
    const pdf = await getDocumentProxy(new Uint8Array(readFileSync(join(folder, `${DEMO_NAME}.pdf`))));
    const { text } = await extractText(pdf, { mergePages: true });
    const words = text.replace(/\s+/g, "");
    for (const said of [
      "Claude in a TypeScript notebook",
      "returns.filter((item) => byId.has(item.orderId))",
      // Claude's thinking, folded in the page.
      "A table of the trade-offs first, then the code, shortest first.",
      "Type 'string' is not assignable to type 'number'",
      "replayed from recording",
    ])
      expect(words).toContain(said.replace(/\s+/g, ""));
    expect(words).not.toMatch(/CopyCopy/);
    const outline = JSON.stringify(await pdf.getOutline(), ["title", "items"]);
    for (const heading of ["Claude in a TypeScript notebook", "Let Claude work"])
      expect(outline).toContain(heading);
  });
});

describe("an index", () => {
  let browser: Browser;
  let site: string;
  beforeAll(async () => {
    const folder = tempFolder();
    site = join(folder, "site");
    const examples = ["tools", "templates", "display"].map((name) => join(root, "examples", `${name}.ipynb`));
    const exported = await runCli(["export", ...examples, "-o", site, "--title", "Examples"], {
      home: folder,
    });
    expect(exported).toMatchObject({ exitCode: 0, stderr: "" });
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function openIndex(javaScriptEnabled: boolean) {
    const context = await browser.newContext({ javaScriptEnabled, offline: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => void complaints.push(message.text()));
    page.on("pageerror", (error) => void complaints.push(String(error)));
    page.on(
      "request",
      (request) => void (request.url().startsWith("file:") || complaints.push(request.url())),
    );
    await page.goto(pathToFileURL(join(site, "index.html")).href);
    return { page, complaints, close: () => context.close() };
  }

  test("finds pages by any words that stand in them, and shows where", async () => {
    const { page, complaints, close } = await openIndex(true);
    const shown = page.locator("main > ol > li:visible");
    expect(await shown.count()).toBe(3);
    await page.getByRole("searchbox").fill("operation OPENAPI");
    expect(await shown.count()).toBe(1);
    expect(await shown.locator("a").textContent()).toBe("Tools");
    expect(await shown.locator("mark").textContent()).toMatch(/operation/i);
    expect(await page.getByRole("status").textContent()).toBe("1 of 3 pages");
    await page.getByRole("searchbox").fill("nowhere-to-be-found");
    expect(await shown.count()).toBe(0);
    await page.getByRole("searchbox").fill("");
    expect(await shown.count()).toBe(3);
    await shown.locator("a", { hasText: "Tools" }).click();
    expect(await page.title()).toBe("Tools");
    await close();
    expect(complaints).toEqual([]);
  });

  test.each(["light", "dark"] as const)("keeps nobody out, in %s", async (colorScheme) => {
    const context = await browser.newContext({ colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(site, "index.html")).href);
    await page.getByRole("searchbox").fill("tools");
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });

  test("is a list of links without JavaScript", async () => {
    const { page, complaints, close } = await openIndex(false);
    expect(await page.locator("main > ol > li > a").allTextContents()).toHaveLength(3);
    expect(await page.getByRole("searchbox").isVisible()).toBe(false);
    await page.locator("a", { hasText: "Templates" }).click();
    expect(await page.title()).toBe("Templates");
    await close();
    expect(complaints).toEqual([]);
  });
});

test("the commands of the page on formats run as they stand there", async () => {
  const folder = projectFolder();
  mkdirSync(join(folder, "reports"));
  cpSync(join(root, "examples/display.ipynb"), join(folder, "reports/display.ipynb"));
  cpSync(join(root, "examples/tools.ipynb"), join(folder, "analysis.ipynb"));
  writeFileSync(
    join(folder, "talk.jsonl"),
    JSON.stringify({ type: "user", message: { role: "user", content: "Hello?" } }),
  );
  const env = await browserEnv(tempFolder());
  const page = readFileSync(join(root, "docs/export-formats.md"), "utf8");
  const commands = [...page.matchAll(/^npx claude-notebook (.+)$/gm)].map((match) => match[1]!);
  expect(commands.length).toBeGreaterThan(3);
  for (const command of commands) {
    const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);
    const run = await runCli(args, {
      home: folder,
      cwd: folder,
      env,
    });
    expect({ command, ...run }).toMatchObject({ exitCode: 0 });
  }
  expect(readFileSync(join(folder, "site/index.html"), "utf8")).toContain("Our analyses");
});
