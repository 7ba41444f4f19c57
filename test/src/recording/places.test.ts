import { describe, expect, test } from "vitest";
import { placeRules, restorePlaces } from "../../../src/recording/places.js";
import { replaceAll } from "../../../src/redact/spans.js";

const { text, json } = placeRules("/home/ann/work", "/home/ann");

describe("a recording", () => {
  test.each([
    ["/home/ann/work/a.ts", "{{claude-notebook.cwd}}/a.ts"],
    ["in /home/ann/work.", "in {{claude-notebook.cwd}}."],
    ["file:///home/ann/work", "file://{{claude-notebook.cwd}}"],
    ["/home/ann/workshop", "~/workshop"],
    ["/home/ann/work.bak", "~/work.bak"],
    ["/home/ann/.npmrc", "~/.npmrc"],
    ["/home/annabel", "/home/annabel"],
    ["~/.claude/projects/-home-ann-work/memory", "~/.claude/projects/{{claude-notebook.cwd-slug}}/memory"],
  ])("says %s as %s", (said, recorded) => {
    expect(replaceAll(said, text)).toBe(recorded);
  });

  test("finds a folder after an escape sequence of JSON", () => {
    expect(replaceAll('{"command":"cd x\\n/home/ann/work/run"}', json)).toBe(
      '{"command":"cd x\\n{{claude-notebook.cwd}}/run"}',
    );
  });

  test("finds folders of Windows as they are and inside JSON", () => {
    const windows = placeRules("C:\\Users\\Ann\\work", "C:\\Users\\Ann");
    expect(replaceAll("C:\\Users\\Ann\\work\\a.ts", windows.text)).toBe("{{claude-notebook.cwd}}\\a.ts");
    expect(replaceAll('{"p":"C:\\\\Users\\\\Ann\\\\work\\\\a.ts"}', windows.text)).toBe(
      '{"p":"{{claude-notebook.cwd-json}}\\\\a.ts"}',
    );
    expect(replaceAll('{"p":"C:\\\\Users\\\\Ann\\\\work"}', windows.json)).toBe(
      '{"p":"{{claude-notebook.cwd}}"}',
    );
    expect(replaceAll("C:\\Users\\Ann\\x", windows.text)).toBe("~\\x");
  });

  test("says nothing about the file system's root", () => {
    const root = placeRules("/", "/");
    expect(replaceAll("/usr/bin", root.text)).toBe("/usr/bin");
  });
});

describe("a replay", () => {
  test("puts its own folder in the place of the recorded one, escaped where the text is JSON", () => {
    const cwd = 'C:\\it\'s "mine" $& here';
    expect(restorePlaces("in {{claude-notebook.cwd}}/a", cwd, false)).toBe(`in ${cwd}/a`);
    const restored = restorePlaces('{"p":"{{claude-notebook.cwd}}/a"}', cwd, true);
    expect(JSON.parse(restored)).toEqual({ p: `${cwd}/a` });
  });

  test("leaves other braces alone", () => {
    expect(restorePlaces("{{cwd}} {{ x }}", "/w", false)).toBe("{{cwd}} {{ x }}");
  });
});
