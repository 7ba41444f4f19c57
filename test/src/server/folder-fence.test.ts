import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allowedFolders } from "../../../src/server/allowed-folders.js";
import { folderFence } from "../../../src/server/folder-fence.js";
import { temporaryFolder } from "../fake-claude.js";

function fence() {
  const inside = temporaryFolder();
  const outside = temporaryFolder();
  mkdirSync(join(inside, "src"));
  writeFileSync(join(outside, "secret"), "x");
  symlinkSync(outside, join(inside, "link"));
  symlinkSync(join(outside, "secret"), join(inside, "a[b]"));
  const { hooks, matcher } = folderFence(allowedFolders([inside]));
  const blocks = async (tool_name: string, tool_input: object): Promise<boolean> => {
    const input = { tool_name, tool_input, cwd: inside, hook_event_name: "PreToolUse" };
    const output = await hooks[0]!(input as never, undefined, { signal: new AbortController().signal });
    return output?.decision === "block";
  };
  return { inside, outside, blocks, matcher };
}

test("lets tools work on files inside, also on those that are not there yet", async () => {
  const { inside, blocks } = fence();
  for (const file_path of ["x.ts", "src/new/deep/x.ts", join(inside, "src", "x.ts"), "src/../x.ts", "..x"]) {
    expect(await blocks("Read", { file_path }), file_path).toBe(false);
    expect(await blocks("Write", { file_path }), file_path).toBe(false);
  }
  expect(await blocks("Glob", { pattern: "src/**/*.{ts,tsx}" })).toBe(false);
  expect(await blocks("Glob", { pattern: join(inside, "*.ts") })).toBe(false);
  expect(await blocks("Grep", { pattern: "/etc/passwd|..", path: "src" })).toBe(false);
});

test("blocks what leads out: by the path, by a link, by a new file behind a link, by the home folder", async () => {
  const { outside, blocks } = fence();
  const paths = [
    "/etc/passwd",
    "../x",
    "src/../../x",
    join(outside, "secret"),
    "link/secret",
    "link/new",
    "a[b]",
    "~",
    "~/x",
  ];
  for (const path of paths) {
    expect(await blocks("Read", { file_path: path }), path).toBe(true);
    expect(await blocks("Edit", { file_path: path }), path).toBe(true);
    expect(await blocks("NotebookEdit", { notebook_path: path }), path).toBe(true);
    expect(await blocks("Grep", { pattern: "x", path }), path).toBe(true);
  }
});

test("blocks patterns that lead out, also behind a wildcard or a folder of their own", async () => {
  const { outside, blocks } = fence();
  for (const pattern of ["/etc/*", "../*", "*/../../etc/*", "{../,}*", "~/*", `${outside}/*`, "link/*"]) {
    expect(await blocks("Glob", { pattern }), pattern).toBe(true);
  }
  expect(await blocks("Glob", { pattern: "*", path: outside })).toBe(true);
  expect(await blocks("Glob", { pattern: "*.ts", path: "src" })).toBe(false);
});

test("is asked about every tool that takes a path", () => {
  const { matcher } = fence();
  for (const tool of ["Read", "Edit", "MultiEdit", "Write", "NotebookEdit", "Glob", "Grep", "LS"]) {
    expect(new RegExp(`^(${matcher})$`).test(tool)).toBe(true);
  }
});
