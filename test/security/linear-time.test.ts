import { expect, test } from "vitest";
import { element } from "../../kernel/display/rows/element.js";
import { withoutCellMagic } from "../../kernel/export/script/without-magics.js";
import { findMagicLines } from "../../kernel/magics/find-magic-lines.js";
import { applyOverwrites } from "../../kernel/notebook/apply-overwrites.js";
import { createStackTraces } from "../../kernel/run/stack-traces.js";
import { createMarkdownStream } from "../../renderers/markdown/markdown-stream.js";
import { renderNotebookMarkdown } from "../../renderers/markdown-export/render-notebook-markdown.js";
import type { NotebookDocument } from "../../renderers/page/notebook-document.js";
import { renderNotebookPage } from "../../renderers/page/render-notebook-page.js";
import { parsePartialJson } from "../../renderers/response/partial-json.js";
import { parseMcpList } from "../../src/cli/mcp-output.js";
import { allowedFolders } from "../../src/server/allowed-folders.js";
import { clientQueryOptions } from "../../src/server/client-options.js";
import { folderFence } from "../../src/server/folder-fence.js";
import { parseTemplate } from "../../src/templates/parse-template.js";
import { temporaryFolder } from "../src/fake-claude.js";

/** Long enough that a pattern which looks at a run once for each of its characters takes more than a minute. */
const LENGTH = 300_000;

/** What takes milliseconds may take this long on a busy machine. */
const TIMEOUT_MS = 15_000;

const run = (character: string): string => character.repeat(LENGTH);

/** Who could send it, what they send, and what reads it. */
const READERS: readonly [who: string, what: string, read: () => unknown][] = [
  ["A program in a cell", "carriage returns", () => applyOverwrites(`${run("\r")}x\n${run("\r")}`)],
  ["Claude", "a fence that is no fence yet", () => createMarkdownStream().append(run("~"))],
  ["Claude", "backslashes in a tool's input", () => parsePartialJson(`{"a": "${run("\\\\")}x\\u0`)],
  ["A page's markup", "blanks in an attribute", () => element.format(elementOf(`<img src=${run("\t")}N>`))],
  ["A notebook", "a magic line of blanks", () => findMagicLines(`%cd a${run(" ")}b`)],
  ["A notebook", "a command of blanks", () => findMagicLines(`!a${run(" ")}b`)],
  ["A notebook", "a cell's magic of blanks", () => withoutCellMagic(`%%time a${run(" ")}b${run(" ")}c`, () => false)],
  ["A project's MCP server", "a command of dashes", () => parseMcpList(`a: ${run("- :")}- ) ${run("\t")}`)],
  ["An error", "a line like a frame", () => createStackTraces().map(`Error: x\n    at ${run("/e")}\t`)],
  ["A template", "a tag of blanks", () => expect(() => parseTemplate(`{{a}}{{\t${run("\t")}`)).not.toThrow()],
  ["A client of the server", "a rule of brackets", () => expect(() => clientQueryOptions(rulesOf(`${run("(")}\n(`), serverRules())).toThrow()],
]; // biome-ignore format: a table

const elementOf = (outerHTML: string): { outerHTML: string; tagName: string } => ({
  outerHTML,
  tagName: "div",
});
const rulesOf = (rule: string): object => ({ allowedTools: [rule] });
const serverRules = () => ({
  server: {},
  folders: allowedFolders([temporaryFolder()]),
  tools: ["Read"],
  allowedTools: ["Read"],
});

test.each(READERS)(
  "%s may send %s: the time grows with the length alone",
  { timeout: TIMEOUT_MS },
  (_who, _what, read) => {
    read();
  },
);

test("the fence of the server's folders reads a long pattern in such a time too", {
  timeout: TIMEOUT_MS,
}, async () => {
  const { hooks } = folderFence(allowedFolders([temporaryFolder()]));
  const input = {
    tool_name: "Glob",
    tool_input: { pattern: `${run("a")}/*` },
    cwd: "/",
    hook_event_name: "PreToolUse",
  };
  const output = await hooks[0]!(input as never, undefined, { signal: new AbortController().signal });
  expect(output?.decision).toBe("block");
});

/** What an output becomes: each is made with a parser. */
const EXPORTS: readonly [what: string, make: (notebook: NotebookDocument) => string][] = [
  ["page", renderNotebookPage],
  ["page that trusts it", (notebook) => renderNotebookPage(notebook, { trust: true })],
  ["text", (notebook) => renderNotebookMarkdown(notebook).text],
];

test.each(EXPORTS)(
  "An output may be tags that are never closed: the %s has its words instead, in such a time",
  { timeout: TIMEOUT_MS },
  (_what, make) => {
    const html = "<b>".repeat(LENGTH);
    const made = make({
      cells: [
        {
          cell_type: "code",
          source: "",
          outputs: [displayOf({ "text/html": html, "text/plain": "in words" })],
        },
        { cell_type: "code", source: "", outputs: [displayOf({ "text/html": `${html}unread` })] },
      ],
    });
    expect(made).toContain("in words");
    expect(made).toMatch(/text\/html/);
    expect(made).not.toMatch(/<b><b>|unread/);
  },
);

const displayOf = (data: object) => ({ output_type: "display_data", data: { ...data } });
