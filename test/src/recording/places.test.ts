import { homedir } from "node:os";
import { describe, expect, test } from "vitest";
import { homeFolders, placeRules, restorePlaces } from "../../../src/recording/places.js";
import { replaceAll } from "../../../src/redact/spans.js";

const { text, json } = placeRules("/home/ann/work", ["/home/ann"]);

describe("a recording", () => {
  test.each([
    ["/home/ann/work/a.ts", "{{claude-notebook.cwd}}/a.ts"],
    ["in /home/ann/work.", "in {{claude-notebook.cwd}}."],
    ["file:///home/ann/work", "file://{{claude-notebook.cwd}}"],
    ["/home/ann/workshop", "~/workshop"],
    ["/home/ann/work.bak", "~/work.bak"],
    ["/home/ann/.npmrc", "~/.npmrc"],
    ["/home/annabel", "/home/annabel"],
    ["~/.claude/projects/-home-ann-other/memory", "~/.claude/projects/~-other/memory"],
    ["vscode://file?path=%2Fhome%2Fann%2Fx", "vscode://file?path=~%2Fx"],
    ["file%3A%2F%2F%2Fhome%2Fann%2Fx", "file%3A%2F%2F~%2Fx"],
    ['{"home":"\\/home\\/ann\\/x"}', '{"home":"~\\/x"}'],
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
    const windows = placeRules("C:\\Users\\Ann\\work", ["C:\\Users\\Ann"]);
    expect(replaceAll("C:\\Users\\Ann\\work\\a.ts", windows.text)).toBe("{{claude-notebook.cwd}}\\a.ts");
    expect(replaceAll('{"p":"C:\\\\Users\\\\Ann\\\\work\\\\a.ts"}', windows.text)).toBe(
      '{"p":"{{claude-notebook.cwd-json}}\\\\a.ts"}',
    );
    expect(replaceAll('{"p":"C:\\\\Users\\\\Ann\\\\work"}', windows.json)).toBe(
      '{"p":"{{claude-notebook.cwd}}"}',
    );
    expect(replaceAll("C:\\Users\\Ann\\x", windows.text)).toBe("~\\x");
  });

  test("finds a home folder in addresses, escaped where it needs to be", () => {
    const spaced = placeRules("/w/x", ["/home/ann o'hara#1"]);
    for (const said of ["file:///home/ann%20o'hara%231/a", "file:///home/ann o'hara#1/a"])
      expect(replaceAll(said, spaced.text)).toBe("file://~/a");
    const windows = placeRules("C:\\work", ["C:\\Users\\Ann"]);
    expect(replaceAll("file:///C:/Users/Ann/a", windows.text)).toBe("file:///~/a");
    expect(replaceAll("x?f=C%3A%5CUsers%5CAnn%5Ca", windows.text)).toBe("x?f=~%5Ca");
    expect(replaceAll('{"a":"C:\\\\Users\\\\Ann"}', windows.json)).toBe('{"a":"~"}');
  });

  test("knows the homes of the query, of this process and of the user, the longest first", () => {
    const homes = homeFolders(
      { HOME: "/home/ann/" },
      { HOME: "/home/ann/inner", USERPROFILE: "C:\\Users\\Ann" },
    );
    expect(homes).toEqual(expect.arrayContaining(["/home/ann/inner", "/home/ann", "C:\\Users\\Ann"]));
    expect(homes.indexOf("/home/ann/inner")).toBeLessThan(homes.indexOf("/home/ann"));
    if (homedir().length > 3) expect(homes).toContain(homedir());
    expect(replaceAll("/home/ann/inner/a /home/ann/b", placeRules("/w/x", homes).text)).toBe("~/a ~/b");
    expect(homeFolders({ HOME: "/" })).not.toContain("/");
  });

  test("says nothing about the file system's root", () => {
    const root = placeRules("/", ["/"]);
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
