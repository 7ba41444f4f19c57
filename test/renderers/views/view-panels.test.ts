import { describe, expect, test } from "vitest";
import { partHtml } from "../../../renderers/panels/part-html.js";
import { partText } from "../../../renderers/panels/part-text.js";
import { PANELS, panelOf } from "../../../renderers/panels/table.js";
import type { ViewPart } from "../../../renderers/response/parts.js";
import { VIEW_PANELS } from "../../../renderers/views/view-panels.js";
import { viewParts } from "../../../renderers/views/views.js";
import { showAs } from "../../../src/shown-as.js";
import { TemplateManager } from "../../../src/templates/template-manager.js";
import { parseHtml } from "../../support/html-page.js";
import { findUnsafe } from "../security/safe-html.js";

const part = (view: string, data: unknown): ViewPart => ({
  id: "v",
  type: "view",
  state: "done",
  view,
  data,
});

test("each view has one panel of its name, and none that a response uses", () => {
  const names = VIEW_PANELS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(PANELS.filter(({ name }) => names.includes(name))).toEqual([]);
  for (const name of names) expect(panelOf(part(name, {}))?.name).toBe(name);
  expect(panelOf(part("of a newer version", {}))?.name).toBe("view");
});

const hostile = "<img src=x onerror=alert(1)>\"'`{{x}}\u202e</script>";
describe.each(VIEW_PANELS.map(({ name }) => name))("the panel of the view %s", (name) => {
  test.each([
    ["nothing", undefined],
    ["null", null],
    ["text", hostile],
    ["a list", [hostile]],
    ["an object", { [hostile]: hostile, chain: hostile, title: 1, conversations: [{}], steps: [null] }],
  ])("is safe and says what is wrong when its data is %s", (_what, data) => {
    const html = partHtml(part(name, data));
    expect(findUnsafe(html)).toEqual([]);
    expect(parseHtml(html).tags).not.toContain("img");
    expect(() => partText(part(name, data))).not.toThrow();
  });
});

test("words of users in a table are words", () => {
  const templates = new TemplateManager({ folders: [] }).list();
  const shown = showAs(
    Object.defineProperty([{ ...templates[0]!, name: hostile, description: hostile }], "problems", {
      value: [],
    }),
    "templates",
  );
  const html = viewParts(shown)!
    .map((each) => partHtml(each))
    .join("");
  expect(findUnsafe(html)).toEqual([]);
  expect(parseHtml(html).text).toContain("<img src=x onerror=alert(1)>");
});

test("a value without a mark has no view, nor has one with the mark of a newer version", () => {
  expect(viewParts({})).toBeUndefined();
  expect(viewParts(showAs({}, "timeline"))).toBeUndefined();
  expect(viewParts(showAs({}, "constructor"))).toBeUndefined();
});
