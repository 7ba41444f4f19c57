import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => join("docs", name)),
];
const read = (page: string): string => readFileSync(join(root, page), "utf8");
const withoutCode = (markdown: string): string =>
  markdown.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");

const known = new Map<string, Set<string>>();

function anchorsOf(page: string): Set<string> {
  if (!known.has(page)) known.set(page, readAnchors(page));
  return known.get(page)!;
}

/** The anchors of a page, as GitHub makes them of headings, and those that stand in it. */
function readAnchors(page: string): Set<string> {
  const markdown = read(page).replace(/^```[\s\S]*?^```$/gm, "");
  const anchors = new Set([...markdown.matchAll(/<a id="([^"]+)"/g)].map((match) => match[1]!));
  const counts = new Map<string, number>();
  for (const [, heading = ""] of markdown.matchAll(/^#{1,6} (.+)$/gm)) {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

/** The addresses that a page links to or shows. */
function linksOf(page: string): string[] {
  const markdown = withoutCode(read(page));
  const inMarkdown = [...markdown.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map((match) => match[1]!);
  const inHtml = [...markdown.matchAll(/\b(?:src|srcset|href)="([^"\s]+)"/g)].map((match) => match[1]!);
  return [...inMarkdown, ...inHtml].filter((link) => !/^[a-z][a-z+.-]*:/i.test(link));
}

test("every link from one page to a page, file or heading of the repository leads somewhere", () => {
  const broken = pages.flatMap((page) =>
    linksOf(page).flatMap((link) => {
      const [path = "", anchor] = link.split("#");
      const target =
        path === "" ? page : relative(root, resolve(root, dirname(page), decodeURIComponent(path)));
      if (!existsSync(join(root, target))) return [`${page}: ${link}`];
      if (anchor === undefined || statSync(join(root, target)).isDirectory() || !target.endsWith(".md"))
        return [];
      return anchorsOf(target).has(anchor) ? [] : [`${page}: ${link} (no such heading)`];
    }),
  );
  expect(broken).toEqual([]);
  expect(pages.length).toBeGreaterThan(30);
});

test("the index names every page", () => {
  const named = linksOf("docs/README.md").map((link) => link.split("#")[0]!);
  const own = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md") && name !== "README.md");
  expect(own.filter((name) => !named.includes(name))).toEqual([]);
});

/** What a block may be written in, and why it is not run as a cell; TypeScript is (test/e2e/docs.test.ts). */
const notCells: Readonly<Record<string, string>> = {
  "": "output, or a cell that is no TypeScript",
  csv: "data",
  diff: "a difference",
  dockerfile: "a recipe, whose lines test/e2e/remote/container.test.ts runs",
  html: "markup",
  json: "data",
  jsonl: "data",
  markdown: "markdown",
  md: "markdown",
  python: "another language, to compare with or to call us from",
  sh: "commands, which the tests of the command line run",
  bash: "commands, which the tests of the command line run",
  text: "output",
  toml: "settings",
  yaml: "settings",
  yml: "settings",
};

test("every block of TypeScript runs in CI or says why it does not; no other language passes for it", () => {
  const odd = pages
    .filter((page) => !page.startsWith(join("docs", "api")))
    .flatMap((page) =>
      // Of an opening and a closing fence, the first.
      [...read(page).matchAll(/^```([^`\n]*)\n[\s\S]*?^```$/gm)].flatMap(([, info = ""]) => {
        const isRun = /^ts *$/.test(info) || /^ts no-run: \S.{9,}$/.test(info);
        return isRun || Object.hasOwn(notCells, info.trim().toLowerCase()) ? [] : [`${page}: \`\`\`${info}`];
      }),
    );
  expect(odd).toEqual([]);
});

test("every file that the pages name by its path is there", () => {
  const paths = pages
    .filter((page) => !/^docs.(api|changelog|decisions)/.test(page))
    .flatMap((page) =>
      [...read(page).matchAll(/`((?:src|renderers|kernel|test|bench|docs|examples)\/[\w./-]+)`/g)]
        .map((match) => match[1]!)
        // Made by commands.
        .filter((path) => !path.startsWith("examples/output/"))
        .filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, `${path}.ts`)))
        .map((path) => `${page}: ${path}`),
    );
  expect(paths).toEqual([]);
});
