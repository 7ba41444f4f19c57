import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeIncident } from "../../examples/data/incident/make-incident.js";
import { cacheRoot } from "../support/cached-folder.js";
import { launchChromium } from "../support/chromium.js";
import { loadedUrls, parseHtml } from "../support/html-page.js";
import { ensureNotebookPackages } from "../support/npm-packages.js";
import { type CliRun, runCli } from "../support/run-cli.js";
import { sayInstead } from "../support/say-instead.js";
import { shownCells } from "../support/shown-cells.js";
import { tempFolder } from "../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../..");

/** Pictures for docs/examples.md; `UPDATE_SCREENSHOTS=1` takes them again. */
const imageFolder = process.env.UPDATE_SCREENSHOTS ? join(root, "docs", "images") : cacheRoot;

/** Most that a picture of the gallery may weigh, in bytes: the repository keeps each version of it. */
const MAX_PICTURE_BYTES = 120_000;

interface Example {
  readonly name: string;
  /** What its cells show: results, and what was checked. */
  readonly shows: readonly RegExp[];
  /** A text in the code of the cell whose outputs are the picture. */
  readonly picture: string;
}

const examples: readonly Example[] = [
  {
    name: "welcome",
    shows: [/3 rows|name: 'Bergen'/, /Four|1\. \*?\*?Compute/, /rain jacket/, /fish soup/, /from the shell/],
    picture: "What can I do in this notebook?",
  },
  {
    name: "code_review",
    shows: [
      /✓ proven.*line 18.*high/,
      /✗ refuted.*line 20/,
      /free = Math\.max\(free, end\)/,
      /4 proven and mended/,
    ],
    picture: "function tryOut",
  },
  {
    name: "test_generation",
    shows: [/caughtBy: 'nobody'/, /a weight of exactly 2 kg/, /all 7 mistakes are caught/],
    picture: "lastHunt",
  },
  {
    name: "docs_generation",
    shows: [/agrees: false/, /format\(90061\) \/\/ "1d 1h"/, /6 examples on 3 functions/],
    picture: "const section",
  },
  {
    name: "multi_agent",
    shows: [
      /60 of 300 requests failed, from 14:11 to 14:30/,
      /The better case/,
      /All 6 pieces of evidence hold/,
    ],
    picture: "conclusion.evidence.map",
  },
  {
    name: "conversation_chains",
    shows: [
      /6 of 6 steps/,
      /round 2 of at most 3/,
      /Kopfsteinpflaster/,
      /after 2 rounds, in three languages/,
    ],
    picture: "display_chain(",
  },
  {
    name: "typed_answers",
    shows: [/must match pattern/, /5 mails to answer, 2 for refunds of 348\.70/, /Result: 5 drafts/],
    picture: "const open",
  },
];

/** The pages of docs/examples; `UPDATE_PAGES=1` writes them again. */
const pagesFolder = join(root, "docs", "examples");

/** Holds a folder for each example, and is the stranger's home: so exports shorten its path to `~`. */
const home = tempFolder("examples");

/** The notebooks of all examples, run. */
const runs = join(home, "runs");

/** A run without claude, account and network. */
const inFolder = (folder: string, ...args: string[]): Promise<CliRun> =>
  runCli(args, { home, cwd: folder, env: { CLAUDE_NOTEBOOK_MODE: "replay" } });

async function succeeds(folder: string, ...args: string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await inFolder(folder, ...args);
  expect(exitCode, stdout + stderr).toBe(0);
}

/** @param name of an example, or of another folder */
function emptyFolder(name: string): string {
  const folder = join(home, name);
  mkdirSync(folder);
  return folder;
}

/** What a stranger does in an empty folder: writes the notebook, and runs it from its recordings. */
async function goThrough(name: string, packages?: string): Promise<string> {
  const folder = emptyFolder(name);
  if (packages) symlinkSync(packages, join(folder, "node_modules"));
  await succeeds(folder, "new", "-t", name);
  await succeeds(folder, "run", `${name}.ipynb`, "-o", "out.ipynb");
  cpSync(join(folder, "out.ipynb"), join(runs, `${name}.ipynb`));
  return folder;
}

let browser: Browser;
beforeAll(async () => {
  mkdirSync(runs);
  browser = await launchChromium();
});
afterAll(() => browser?.close());

describe.each(examples)("$name", ({ name, shows, picture }) => {
  let folder: string;
  let html: string;
  beforeAll(async () => {
    folder = await goThrough(name);
    await succeeds(folder, "export", "out.ipynb", "-o", "page.html");
    html = readFileSync(join(folder, "page.html"), "utf8");
    cpSync(join(folder, "page.html"), join(root, "examples", "output", `${name}.html`));
  });

  test("runs right after `new` in an empty folder, without claude, account or network, and shows its result", () => {
    const shown = shownCells(join(folder, "out.ipynb")).join("\n");
    for (const pattern of shows) expect(shown).toMatch(pattern);
  });

  test("has a title, says that its answers were written, and ends with how to go on", () => {
    const { cells } = JSON.parse(readFileSync(join(folder, `${name}.ipynb`), "utf8"));
    const texts: string[] = cells.map(({ source }: { source: string[] }) => source.join(""));
    expect(texts[0]).toMatch(/^# /);
    expect(texts[0]).toMatch(/scripted|a person wrote/);
    expect(texts.at(-1)).toMatch(/^## (Go on|Where to go from here)/);
  });

  test("replays nothing that no longer fits, and prints no warning", () => {
    const { cells } = JSON.parse(readFileSync(join(folder, "out.ipynb"), "utf8"));
    const errors = cells.flatMap(({ outputs = [] }: { outputs?: { name?: string; text?: unknown }[] }) =>
      outputs.filter((output) => output.name === "stderr"),
    );
    expect(errors).toEqual([]);
    expect(html).not.toContain("has changed since this was recorded");
  });

  test.each(["light", "dark"] as const)(
    "its exported page opens %s with no request and no console error",
    async (colorScheme) => {
      expect(loadedUrls(parseHtml(html))).toEqual([]);
      const context = await browser.newContext({ viewport: { width: 860, height: 900 }, colorScheme });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => void (message.type() !== "log" && complaints.push(message.text())));
      page.on("pageerror", (error) => void complaints.push(String(error)));
      page.on("request", (request) => {
        if (!/^(data|file):/.test(request.url())) complaints.push(request.url());
      });
      await page.goto(pathToFileURL(join(folder, "page.html")).href);
      const cell = page.locator("section.cell.code").filter({ hasText: picture }).first();
      const shot = await cell
        .locator(".outputs")
        .screenshot({ style: ".outputs { padding: 14px !important; margin-top: 10px !important }" });
      await context.close();
      expect(complaints).toEqual([]);
      expect(shot.byteLength).toBeGreaterThan(5_000);
      expect(shot.byteLength).toBeLessThan(MAX_PICTURE_BYTES);
      writeFileSync(join(imageFolder, `example-${name.replaceAll("_", "-")}-${colorScheme}.png`), shot);
    },
  );
});

test("the template notebook_markdown_demo runs right after `new`, too", async () => {
  await goThrough("notebook_markdown_demo");
});

test("so does the template data_analysis_agent, with the packages it imports", async () => {
  await goThrough("data_analysis_agent", join(await ensureNotebookPackages(), "node_modules"));
});

test("docs/examples has each example as it runs and exports now, and an index of them", async () => {
  await succeeds(home, "export", "runs", "-o", "pages");
  const exported = pagesIn(join(home, "pages"));
  expect(exported.size).toBe(examples.length + 3);
  if (process.env.UPDATE_PAGES) {
    rmSync(pagesFolder, { recursive: true, force: true });
    mkdirSync(pagesFolder);
    for (const [name, html] of exported) writeFileSync(join(pagesFolder, name), html);
  }
  const kept = pagesIn(pagesFolder);
  expect([...kept.keys()]).toEqual([...exported.keys()]);
  for (const [name, html] of kept)
    expect(withoutTimes(html), `${name}: UPDATE_PAGES=1 writes it`).toBe(withoutTimes(exported.get(name)!));
});

/** Agents and chains tell how long they took also when their turns are replayed. */
const withoutTimes = (html: string): string => html.replace(/(?: · )?\b\d+(?:\.\d+)? (?:ms|s)\b/g, "");

/** The pages of a folder by name, without the letters that `mkdtemp` makes up. */
function pagesIn(folder: string): Map<string, string> {
  const names = readdirSync(folder).sort();
  return new Map(
    names.map((name) => {
      const html = readFileSync(join(folder, name), "utf8");
      return [name, html.replace(/(\/tmp\/[a-z]+-)\w{6}\b/g, "$1XXXXXX")];
    }),
  );
}

test.each([
  {
    name: "code_review",
    wrong: "a correction that leaves a bug",
    before: "Math.max(free, end)",
    after: "end",
    message: "A call still comes out wrong",
  },
  {
    name: "test_generation",
    wrong: "a test that looks at nothing",
    before: "assert.equal(price({ side: 20, weight: 2 }), 399);",
    after: "assert.ok(price);",
    message: "One is not caught",
  },
  {
    name: "docs_generation",
    wrong: "an example that still does not compile",
    before: 'total([\\"50m\\", \\"20m\\"])',
    after: 'total(\\"50m\\")',
    message: "not assignable",
  },
  {
    name: "multi_agent",
    wrong: "evidence that the logs do not have",
    before: '"lines":32',
    after: '"lines":31',
    message: "The logs say something else",
  },
  {
    name: "conversation_chains",
    wrong: "a translation with another figure",
    before: "0,8 seconde",
    after: "0,9 seconde",
    message: "A figure was lost",
  },
  {
    name: "typed_answers",
    wrong: "a quote that is not in the mail",
    before: '"quote":"Where is it?"',
    after: '"quote":"Send it now"',
    message: 'Mail 2 does not say "Send it now"',
  },
])("$name fails for $wrong, and says so", async ({ name, before, after, message }) => {
  const folder = emptyFolder(`wrong-${name}`);
  await inFolder(folder, "new", "-t", name);
  sayInstead(folder, before, after);
  const { exitCode, stderr } = await inFolder(folder, "run", `${name}.ipynb`, "-o", "out.ipynb");
  expect(exitCode, stderr).toBe(1);
  const { cells } = JSON.parse(readFileSync(join(folder, "out.ipynb"), "utf8"));
  const errors = cells.flatMap(({ outputs = [] }: { outputs?: { evalue?: string }[] }) =>
    outputs.flatMap(({ evalue = [] }) => evalue),
  );
  expect(errors.at(-1)).toContain(message);
});

test("the logs of the incident are those that the script beside them makes", () => {
  for (const [name, content] of Object.entries(makeIncident()))
    expect(readFileSync(join(root, "examples", "data", "incident", name), "utf8")).toBe(content);
});

test("the gallery of docs/ shows each example, with its picture and its page", () => {
  const page = readFileSync(join(root, "docs", "examples.md"), "utf8");
  for (const { name } of examples) {
    expect(page).toContain(`../examples/${name}.ipynb`);
    expect(page).toContain(`(examples/${name}.html)`);
    expect(page).toContain(`images/example-${name.replaceAll("_", "-")}-light.png`);
  }
});
