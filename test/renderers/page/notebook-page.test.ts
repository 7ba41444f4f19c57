import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { renderMarkdownBundle } from "../../../renderers/bundle/render-markdown-bundle.js";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import type { NotebookDocument, NotebookOutput } from "../../../renderers/page/notebook-document.js";
import { renderNotebookPage } from "../../../renderers/page/render-notebook-page.js";
import { RESPONSE_MIME } from "../../../renderers/response/parts.js";
import { createResponse } from "../../../renderers/response/response.js";
import { loadedUrls, parseHtml } from "../../support/html-page.js";
import { exampleTurn } from "../response/messages.js";
import { findUnsafe } from "../security/safe-html.js";
import { MARKDOWN_VECTORS, TEXT_VECTORS } from "../security/vectors.js";

function codeCell(...outputs: NotebookOutput[]) {
  return { cell_type: "code", source: "1 + 1", execution_count: 1, outputs };
}

function display(data: Record<string, unknown>): NotebookOutput {
  return { output_type: "display_data", data };
}

function page(...cells: NotebookDocument["cells"]): string {
  return renderNotebookPage({ cells, metadata: { language_info: { name: "typescript" } } });
}

/** What the page itself puts around cells, beyond what a response may hold. */
const PAGE_FRAME =
  /^<section>$|^section (?:class="cell (?:words|code|raw)"|id="cell-\d+"|aria-label="Cell \d+")$|^div class="(?:cn source|outputs)"$|^a (?:class="number"|(?:title|aria-label)="Link to cell \d+")$|^h\d id="[^"<>]*"$/;

const MAIN = '<main id="main">';

function responseOutputs(): NotebookOutput[] {
  const response = createResponse({ id: "r" });
  for (const message of exampleTurn(true)) response.apply(message);
  return response.parts.map((part, i) =>
    display({ ...renderParts([part], { includeStyle: i === 0, response: "r" }) }),
  );
}

describe("the page", () => {
  const notebook: NotebookDocument = {
    metadata: { language_info: { name: "typescript" } },
    cells: [
      { cell_type: "markdown", source: ["# Title\n", "\n", "[below](#Second-part)"] },
      codeCell(...responseOutputs()),
      { cell_type: "markdown", source: "## Second part\n\n### Third" },
      codeCell(
        { output_type: "stream", name: "stdout", text: "hi\n" },
        display({ ...renderMarkdownBundle("**bold**") }),
      ),
      { cell_type: "raw", source: "raw <b>" },
    ],
  };
  const html = renderNotebookPage(notebook);
  const parsed = parseHtml(html);

  test("is the same bytes for the same notebook, at most 40 kB with a response in it", () => {
    expect(renderNotebookPage(notebook)).toBe(html);
    expect(Buffer.byteLength(html)).toBeLessThan(40_000);
  });

  test("loads nothing", () => {
    expect(loadedUrls(parsed)).toEqual([]);
    expect(parsed.tags.filter((tag) => ["link", "iframe", "object", "embed", "base"].includes(tag))).toEqual(
      [],
    );
  });

  test("forbids by policy what it does not do, and knows its one script by hash", () => {
    const policy = parsed.attributes.find(({ value }) => value.startsWith("default-src"))!.value;
    const hash = createHash("sha256").update(parsed.scripts.join("")).digest("base64");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
    expect(parsed.scripts.join("").length).toBeLessThan(3072);
  });

  test("has a title, landmarks, cell numbers and contents that lead to their headings", () => {
    expect(html).toContain("<title>Title</title>");
    expect(parsed.tags).toEqual(expect.arrayContaining(["main", "header", "nav"]));
    expect(parsed.text).toContain("[1]");
    const ids = parsed.attributes.filter(({ name }) => name === "id").map(({ value }) => value);
    const links = parsed.attributes.filter(({ name, value }) => name === "href" && value.startsWith("#"));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { value } of links) expect(ids).toContain(decodeURIComponent(value.slice(1)));
    expect(links.length).toBeGreaterThanOrEqual(4);
  });

  test("has its style once, however many outputs a response has", () => {
    expect(parsed.tags.filter((tag) => tag === "style")).toHaveLength(1);
  });

  test("highlights code cells in the notebook's language", () => {
    expect(html).toContain('<span class="mi">1</span>');
  });

  test("has no contents for a few headings, and a title even without any", () => {
    const small = page({ cell_type: "markdown", source: "text" });
    expect(small).not.toContain("<nav");
    expect(small).toContain("<title>Notebook</title>");
    expect(renderNotebookPage({ cells: [] }, { title: "A <b>" })).toContain("<title>A &lt;b&gt;</title>");
  });
});

describe("outputs", () => {
  test("text of one stream that came in pieces is one text, in colour", () => {
    const stream = (name: string, text: string): NotebookOutput => ({ output_type: "stream", name, text });
    const html = page(
      codeCell(stream("stdout", "\u001b[32ma"), stream("stdout", "b\u001b[0m\n"), stream("stderr", "warn")),
    );
    expect(html).toMatch(/<span class="ansi-green-fg"[^>]*>ab<\/span>/);
    expect(parseHtml(html).text).toContain("stderrwarn");
  });

  test("an error shows its traceback", () => {
    const html = page(
      codeCell({
        output_type: "error",
        ename: "CompileError",
        evalue: "bad",
        traceback: ["\u001b[31mline 1\u001b[0m", "line 2"],
      }),
    );
    expect(parseHtml(html).text).toMatch(/CompileError.*line 1\nline 2/s);
    expect(parseHtml(page(codeCell({ output_type: "error", ename: "E", evalue: "v" }))).text).toContain(
      "E: v",
    );
  });

  test("our panels are drawn from their data, never from stored HTML", () => {
    const stored = renderParts([{ id: "1", type: "text", state: "done", text: "true text" }], {
      includeStyle: true,
      response: "r",
    });
    const html = page(codeCell(display({ ...stored, "text/html": "<p>forged</p>" })));
    expect(html).toContain("true text");
    expect(html).not.toContain("forged");
  });

  test("forged panel data falls back to the next representation", () => {
    const html = page(
      codeCell(display({ [RESPONSE_MIME]: { version: 1, parts: "x" }, "text/plain": "fallback" })),
    );
    expect(html).toContain("fallback");
  });

  test("the richest safe representation wins", () => {
    const data = {
      "image/png": "iVBORw0KGgo=\n",
      "text/html": "<p>html</p>",
      "text/markdown": "*md*",
      "text/plain": "plain",
    };
    expect(page(codeCell(display(data)))).toContain('src="data:image/png;base64,iVBORw0KGgo="');
    expect(page(codeCell(display({ ...data, "image/png": "not base64!" })))).toContain("<p>html</p>");
    expect(
      page(codeCell(display({ "text/html": "<script>chart()</script>", "text/plain": "chart" }))),
    ).toContain(">chart<");
    expect(page(codeCell(display({ "text/markdown": "*md*" })))).toContain("<em>md</em>");
    expect(page(codeCell(display({ "application/json": { a: 1 } })))).toContain('<span class="mi">1</span>');
    expect(page(codeCell(display({ "application/x-strange": "?" })))).toContain("application/x-strange");
  });

  test("an SVG is an image, in which nothing runs", () => {
    const html = page(
      codeCell(display({ "image/svg+xml": ['<svg onload="alert(1)">', "<script>alert(1)</script></svg>"] })),
    );
    expect(html).toContain('src="data:image/svg+xml;base64,');
    expect(parseHtml(html).tags).not.toContain("svg");
  });

  test("a pandas table stays a table", () => {
    const html = page(
      codeCell(display({
        "text/html": ['<div>\n<style scoped>\n.dataframe tbody tr th { vertical-align: top; }\n</style>\n<table border="1" class="dataframe">\n',
          '<thead><tr style="text-align: right;"><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1.5</td></tr></tbody></table>\n</div>'],
      })),
    ); // biome-ignore format: as pandas writes it
    expect(html).toContain('<table class="dataframe">');
    expect(html).toContain('<tr style="text-align:right">');
    expect(html).not.toContain("scoped");
  });

  test("attachments of a markdown cell are images; unknown ones are named", () => {
    const cell = {
      cell_type: "markdown",
      source: "![a](attachment:my%20plot.png) ![b](attachment:none.png)",
      attachments: { "my plot.png": { "image/png": "iVBORw0KGgo=" } },
    };
    const html = page(cell);
    expect(html).toContain('<img class="cn-image" src="data:image/png;base64,iVBORw0KGgo=" alt="a"');
    expect(html).toContain("image: b");
  });

  test("cells of unknown types and outputs of wrong shapes do not stop the page", () => {
    const junk = [
      { output_type: "hologram" },
      { output_type: "display_data" },
      { output_type: "stream" },
      { output_type: "error" },
      display({ "text/plain": { a: 1 } }),
    ];
    expect(() =>
      page({ cell_type: "mystery", source: "x" }, codeCell(...junk), {
        cell_type: "markdown",
        source: 5 as unknown as string,
      }),
    ).not.toThrow();
  });
});

describe("hostile notebooks", () => {
  const forms = ["<form action=x><input><button>x</button></form>", '<a href="javascript:alert(1)">x</a>', '<img src="http://e.example/x.png">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">', '<p style="background:url(http://e.example)">x</p>', '<div style="position:fixed;inset:0">x</div>',
    '<p style="color:red;background-image:url(x)">x</p>', '<p id="x" class="cn-panel" data-x="1">x</p>', '<video src="http://e.example"></video>',
    '<input autofocus onfocus=alert(1)>', '<a href="//e.example">x</a>', '<table background="http://e.example"><tr><td>x</td></tr></table>', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<p style="width:expression(alert(1))">x</p>', '<a target=_blank href="https://e.example" onclick=alert(1)>x</a>']; // biome-ignore format: a list

  test.each([...TEXT_VECTORS, ...MARKDOWN_VECTORS, ...forms])(
    "%j in HTML outputs, texts, titles and headings",
    (text) => {
      const html = renderNotebookPage(
      { cells: [
        { cell_type: "markdown", source: `# ${text}\n\n## b\n\n### c\n\n${text}` },
        { cell_type: "code", source: text, outputs: [display({ "text/html": text })] },
        codeCell({ output_type: "stream", name: text, text }),
        codeCell({ output_type: "error", ename: text, evalue: text, traceback: [text] }),
        codeCell(display({ "text/markdown": text })),
        codeCell(display({ [text]: text })),
        codeCell(display({ "application/json": { [text]: text } })),
      ], metadata: { title: text, language_info: { name: text } } },
      { lang: text },
    ); // biome-ignore format: one line a place
      const parsed = parseHtml(html);
      expect(loadedUrls(parsed)).toEqual([]);
      expect(parsed.tags.filter((tag) => ["script", "style", "meta"].includes(tag))).toHaveLength(8);
      const body = html.slice(html.indexOf(MAIN) + MAIN.length, html.indexOf("</main>"));
      expect(findUnsafe(body).filter((found) => !PAGE_FRAME.test(found))).toEqual([]);
    },
  );
});

describe("a cell or an output that cannot be drawn", () => {
  const deep = (): unknown => {
    let value: unknown = 0;
    for (let level = 0; level < 50_000; level++) value = [value];
    return value;
  };

  test("costs neither the page nor its other forms: the next one is shown, with a note", () => {
    const html = page(
      codeCell(display({ "application/json": deep(), "text/plain": "the plain form" })),
      codeCell(display({ "text/plain": "the next cell" })),
    );
    const { text } = parseHtml(html);
    expect(text).toMatch(/application\/json of this output cannot be drawn/);
    expect(text).toContain("the plain form");
    expect(text).toContain("the next cell");
  });

  test("one line of 30 MB is cut and the page stays small", () => {
    const html = page(codeCell({ output_type: "stream", name: "stdout", text: "x".repeat(30_000_000) }));
    expect(html.length).toBeLessThan(100_000);
    expect(parseHtml(html).text).toMatch(/29,995,000 more characters/);
  });
});

test("a notebook without a title or a heading is called by its name", () => {
  const notebook = { cells: [codeCell()], metadata: {} };
  expect(renderNotebookPage(notebook, { name: "sales <2026>" })).toContain(
    "<title>sales &lt;2026&gt;</title>",
  );
});
