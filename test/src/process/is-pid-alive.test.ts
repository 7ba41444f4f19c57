import { execaSync } from "execa";
import { expect, test } from "vitest";
import { isPidAlive } from "../../../src/process/is-pid-alive.js";

test("a process is alive while it runs, and whoever's it is; not once it has ended", () => {
  expect(isPidAlive(process.pid)).toBe(true);
  // Init belongs to another user, or to this one in a container.
  expect(isPidAlive(1)).toBe(true);
  const { stdout } = execaSync(process.execPath, ["-p", "process.pid"]);
  expect(isPidAlive(Number(stdout))).toBe(false);
});
