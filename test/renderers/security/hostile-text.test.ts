import { describe, expect, test } from "vitest";
import { renderErrorBundle } from "../../../renderers/bundle/render-error-bundle.js";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { createMarkdownStream } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { renderTerminal } from "../../../renderers/terminal/terminal-printer.js";
import { parseHtml } from "../../support/html-page.js";
import { partsWith } from "./places.js";
import { findUnsafe } from "./safe-html.js";
import { ALL_VECTORS as ALL, TEXT_VECTORS } from "./vectors.js";

test("there are at least 200 vectors", () => {
  expect(new Set(ALL).size).toBeGreaterThanOrEqual(200);
});

describe("HTML holds nothing but what is on the allowlist", () => {
  test.each(ALL)("for %j, wherever it stands in a response", (text) => {
    for (const part of partsWith(text)) {
      const html = renderParts([part], { includeStyle: false, response: text })["text/html"] as string;
      expect({ part: part.type, unsafe: findUnsafe(html) }).toEqual({ part: part.type, unsafe: [] });
    }
  });

  test.each(ALL)("for %j as markdown, at every prefix", (text) => {
    expect(findUnsafe(renderMarkdownHtml(text))).toEqual([]);
    const stream = createMarkdownStream();
    for (const char of text) {
      stream.append(char);
      expect(findUnsafe(stream.html())).toEqual([]);
    }
  });

  test("for each of them cut short, wherever it stands: as it streams", () => {
    const step = process.env.SOAK === "1" ? 1 : 12;
    for (const text of ALL) {
      for (let end = 1; end < text.length; end += step) {
        const html = renderParts(partsWith(text.slice(0, end)), { includeStyle: false, response: "r" });
        expect({ text, end, unsafe: findUnsafe(html["text/html"] as string) }).toEqual({
          text,
          end,
          unsafe: [],
        });
      }
    }
  }, 3_600_000);

  test.each(TEXT_VECTORS)("for %j as an error", (text) => {
    const error = Object.assign(new Error(text), { name: text, hints: [text] });
    expect(
      findUnsafe((renderErrorBundle(error)["text/html"] as string).replace(/<style>[\s\S]*?<\/style>/, "")),
    ).toEqual([]);
  });
});

test.each(ALL)("the terminal gets no escape sequence from %j", (text) => {
  expect(renderTerminal(partsWith(text), { color: false, width: 80 })).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/,
  );
});

test.each(ALL)("a notebook with %j in it can be written by Python", (text) => {
  const bundle = renderParts(partsWith(text), { includeStyle: false, response: text });
  expect(JSON.stringify(bundle)).not.toMatch(/(?<!\\)\\ud[89a-f]/i);
});

test("the text of a vector is shown as text, not dropped", () => {
  const html = renderParts([{ id: "1", type: "text", state: "done", text: "<script>alert(1)</script>" }], {
    includeStyle: false,
    response: "r",
  });
  expect(parseHtml(html["text/html"] as string).text).toContain("<script>alert(1)</script>");
});

test("a remote image becomes a link that says so", () => {
  const html = renderMarkdownHtml("![chart](https://tracker.example/p.png?leak=1)");
  expect(html).toBe(
    '<p><a href="https://tracker.example/p.png?leak=1" rel="noopener noreferrer">image: chart</a></p>\n',
  );
});

test("an inline raster image is shown", () => {
  expect(renderMarkdownHtml("![dot](data:image/png;base64,AAAA)")).toContain(
    '<img class="cn-image" src="data:image/png;base64,AAAA" alt="dot"',
  );
});
