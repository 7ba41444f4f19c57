import { delimiter } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensurePythonEnv } from "../support/python-env.js";
import { runCli } from "../support/run-cli.js";
import { type ScriptedClaude, scriptedClaude } from "../support/scripted-claude.js";

let claude: ScriptedClaude;
beforeAll(async () => {
  claude = await scriptedClaude([]);
});
afterAll(() => claude?.api.close());

test("doctor finds all in place with the real JupyterLab and the real claude, asks no model, and shows and sends no key", async () => {
  const python = await ensurePythonEnv();
  const home = claude.env.HOME!;
  const env = { ...claude.env, PATH: [claude.env.PATH, `${python.prefix}/bin`].join(delimiter) };
  expect(await runCli(["install"], { home, env })).toMatchObject({ exitCode: 0 });

  const { exitCode, stdout } = await runCli(["doctor", "--json"], { home, env });
  const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string; found: string }[] };
  expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
  const found = Object.fromEntries(checks.map((each) => [each.name, each.found]));
  expect(found.jupyter).toMatch(/^JupyterLab 4\.\S+ at /);
  expect(found.claude).toMatch(/^2\.1\.197 at /);
  expect(found.login).toBe("api_key from ANTHROPIC_API_KEY (firstParty)");
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain(claude.env.ANTHROPIC_API_KEY);
  // The CLI itself looks whether its API is there.
  expect(claude.api.requests.filter(({ method }) => method !== "HEAD")).toEqual([]);
  expect(JSON.stringify(claude.api.requests)).not.toContain(claude.env.ANTHROPIC_API_KEY);
});
