import { expect, test } from "vitest";
import { createTextPieces } from "../../../kernel/response/text-pieces.js";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { renderSessionPage } from "../../../renderers/index.js";
import type { ToolPart } from "../../../renderers/response/parts.js";
import { terminalText } from "../../../renderers/terminal/terminal-text.js";
import { withoutTagged } from "../../../renderers/text/without-tagged.js";

/** Long enough that a pattern that looks at a run once for each of its characters takes a minute. */
const LENGTH = 60_000;

/** Ten times what a busy machine takes, in milliseconds. */
const TIMEOUT_MS = 15_000;

const repeat = (text: string): string => text.repeat(Math.ceil(LENGTH / text.length));

const HOSTILE: readonly [string, string][] = [
  ["blanks", `${repeat(" ")}x`],
  ["line breaks", `x${repeat("\n")}x`],
  ["opened reminders", repeat("<system-reminder>").repeat(4)],
  ["closed reminders", repeat("</system-reminder>")],
  ["opened tags of many names", Array.from({ length: 9_000 }, (_, i) => `<ide_${i.toString(36).replace(/\d/g, "_")}>`).join("")],
  ["names of commands", repeat("<command-name>").repeat(4)],
  ["opened escape sequences", repeat("\u001b[0")],
  ["half characters", `${repeat("\ud83d")}x`],
  ["brackets", repeat("[")],
  ["double underscores", `mcp__${repeat("__a")}\n`],
  ["backticks", repeat("``` `")],
]; // biome-ignore format: a table

const TOOLS: readonly string[] = [
  "Bash",
  "Read",
  "Grep",
  "WebSearch",
  "WebFetch",
  "TaskOutput",
  "mcp__a__b",
  "X",
];

const toolPart = (name: string, text: string): ToolPart => ({
  id: "p",
  type: "tool",
  state: "done",
  name,
  input: { pattern: "x", output_mode: "content", command: text },
  result: { content: text, isError: false },
  children: [],
});

test.each(HOSTILE)(
  "a tool that prints %s is drawn in a time that grows with their number",
  { timeout: TIMEOUT_MS },
  (_what, text) => {
    for (const name of TOOLS) {
      const bundle = renderParts([toolPart(name, text)], { includeStyle: false, response: "r" });
      expect(bundle["text/plain"]).not.toContain("failed:");
    }
  },
);

test.each(HOSTILE)(
  "prompts, names of tools and answers that hold %s are read in such a time too",
  { timeout: TIMEOUT_MS },
  (_what, text) => {
    const prompt = { type: "user", content: text, message: { role: "user", content: text } };
    expect(renderSessionPage([prompt as never])).toContain("</html>");
    renderParts([toolPart(text, "ok")], { includeStyle: false, response: "r" });
    const answer = { id: "t", type: "text", state: "streaming", text } as const;
    createTextPieces().partsOf(answer, () => true);
    terminalText(answer, { color: false, width: 80 });
  },
);

test("a reminder goes with the blanks before it; one that is not closed stays", () => {
  const open = /<(system-reminder)>/g;
  expect(withoutTagged("a \n<system-reminder>b</system-reminder>\nc", open)).toBe("a\nc");
  expect(withoutTagged("a <system-reminder>b", open)).toBe("a <system-reminder>b");
  expect(
    withoutTagged("<system-reminder>a<system-reminder>b</system-reminder>c</system-reminder>", open),
  ).toBe("c</system-reminder>");
});
