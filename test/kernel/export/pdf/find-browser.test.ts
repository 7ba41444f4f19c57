import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findBrowser } from "../../../../kernel/export/pdf/find-browser.js";
import { tempFolder } from "../../../support/temp-folder.js";

function program(...parts: readonly string[]): string {
  const path = join(...(parts as [string]));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, 0o755);
  return path;
}

test("the variable names the browser, ours before the one that others have", async () => {
  const folder = tempFolder();
  const [own, other] = [program(folder, "own"), program(folder, "other")];
  expect(await findBrowser({ CLAUDE_NOTEBOOK_BROWSER: own, CHROME_PATH: other })).toBe(own);
  expect(await findBrowser({ CHROME_PATH: other })).toBe(other);
});

test("a variable that names nothing is an error, not a search", async () => {
  const folder = tempFolder();
  program(folder, "chromium");
  const env = { CLAUDE_NOTEBOOK_BROWSER: "/no/browser", PATH: folder };
  await expect(findBrowser(env)).rejects.toMatchObject({
    code: "browser-not-found",
    message: "CLAUDE_NOTEBOOK_BROWSER names /no/browser, where there is no program.",
  });
});

test("on PATH the first name that there is counts, in every folder", async () => {
  const [a, b] = [tempFolder(), tempFolder()];
  program(a, "microsoft-edge");
  const chromium = program(b, "chromium");
  writeFileSync(join(a, "chromium"), "no program");
  expect(await findBrowser({ PATH: `${a}:${b}` }, "linux")).toBe(chromium);
});

test.each([
  ["darwin", { PATH: "" }, "HOME", ["Applications", "Chromium.app", "Contents", "MacOS", "Chromium"]],
  ["win32", {}, "LOCALAPPDATA", ["Google", "Chrome", "Application", "chrome.exe"]],
] as const)("on %s it is found where its installer puts it", async (platform, env, variable, parts) => {
  const folder = tempFolder();
  const path = program(folder, ...parts);
  expect(await findBrowser({ ...env, [variable]: folder }, platform)).toBe(path);
});

test("without one the error says what to install, and how to do without", async () => {
  const error: unknown = await findBrowser({ PATH: "", HOME: "/none" }, "win32").catch((each) => each);
  expect(error).toMatchObject({ code: "browser-not-found" });
  expect((error as { hints: string[] }).hints.join("\n")).toMatch(/Install Chromium.*\n.*--to html/);
});
