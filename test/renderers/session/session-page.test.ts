import { expect, test } from "vitest";
import { renderSessionPage } from "../../../renderers/index.js";
import type { Message } from "../../../src/messages/types.js";
import { loadedUrls, parseHtml } from "../../support/html-page.js";
import { assistant, toolResult } from "../response/messages.js";

const prompt = (content: unknown, fields: object = {}): Message =>
  ({
    type: "user",
    content,
    message: { role: "user", content },
    parent_tool_use_id: null,
    ...fields,
  }) as never;
const say = (text: string): Message =>
  assistant({ type: "text", text }, { message: { id: text, content: [] } });

test("each prompt stands above what came of it, in order, and the first one is the title", () => {
  const html = renderSessionPage([
    prompt("Fix the *join*\nplease"),
    assistant({ type: "tool_use", id: "t1", name: "Bash", input: { command: "npm test" } }),
    toolResult("t1", "ok"),
    say("Done."),
    prompt([{ type: "text", text: "Now chart it" }]),
    say("Here."),
    prompt("Thanks"),
    say("Any time."),
  ]);
  const { text } = parseHtml(html);
  expect(html).toContain("<title>Fix the *join*</title>");
  const order = ["join\nplease", "npm test", "Done.", "Now chart it", "Here.", "Thanks", "Any time."];
  const places = order.map((words) => text.lastIndexOf(words));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(html).toContain('<a href="#turn-2">Now chart it</a>');
  expect(html).toContain('id="turn-3"');
});

test("what the CLI adds to prompts is not shown, commands are shown as they were typed", () => {
  const { text } = parseHtml(
    renderSessionPage([
      prompt("Look<system-reminder>secret rules</system-reminder>"),
      say("Yes."),
      prompt(
        "<command-message>compact</command-message><command-name>/compact</command-name><command-args>keep the plan</command-args>",
      ),
      prompt("<local-command-stdout>Compacted</local-command-stdout>"),
      prompt("a subagent's prompt", { parent_tool_use_id: "t9" }),
    ]),
  );
  expect(text).toContain("Look");
  expect(text).toContain("/compact keep the plan");
  expect(text).not.toMatch(/secret rules|Compacted|subagent's prompt/);
});

test("a hostile prompt neither runs nor loads, and a session without any message is a page", () => {
  const page = parseHtml(renderSessionPage([prompt("<script>alert(1)</script> ![x](https://a.b/c.png)")]));
  expect(page.scripts).toHaveLength(1);
  expect(loadedUrls(page)).toEqual([]);
  expect(renderSessionPage([])).toContain("<title>Session</title>");
});

test("the same messages give the same bytes", () => {
  const messages = [prompt("a"), say("b")];
  expect(renderSessionPage(messages)).toBe(renderSessionPage(messages));
});
