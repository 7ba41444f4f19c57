import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { update, version } from "../../../src/index.js";
import { temporaryFolder } from "../fake-claude.js";

/** A stand-in, always: the real `claude update` installs into npm's global folder of the machine that runs the test. */
function claudeThat(script: string): { cliPath: string } {
  const cliPath = join(temporaryFolder(), "claude");
  writeFileSync(cliPath, `#!/bin/sh\n${script}\n`);
  chmodSync(cliPath, 0o755);
  return { cliPath };
}

test("an update tells both versions, in the words of CLI 2.1.197", async () => {
  const cli = claudeThat(`[ "$*" = update ] || exit 9
echo "Current version: 2.1.197"; echo "Checking for updates to latest version..."
echo "Successfully updated from 2.1.197 to version 2.1.330"`);
  expect(await update(cli)).toMatchObject({ updated: true, previousVersion: "2.1.197", version: "2.1.330" });
});

test("nothing to update is no update", async () => {
  const cli = claudeThat('echo "Current version: 2.1.330"; echo "Claude Code is up to date (2.1.330)"');
  expect(await update(cli)).toMatchObject({ updated: false, version: "2.1.330" });
});

test("an update that fails is a CommandError without credentials", async () => {
  const secret = `sk-ant-${"api03-looks-like-a-real-key"}`;
  const failing = update(claudeThat(`echo "no permission, ${secret}" >&2; exit 1`));
  await expect(failing).rejects.toMatchObject({ name: "CommandError", command: "update", exitCode: 1 });
  await expect(failing).rejects.toThrow(/no permission, \[redacted\]/);
});

test("a command that never ends is ended, with what it started", async () => {
  const call = version({ ...claudeThat("sleep 600 & sleep 600"), timeoutMs: 200 });
  await expect(call).rejects.toThrow("`claude ` was ended after 200 ms");
});

test("a program that is no claude is found out", async () => {
  await expect(version(claudeThat("echo hello"))).rejects.toMatchObject({ code: "command_failed" });
});
