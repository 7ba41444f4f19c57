import { describe, expect, test } from "vitest";
import { renderErrorBundle } from "../../../renderers/bundle/render-error-bundle.js";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { createMarkdownStream } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import type { Part, ToolPart } from "../../../renderers/response/parts.js";
import { renderTerminal } from "../../../renderers/terminal/terminal-printer.js";
import { parseHtml } from "../../support/html-page.js";
import { findUnsafe } from "./safe-html.js";
import { MARKDOWN_VECTORS, TEXT_VECTORS } from "./vectors.js";

const ALL = [...TEXT_VECTORS, ...MARKDOWN_VECTORS];

function tool(
  name: string,
  input: unknown,
  content: unknown,
  structured?: unknown,
  isError = false,
): ToolPart {
  return {
    id: "t",
    type: "tool",
    state: isError ? "failed" : "done",
    name,
    input,
    result: { content, structured, isError },
    children: [],
  };
}

/** Every place in a response where a model or a tool puts text. */
function partsWith(text: string): Part[] {
  const patch = [{ oldStart: 1, newStart: 1, lines: [` ${text}`, `-${text}`, `+${text}!`] }];
  const image = { type: "image", source: { type: "base64", media_type: text, data: text } };
  return [
    { id: "1", type: "text", state: "done", text },
    { id: "2", type: "text", state: "streaming", text },
    { id: "3", type: "thinking", state: "done", text },
    { id: "4", type: "notice", state: "failed", level: "error", title: text, text, hints: [text, `\`${text}\``] },
    tool(text, { [text]: text }, text),
    tool(`mcp__${text}__${text}`, text, [{ type: "text", text }, image, { type: text }]),
    tool("Bash", { command: text }, text, { stdout: text, stderr: text }),
    tool("Bash", { command: text }, `Exit code 1\n${text}`, text, true),
    tool("Bash", { command: text }, "", { stdout: `data:image/png;base64,${text}` }),
    tool("Read", { file_path: text }, text, { file: { content: text, startLine: 1, totalLines: 9 } }),
    tool("Read", { file_path: `${text}.html` }, text, { file: { base64: text, type: `image/${text}` } }),
    tool("Edit", { file_path: `${text}.ts`, old_string: text, new_string: `${text}\n` }, text, { structuredPatch: patch }),
    tool("MultiEdit", { file_path: text, edits: [{ old_string: text, new_string: "" }] }, text),
    tool("Write", { file_path: `${text}.html`, content: text }, text),
    tool("TodoWrite", { todos: [{ content: text, status: text }, { content: text, status: "completed" }, text] }, text),
    { ...tool("Task", { description: text, prompt: text }, text), children: [{ id: "c", type: "text", state: "done", text }] },
    tool("Grep", { pattern: text, path: text }, text, { numFiles: text, numMatches: 3 }),
    tool("WebFetch", { url: text, prompt: text }, JSON.stringify({ [text]: text })),
  ]; // biome-ignore format: one line a place
}

test("there are at least 60 vectors", () => {
  expect(new Set(ALL).size).toBeGreaterThanOrEqual(60);
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
