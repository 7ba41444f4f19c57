import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startupFolder } from "../../../kernel/run/startup-files.js";
import { startKernelClient } from "../../support/kernel-client.js";
import { tempFolder } from "../../support/temp-folder.js";

test.each([
  ["linux", {}, "/h/me/.config/claude-notebook/startup"],
  ["linux", { XDG_CONFIG_HOME: "/config" }, "/config/claude-notebook/startup"],
  ["darwin", {}, "/h/me/Library/Application Support/claude-notebook/startup"],
  ["win32", { APPDATA: "/roaming" }, "/roaming/claude-notebook/startup"],
  ["linux", { CLAUDE_NOTEBOOK_CONFIG_DIR: "/own" }, "/own/startup"],
] as const)("on %s with %j startup files stand in %s", (platform, env, folder) => {
  expect(startupFolder(platform, env, "/h/me")).toBe(folder);
});

test("startup files run once, in order, before the first cell; one that fails is reported and the rest goes on", async () => {
  const config = tempFolder("config");
  const write = (name: string, code: string): void => writeFileSync(join(config, "startup", name), code);
  mkdirSync(join(config, "startup"));
  write("10-first.ts", "const order = ['first']; interface Mine { a: number }");
  write("20-wrong.ts", "\norder.push(nothing)");
  write("30-last.ts", "order.push('last'); console.log('ready')");
  write("notes.txt", "not code");
  const kernel = await startKernelClient({ env: { CLAUDE_NOTEBOOK_CONFIG_DIR: config } });
  try {
    const first = await kernel.execute("const m: Mine = { a: 1 }; order");
    expect(first.result).toBe("[ 'first', 'last' ]");
    expect(first.stdout).toBe("ready\n");
    expect(first.stderr).toMatch(
      /The startup file .*20-wrong\.ts failed:\n.*20-wrong\.ts:2:12 - error TS2304/,
    );
    expect((await kernel.execute("order.length")).result).toBe("2");
  } finally {
    await kernel.close();
  }
});

test("a startup folder beside the notebook is not run: opening a folder must not run its code", async () => {
  const folder = tempFolder("notebook");
  for (const name of ["startup", ".claude-notebook/startup", "claude-notebook/startup"]) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "evil.ts"), "(globalThis as any).evil = true");
  }
  const env = { CLAUDE_NOTEBOOK_CONFIG_DIR: join(tempFolder("config"), "none") };
  const kernel = await startKernelClient({ cwd: folder, env });
  try {
    expect((await kernel.execute("(globalThis as any).evil")).result).toBeUndefined();
  } finally {
    await kernel.close();
  }
});
