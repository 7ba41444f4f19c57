import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { ensurePythonEnv } from "../../support/python-env.js";
import { runCli, strangerEnv } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

test("the installed kernel passes jupyter_kernel_test; nothing is skipped", async () => {
  const python = await ensurePythonEnv();
  const home = tempFolder();
  const prefix = join(home, "prefix");
  expect(await runCli(["install", "--prefix", prefix], { home })).toMatchObject({ exitCode: 0 });
  const { exitCode, stderr } = await execa(
    python.bin("python"),
    [join(import.meta.dirname, "fixtures", "kernel_test.py"), "--verbose"],
    {
      cwd: home,
      env: strangerEnv(home, { JUPYTER_PATH: join(prefix, "share", "jupyter") }),
      extendEnv: false,
      reject: false,
      timeout: 150_000,
    },
  );
  const skipped = [...stderr.matchAll(/^(test_\w+) .*skipped/gm)].map(([, name]) => name);
  const passed = [...stderr.matchAll(/^(test_\w+) .*\bok$/gm)].map(([, name]) => name);
  expect({ exitCode, skipped }, stderr).toEqual({ exitCode: 0, skipped: [] });
  expect(passed.sort()).toEqual([
    "test_clear_output",
    "test_completion",
    "test_display_data",
    "test_error",
    "test_execute_result",
    "test_execute_stderr",
    "test_execute_stdout",
    "test_history",
    "test_inspect",
    "test_is_complete",
    "test_kernel_info",
    "test_pager",
  ]);
});
