import { expect, test } from "vitest";
import { renderNotebookPage } from "../../../renderers/page/render-notebook-page.js";
import { parseHtml } from "../../support/html-page.js";

const textOf = (data: Record<string, unknown>): string => {
  const outputs = [{ output_type: "display_data", data }];
  return parseHtml(renderNotebookPage({ cells: [{ cell_type: "code", source: "", outputs }] })).text;
};

test.each<[string, Record<string, unknown>, RegExp]>([
  ["an unknown type", { "application/x-strange": "strange data" }, /application\/x-strange, which this page cannot show[\s\S]*strange data/],
  ["an unknown type beside its text", { "application/x-strange": "?", "text/plain": "plain" }, /x-strange[\s\S]*plain/],
  ["Plotly without a picture", { "application/vnd.plotly.v1+json": {}, "text/html": "<div><script>p()</script></div>", "text/plain": "Figure" }, /HTML that needs its script[\s\S]*Plotly chart[\s\S]*Figure/],
  ["Vega without its SVG", { "application/vnd.vegalite.v5+json": {}, "text/plain": "a chart" }, /Vega chart[\s\S]*a chart/],
  ["a widget", { "application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider()" }, /widget[\s\S]*IntSlider/],
  ["a script", { "application/javascript": "alert(1)" }, /a script, which does not run here/],
  ["a PDF", { "application/pdf": "JVBERi0=" }, /a PDF, which this page does not hold/],
  ["LaTeX that is no formula", { "text/latex": "\\begin{tabular}{l}x\\end{tabular}", "text/plain": "a table" }, /a table/],
])("%s is noted, and what can be shown of it is", (_what, data, words) => {
  expect(textOf(data)).toMatch(words);
}); // biome-ignore format: a case a line

test("a chart with its SVG is a picture without a note", () => {
  const text = textOf({
    "application/vnd.vegalite.v5+json": {},
    "image/svg+xml": "<svg></svg>",
    "text/plain": "a chart",
  });
  expect(text).not.toMatch(/Vega|a chart/);
});

test.each(["$x^2$", "$$x^2$$", "\\[x^2\\]", "\\begin{align}x &= 1\\end{align}"])(
  "LaTeX %s is MathML",
  (latex) => {
    const outputs = [{ output_type: "display_data", data: { "text/latex": latex, "text/plain": "plain" } }];
    const { tags, text } = parseHtml(
      renderNotebookPage({ cells: [{ cell_type: "code", source: "", outputs }] }),
    );
    expect(tags).toContain("math");
    expect(text).not.toContain("plain");
  },
);

test("HTML and pictures beyond what a page can hold are noted with their size", () => {
  expect(textOf({ "text/html": "<p>x</p>".repeat(600_000), "text/plain": "short" })).toMatch(
    /text\/html of 4,800,000 characters is not shown: the most is 4,000,000[\s\S]*short/,
  );
  expect(textOf({ "image/png": "A".repeat(9_000_000), "text/plain": "short" })).toMatch(
    /image\/png of 9,000,000 characters is not shown[\s\S]*short/,
  );
});

test("200 MB of text costs a hundred kilobytes of page, and the page says what was cut", () => {
  const text = "0123456789abcde\n".repeat(12_500_000);
  const outputs = [{ output_type: "stream", name: "stdout", text }];
  const html = renderNotebookPage({ cells: [{ cell_type: "code", source: "", outputs }] });
  expect(html.length).toBeLessThan(200_000);
  expect(parseHtml(html).text).toContain("199,899,999 more characters are not shown");
});
