import { describe, expect, test } from "vitest";
import { parseResponseBundle } from "../../../renderers/bundle/parse-response-bundle.js";
import { renderErrorBundle } from "../../../renderers/bundle/render-error-bundle.js";
import { renderMarkdownBundle } from "../../../renderers/bundle/render-markdown-bundle.js";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { PANELS } from "../../../renderers/panels/table.js";
import { type Part, RESPONSE_MIME, type ToolPart } from "../../../renderers/response/parts.js";
import { createResponse } from "../../../renderers/response/response.js";
import { RESPONSE_STYLE } from "../../../renderers/style/response-style.js";
import { exampleTurn } from "../response/messages.js";

const options = { includeStyle: false, response: "r" };
const htmlOf = (part: Part): string => renderParts([part], options)["text/html"] as string;
const tool = (fields: Partial<ToolPart>): ToolPart => ({
  id: "t",
  type: "tool",
  state: "done",
  name: "Bash",
  input: {},
  children: [],
  ...fields,
});

describe("a bundle", () => {
  test("has HTML, markdown, text and the parts themselves", () => {
    const response = createResponse({ id: "r1" });
    for (const message of exampleTurn(true)) response.apply(message);
    const bundle = renderParts(response.parts, { includeStyle: true, response: "r1" });
    expect(Object.keys(bundle)).toEqual(["text/html", "text/markdown", "text/plain", RESPONSE_MIME]);
    expect(bundle["text/html"]).toContain(`<style>${RESPONSE_STYLE}</style>`);
    expect(bundle["text/plain"]).toContain("Bash ls -la");
    expect(bundle[RESPONSE_MIME]).toMatchObject({ version: 1, response: "r1" });
  });

  test("has the style only where it is asked for, and at most 15 kB of it", () => {
    expect(htmlOf({ id: "1", type: "text", state: "done", text: "x" })).not.toContain("<style");
    expect(RESPONSE_STYLE.length).toBeLessThan(15_000);
    expect(RESPONSE_STYLE).not.toMatch(/url\(|@import|<\//);
  });

  test("is the same for the same parts", () => {
    const part = tool({ input: { command: "ls" }, result: { content: "x", isError: false } });
    expect(renderParts([part], options)).toEqual(renderParts([part], options));
  });

  test("holds no id, no data attribute, no script and no style with a variable", () => {
    const html = htmlOf(
      tool({ name: "Edit", input: { file_path: "a.ts", old_string: "a", new_string: "b" } }),
    );
    expect(html).not.toMatch(/\s(?:id|data-[a-z]+|on[a-z]+)=|<script|style="[^"]*var\(/);
  });

  test("of prose is at most twice its source, of code at most six times", () => {
    const prose = "A sentence with **weight** and `code`, as answers have them. "
      .repeat(40)
      .replaceAll("them. A", "them.\n\nA");
    expect(htmlOf({ id: "1", type: "text", state: "done", text: prose }).length).toBeLessThan(
      prose.length * 2,
    );
    const code = `\`\`\`ts\n${'export function f(a: number): string {\n  return String(a + 1) + "x"; // why\n}\n'.repeat(30)}\`\`\``;
    expect(htmlOf({ id: "1", type: "text", state: "done", text: code }).length).toBeLessThan(code.length * 6);
  });
});

describe("limits", () => {
  test("1 MB of output becomes a bounded bundle that says what was cut", () => {
    const content = "0123456789\n".repeat(100_000);
    const bundle = renderParts(
      [tool({ input: { command: "yes" }, result: { content, isError: false } })],
      options,
    );
    expect((bundle["text/html"] as string).length).toBeLessThan(300_000);
    expect(bundle["text/html"]).toMatch(/[\d,]+ more characters are not shown/);
    expect(JSON.stringify(bundle[RESPONSE_MIME]).length).toBeLessThan(400_000);
    expect(JSON.stringify(bundle[RESPONSE_MIME])).toMatch(/more characters were not stored/);
  });

  test("one line of 200 KB is cut and says so", () => {
    const html = htmlOf(tool({ result: { content: "x".repeat(200_000), isError: false } }));
    expect(html.length).toBeLessThan(20_000);
    expect(html).toContain("195,000 more characters");
  });

  test("an edit does not store the whole file from before", () => {
    const structured = { originalFile: "secret".repeat(1000), structuredPatch: [] };
    const bundle = renderParts(
      [tool({ name: "Edit", result: { content: "ok", isError: false, structured } })],
      options,
    );
    expect(JSON.stringify(bundle)).not.toContain("secretsecret");
  });

  test("agents in agents in agents are drawn to a depth and then counted", () => {
    let part: Part = { id: "x", type: "text", state: "done", text: "deep" };
    for (let i = 0; i < 500; i++) part = tool({ name: "Task", children: [part] });
    expect(htmlOf(part)).toContain("1 more inside");
  });

  test("markdown of 10,000 open brackets is shown", () => {
    expect(htmlOf({ id: "1", type: "text", state: "done", text: "[".repeat(10_000) })).toContain("[[[[");
  });
});

describe("a panel that fails", () => {
  test("gives way to plain text that names it", () => {
    const hostile = {
      id: "t",
      type: "notice",
      state: "done",
      level: "info",
      title: null,
      text: 5,
    } as unknown as Part;
    const bundle = renderParts([hostile], options);
    expect(bundle["text/html"]).toContain("panel &quot;notice&quot; failed");
    expect(bundle["text/plain"]).toContain('panel "notice" failed');
  });

  test("does not take the others with it", () => {
    const broken = { id: "t", type: "text", state: "done", text: null } as unknown as Part;
    const html = renderParts([broken, { id: "2", type: "text", state: "done", text: "still here" }], options)[
      "text/html"
    ];
    expect(html).toContain("still here");
  });

  test("a kind of part from a later version is shown as data", () => {
    expect(htmlOf({ id: "z", type: "hologram", state: "done" } as unknown as Part)).toContain("hologram");
  });

  test("every row has a name of its own", () => {
    expect(new Set(PANELS.map((panel) => panel.name)).size).toBe(PANELS.length);
  });
});

describe("stored parts", () => {
  test("come back as they were stored", () => {
    const response = createResponse({ id: "r1" });
    for (const message of exampleTurn(true)) response.apply(message);
    const stored = renderParts(response.parts, { includeStyle: false, response: "r1" })[RESPONSE_MIME];
    const parsed = parseResponseBundle(JSON.parse(JSON.stringify(stored)));
    expect(parsed?.parts).toHaveLength(response.parts.length);
    expect(renderParts(parsed!.parts, options)["text/html"]).toBe(
      renderParts(response.parts, options)["text/html"],
    );
  });

  test.each([
    [null], ["x"], [[]], [{}], [{ version: 2, response: "r", parts: [] }], [{ version: 1, response: 5, parts: [] }],
    [{ version: 1, response: "r", parts: {} }], [{ version: 1, response: "r", parts: [{ type: "text", text: 5, state: "done" }] }],
    [{ version: 1, response: "r", parts: [{ type: "text", text: "x", state: "exploded" }] }],
    [{ version: 1, response: "r", parts: [{ type: "hologram", state: "done" }] }],
  ])("of another shape are refused: %j", (json) => {
    expect(parseResponseBundle(json)).toBeUndefined();
  }); // biome-ignore format: a list

  test("that nest 100,000 deep are refused without overflowing", () => {
    let deep: unknown = "x";
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(
      parseResponseBundle({ version: 1, response: "r", parts: [tool({ input: deep })] }),
    ).toBeUndefined();
    let parts: unknown[] = [];
    for (let i = 0; i < 50; i++) parts = [{ ...tool({}), children: parts }];
    expect(parseResponseBundle({ version: 1, response: "r", parts })).toBeUndefined();
  });

  test("cannot change the prototype of anything", () => {
    parseResponseBundle(JSON.parse('{"version":1,"response":"r","parts":[],"__proto__":{"polluted":1}}'));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("bundles of their own", () => {
  test("markdown keeps its source as twin and as stored part", () => {
    const bundle = renderMarkdownBundle("# Hello\nThis is **bold** with `code`");
    expect(bundle["text/html"]).toContain(
      "<h1>Hello</h1>\n<p>This is <strong>bold</strong> with <code>code</code></p>",
    );
    expect(bundle["text/plain"]).toBe("# Hello\nThis is **bold** with `code`");
    expect(parseResponseBundle(bundle[RESPONSE_MIME])?.parts).toHaveLength(1);
  });

  test("an error shows its name, message, causes and hints", () => {
    const error = Object.assign(new Error("no CLI", { cause: new TypeError("spawn failed") }), {
      name: "CLINotFoundError",
      hints: ["Run `npm i`"],
    });
    const bundle = renderErrorBundle(error);
    expect(bundle["text/plain"]).toBe(
      "CLINotFoundError\n  no CLI\n  Caused by TypeError: spawn failed\n  - Run `npm i`",
    );
    expect(bundle["text/html"]).toContain("<code>npm i</code>");
  });
});

describe("what nests without end", () => {
  const nested = (levels: number): unknown => {
    let value: unknown = "core";
    for (let i = 0; i < levels; i++) value = { a: [value] };
    return value;
  };
  const cyclic: Record<string, unknown> = { name: "x" };
  cyclic.self = [cyclic, cyclic];

  test.each([
    ["thousands of levels", nested(2_000)],
    ["more levels than the stack has", nested(50_000)],
    ["a value that holds itself", cyclic],
    ["a number that JSON has no form for", { n: 5n }],
  ])("%s is drawn and stored as far as it is read again, in a bounded size", (_what, input) => {
    const bundle = renderParts([tool({ name: "X", input })], options);
    const stored = JSON.stringify(bundle);
    expect(stored.length).toBeLessThan(9_000_000);
    expect(parseResponseBundle(JSON.parse(JSON.stringify(bundle[RESPONSE_MIME])))).toBeDefined();
  });
});
