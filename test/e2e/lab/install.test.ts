import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { ensurePythonEnv } from "../../support/python-env.js";
import { runCli } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

test("a fresh virtual environment has kernel and extension after install --prefix, and neither after uninstall", async () => {
  const venv = join(tempFolder(), "venv");
  await execa("python3", ["-m", "venv", "--without-pip", venv]);
  // JupyterLab itself comes from the tests' environment, so that nothing is downloaded; everything else is the new one's.
  const library = (prefix: string): string => {
    const python = readdirSync(join(prefix, "lib")).find((name) => name.startsWith("python"))!;
    return join(prefix, "lib", python, "site-packages");
  };
  writeFileSync(join(library(venv), "jupyterlab.pth"), library((await ensurePythonEnv()).prefix));
  const home = tempFolder();
  const jupyter = async (module: string): Promise<string> => {
    const run = await execa(join(venv, "bin", "python"), ["-m", module, "list"], {
      env: { HOME: home, PATH: "/usr/bin:/bin" },
      extendEnv: false,
      all: true,
    });
    return run.all;
  };
  const cli = (...args: string[]) => runCli(args, { home, cwd: home });

  expect(await cli("install", "--prefix", venv)).toMatchObject({ exitCode: 0 });
  expect(await jupyter("jupyterlab.labextensions")).toMatch(
    /claude-notebook v\d+\.\d+\.\d+\S* .*enabled.*OK/,
  );
  expect(await jupyter("jupyter_client.kernelspecapp")).toMatch(/claude-notebook +\S*venv\S*kernels/);

  expect(await cli("uninstall", "--prefix", venv)).toMatchObject({ exitCode: 0 });
  expect(await jupyter("jupyterlab.labextensions")).not.toContain("claude-notebook");
  expect(existsSync(join(venv, "share", "jupyter", "labextensions", "claude-notebook"))).toBe(false);
});
