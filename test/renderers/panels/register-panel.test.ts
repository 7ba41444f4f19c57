import { afterEach, expect, test } from "vitest";
import { registerPanel, renderParts, setHues, type ToolPart } from "../../../renderers/index.js";

const part: ToolPart = {
  id: "t",
  type: "tool",
  state: "done",
  name: "Deploy",
  input: { to: "<b>prod</b>" },
  children: [],
};
const draw = (includeStyle = false): string =>
  renderParts([part], { includeStyle, response: "r" })["text/html"] as string;
const row = (target: string) => ({
  name: "deploy",
  matches: (p: { type: string; name?: string }) => p.type === "tool" && p.name === "Deploy",
  frame: "panel" as const,
  kind: () => "execute" as const,
  summary: () => ({ name: "Ship", target }),
  body: () => [],
});

const removers: (() => void)[] = [];
afterEach(() => {
  for (const remove of removers.splice(0)) remove();
  setHues({});
});

test("a registered panel draws its parts, escaped like any other, until it is taken away", () => {
  const before = draw();
  const remove = registerPanel(row("<img src=x>"));
  expect(draw()).toContain("&lt;img src=x&gt;");
  expect(draw()).toContain("cn-panel cn-execute");
  remove();
  expect(draw()).toBe(before);
});

test("the same name again replaces the row, so that a cell can be run twice", () => {
  removers.push(registerPanel(row("first")), registerPanel(row("second")));
  expect(draw()).toContain("second");
  expect(draw()).not.toContain("first");
});

test.each(["matches", "summary", "body", "kind"])(
  "a panel whose %s throws is named in its place",
  (field) => {
    const fail = (): never => {
      throw new Error("broken");
    };
    removers.push(registerPanel({ ...row("x"), [field]: fail }));
    expect(draw()).toContain("panel &quot;deploy&quot; failed: broken");
    const text = renderParts([part], { includeStyle: false, response: "r" })["text/plain"];
    if (field !== "kind") expect(text).toContain('panel "deploy" failed: broken');
  },
);

test("a row that is no panel is refused with what it lacks", () => {
  expect(() => registerPanel({ name: "x" } as never)).toThrow(/lacks matches, kind, summary, body, frame/);
  expect(() => registerPanel(undefined as never)).toThrow(TypeError);
});

test("colours of a kind can be replaced, in the style sheet and where it is dropped", () => {
  removers.push(registerPanel(row("x")));
  setHues({ execute: { light: "#00539c", dark: "#8ec5ff" } });
  expect(draw(true)).toContain(".cn-execute{--cn-hue:light-dark(#00539c,#8ec5ff)}");
  expect(draw()).toContain("border-left:3px solid #00539c");
  setHues({});
  expect(draw(true)).not.toContain("#00539c");
});

test("what is no colour or no kind is refused: style sheets of notebooks are opened by others", () => {
  expect(() => setHues({ execute: { light: "red;}*{x", dark: "#000000" } })).toThrow(/execute\.light/);
  expect(() => setHues({ nothing: { light: "#000000", dark: "#000000" } } as never)).toThrow(
    /no kind "nothing"/,
  );
});
