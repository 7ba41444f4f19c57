import { describe, expect, test } from "vitest";
import { renderNotebookPage } from "../../../renderers/page/render-notebook-page.js";
import { everythingNotebook } from "../../support/everything-notebook.js";
import { loadedUrls, parseHtml } from "../../support/html-page.js";

const idsOf = (html: string): string[] =>
  parseHtml(html)
    .attributes.filter(({ name }) => name === "id")
    .map(({ value }) => value);

const code = (id: string, source: string, html?: string) => ({
  cell_type: "code",
  id,
  source,
  metadata: {},
  outputs: html === undefined ? [] : [{ output_type: "display_data", data: { "text/html": html } }],
});

describe("permalinks", () => {
  const html = renderNotebookPage(everythingNotebook);

  test("each id stands once, and each link of the page leads to one", () => {
    const ids = idsOf(html);
    expect(new Set(ids).size).toBe(ids.length);
    const links = parseHtml(html).attributes.filter(
      ({ name, value }) => name === "href" && value.startsWith("#"),
    );
    expect(links.length).toBeGreaterThan(20);
    for (const { value } of links) expect(ids).toContain(decodeURIComponent(value.slice(1)));
  });

  test("each panel that opens has one", () => {
    expect(html.match(/<details class="cn-panel/g)!.length).toBeGreaterThan(2);
    expect(html.match(/<details class="cn-panel[^>]* id="/g)!.length).toBe(
      html.match(/<details class="cn-panel/g)!.length,
    );
  });

  test("a cell keeps its id when another comes before it", () => {
    const before = renderNotebookPage({ cells: [code("ab12", "1")] });
    const after = renderNotebookPage({ cells: [code("new", "0"), code("ab12", "1")] });
    expect(idsOf(before)).toContain("cell-ab12");
    expect(idsOf(after)).toContain("cell-ab12");
  });

  test("ids that are no ids, that come twice, or that the page needs itself, do no harm", () => {
    const ids = idsOf(
      renderNotebookPage({
        cells: [
          code('"><b>', "1"),
          code("a", "2"),
          code("a", "3"),
          { cell_type: "markdown", source: "# main\n\n# cell-a" },
        ],
      }),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(["main", "cell-1", "cell-a", "cell-a-2", "main-2", "cell-a-3"]),
    );
  });
});

describe("fold", () => {
  test("puts the outputs of each cell behind a fold; those of a cell that failed are open, and nothing is lost", () => {
    const plain = renderNotebookPage(everythingNotebook);
    const folded = renderNotebookPage(everythingNotebook, { fold: true });
    expect(folded.match(/<details class="fold" open>/g)).toHaveLength(1);
    expect(folded.match(/<details class="fold">/g)!.length).toBeGreaterThan(10);
    const labels = /<summary>(?:Output|\d+ outputs)<\/summary>/g;
    const words = (html: string): string => parseHtml(html.replace(labels, "")).text.replace(/\s+/g, "");
    expect(words(folded)).toBe(words(plain));
  });
});

describe("hideCode", () => {
  test("leaves out the code of cells, not that of answers and words", () => {
    const html = renderNotebookPage(everythingNotebook, { hideCode: true });
    const { text } = parseHtml(html);
    expect(text).not.toContain("console.log(long)");
    expect(text).toContain("inWords");
    expect(text).toContain("line 39");
  });
});

describe("source", () => {
  test("is in the page as it was given, and the page still loads nothing", () => {
    const source = {
      name: 'a "b".ipynb',
      mediaType: "application/x-ipynb+json",
      text: '{"ü": "</script>"}\n',
    };
    const page = parseHtml(renderNotebookPage({ cells: [] }, { source }));
    const link = page.attributes.find(({ name, value }) => name === "href" && value.startsWith("data:"))!;
    const [head, data] = link.value.split(",");
    expect(head).toBe("data:application/x-ipynb+json;base64");
    expect(Buffer.from(data!, "base64").toString()).toBe(source.text);
    expect(page.attributes).toContainEqual({ tag: "a", name: "download", value: 'a "b".ipynb' });
    expect(loadedUrls(page)).toEqual([]);
  });
});

describe("trust", () => {
  const cells = [
    code("a", "chart()", '<div id="c"></div><script>draw()</script><img src="https://e.example/x.png">'),
  ];
  const policyOf = (html: string): string =>
    parseHtml(html).attributes.find(({ value }) => value.startsWith("default-src"))!.value;

  test("takes the HTML of outputs as it is; the policy lets scripts run and still nothing load", () => {
    const html = renderNotebookPage({ cells }, { trust: true });
    expect(html).toContain('<div id="c"></div><script>draw()</script>');
    expect(policyOf(html)).toMatch(/^default-src 'none';.*script-src 'unsafe-inline'/);
    expect(policyOf(html)).toContain("webrtc 'block'");
    expect(policyOf(html)).not.toMatch(/https?:|\*/);
  });

  test("shows the HTML rather than the picture beside it, and our own panels from their data all the same", () => {
    const both = {
      output_type: "display_data",
      data: { "image/png": "iVBORw0KGgo=", "text/html": "<b>live</b>" },
    };
    const cell = { cell_type: "code", source: "", outputs: [both] };
    expect(renderNotebookPage({ cells: [cell] }, { trust: true })).toContain("<b>live</b>");
    expect(renderNotebookPage({ cells: [cell] })).not.toContain("<b>live</b>");
  });

  test("is off by default: no script of an output is in the page", () => {
    const html = renderNotebookPage({ cells });
    expect(html).not.toContain("draw()");
    expect(policyOf(html)).not.toContain("unsafe-inline' 'unsafe-eval");
  });
});
