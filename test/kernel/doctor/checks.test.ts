import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { checks } from "../../../kernel/doctor/checks.js";
import { diagnose, type NamedFinding } from "../../../kernel/doctor/diagnose.js";
import type { DoctorContext } from "../../../kernel/doctor/doctor-context.js";
import { findJupyter } from "../../../kernel/doctor/find-jupyter.js";
import { installKernel } from "../../../kernel/install/install-kernel.js";
import { VERSION } from "../../../src/version.js";
import { tempFolder } from "../../support/temp-folder.js";

let folder: string;
let data: string;
beforeEach(() => {
  folder = tempFolder("doctor");
  data = join(folder, "share", "jupyter");
});

/** A machine with everything in place, but for what a test says. */
function machine({
  env = {},
  ...more
}: Partial<DoctorContext> & { env?: Record<string, string> } = {}): DoctorContext {
  return {
    surroundings: { platform: "linux", env, home: folder },
    cwd: folder,
    nodeVersion: "v22.1.0",
    ownVersion: VERSION,
    jupyter: {
      path: "/x/jupyter",
      labVersion: "4.6.6",
      dataFolders: [data],
      configFolders: [join(folder, "config")],
    },
    answerMs: 120_000,
    ...more,
  };
}

async function look(name: string, context: DoctorContext): Promise<NamedFinding> {
  const row = checks.find((each) => each.name === name);
  return (await diagnose(context, [row!])).checks[0]!;
}

/** Writes an executable shell script. */
function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("node", () => {
  test.each([
    ["v20.18.3", "fail"],
    ["v20.19.0", "ok"],
    ["v22.0.0", "ok"],
    ["v18.20.0", "fail"],
  ])("%s is %s", async (nodeVersion, status) => {
    const finding = await look("node", machine({ nodeVersion }));
    expect(finding).toMatchObject({ status, found: expect.stringContaining(nodeVersion) });
    if (status === "fail") expect(finding.mend[0]).toContain("nodejs.org");
  });
});

describe("jupyter", () => {
  const folders = { dataFolders: [], configFolders: [] };
  test.each([
    ["none on PATH", {}, "warn", "no `jupyter` on PATH", "pip install jupyterlab"],
    [
      "one that fails",
      { path: "/j", problem: "No module named 'x'" },
      "warn",
      "No module named 'x'",
      "pip install",
    ],
    ["one without JupyterLab", { path: "/j" }, "warn", "without JupyterLab", "pip install jupyterlab"],
    ["JupyterLab 3", { path: "/j", labVersion: "3.6.8" }, "warn", "3.6.8", "--upgrade"],
    ["JupyterLab 4", { path: "/j", labVersion: "4.0.0" }, "ok", "JupyterLab 4.0.0 at /j", undefined],
  ])("%s", async (_what, jupyter, status, found, mend) => {
    const finding = await look("jupyter", machine({ jupyter: { ...folders, ...jupyter } }));
    expect(finding).toMatchObject({ status, found: expect.stringContaining(found) });
    expect(finding.mend.join("\n")).toContain(mend ?? "");
  });

  test("it is asked where it looks", async () => {
    const bin = tempFolder();
    const says = (name: string, text: string): void => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    says(
      "jupyter",
      `[ "$*" = "--paths --json" ] && echo '{"data": ["/d"], "config": ["/c"], "runtime": []}'`,
    );
    says("jupyter-lab", "echo 4.6.6");
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    expect(await findJupyter({ platform: "linux", env, home: folder })).toEqual({
      path: join(bin, "jupyter"),
      labVersion: "4.6.6",
      dataFolders: ["/d"],
      configFolders: ["/c"],
    });
    says("jupyter", "echo Traceback >&2; echo 'ModuleNotFoundError: jupyter_core' >&2; exit 1");
    expect(await findJupyter({ platform: "linux", env, home: folder })).toMatchObject({
      problem: "ModuleNotFoundError: jupyter_core",
      dataFolders: [join(folder, ".local/share/jupyter"), "/usr/local/share/jupyter", "/usr/share/jupyter"],
    });
  });
});

describe("kernelspec", () => {
  test("of ours is well", async () => {
    const kernel = await installKernel({ prefix: folder });
    expect(await look("kernelspec", machine())).toEqual({
      name: "kernelspec",
      status: "ok",
      found: kernel,
      mend: [],
    });
  });

  test("none is told with the folders that were looked at; another program's does not count", async () => {
    mkdirSync(join(data, "kernels", "python3"), { recursive: true });
    writeFileSync(join(data, "kernels", "python3", "kernel.json"), '{"argv": ["python"]}');
    const finding = await look("kernelspec", machine());
    expect(finding).toMatchObject({ status: "fail", found: `none in ${data}` });
    expect(finding.mend[0]).toContain("`claude-notebook install`");
  });

  test("one that starts a Node that is gone fails, with the command that mends it", async () => {
    const kernel = await installKernel({ prefix: folder, name: "second" });
    const file = join(kernel, "kernel.json");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(process.execPath, "/gone/bin/node"));
    const finding = await look("kernelspec", machine());
    expect(finding).toMatchObject({ status: "fail", found: `${kernel} names what is gone: /gone/bin/node` });
    expect(finding.mend).toEqual([
      `Install it again: \`claude-notebook install --prefix ${JSON.stringify(folder)} --name second\``,
    ]);
  });

  test.each([
    ["is no Node", "exit 1", /which is no Node that works: it said nothing \(exit code 1\)$/],
    ["prints something else", "echo sorry >&2", /which is no Node that works: sorry$/],
    ["is too old", "echo v18.20.8", /which is Node v18\.20\.8; 20\.19\.0 or newer is needed$/],
    ["cannot be run", undefined, /which is no Node that works: .*EACCES/],
  ])("one whose Node %s fails, and says so", async (_what, text, found) => {
    const node = script("node", text ?? "");
    if (text === undefined) chmodSync(node, 0o600);
    const kernel = await installKernel({ prefix: folder });
    const file = join(kernel, "kernel.json");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(process.execPath, node));
    const finding = await look("kernelspec", machine());
    expect(finding).toMatchObject({ status: "fail", found: expect.stringMatching(found) });
    expect(finding.found.startsWith(`${kernel} starts ${node}, `)).toBe(true);
    expect(finding.mend).toEqual([expect.stringContaining("`claude-notebook install")]);
  });

  test("one whose Node hangs fails within the time that it is given", async () => {
    const node = script("node", "exec sleep 600");
    const kernel = await installKernel({ prefix: folder });
    const file = join(kernel, "kernel.json");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(process.execPath, node));
    expect(await look("kernelspec", machine({ answerMs: 300 }))).toMatchObject({
      status: "fail",
      found: expect.stringContaining("does not tell its version within 0.3 s"),
    });
  });

  test("a command that somebody has shaped another way is not run", async () => {
    const kernel = await installKernel({ prefix: folder });
    const file = join(kernel, "kernel.json");
    const { argv } = JSON.parse(readFileSync(file, "utf8")) as { argv: string[] };
    const ran = join(folder, "ran");
    const other = script("other", `touch ${ran}`);
    writeFileSync(file, JSON.stringify({ argv: [other, "run", ...argv] }));
    expect(await look("kernelspec", machine())).toMatchObject({ status: "ok", found: kernel });
    expect(existsSync(ran)).toBe(false);
  });

  test("one with a number in its command fails in a sentence", async () => {
    const kernel = await installKernel({ prefix: folder });
    const file = join(kernel, "kernel.json");
    const { argv } = JSON.parse(readFileSync(file, "utf8")) as { argv: string[] };
    writeFileSync(file, JSON.stringify({ argv: [...argv, 7] }));
    expect(await look("kernelspec", machine())).toMatchObject({
      status: "fail",
      found: `${kernel} has a damaged kernel.json: its \`argv\` must be a list of texts`,
      mend: [expect.stringContaining("`claude-notebook install")],
    });
  });

  test("one of another version is told", async () => {
    await installKernel({ prefix: folder });
    const finding = await look("kernelspec", machine({ ownVersion: "9.9.9" }));
    expect(finding).toMatchObject({
      status: "warn",
      found: expect.stringContaining(`starts ${VERSION}, this is 9.9.9`),
    });
  });

  test.each([
    "lib/python3.11/site-packages",
    "lib/python3.12/dist-packages",
    "lib/python3/dist-packages",
    "lib64/python3.13/site-packages",
    "Lib/site-packages",
  ])("one of the Python package is known by the package beside it, in %s", async (library) => {
    const kernel = join(data, "kernels", "claude-notebook");
    mkdirSync(kernel, { recursive: true });
    const argv = ["python", "-m", "claude_notebook.kernel", "-f", "{connection_file}"];
    writeFileSync(join(kernel, "kernel.json"), JSON.stringify({ argv }));
    expect(await look("kernelspec", machine())).toMatchObject({
      status: "fail",
      found: `${kernel} names what is gone: the Python package claude_notebook`,
      mend: ["Install it again: `pip install --force-reinstall claude-notebook`"],
    });
    const root = join(folder, library, "claude_notebook/npm/node_modules/claude-notebook");
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, "package.json"), JSON.stringify({ version: VERSION }));
    expect(await look("kernelspec", machine())).toMatchObject({ status: "ok", found: kernel });
  });

  test("the one of an earlier folder hides another of its name", async () => {
    const first = tempFolder("first");
    const kernel = await installKernel({ prefix: first });
    await installKernel({ prefix: folder });
    const dataFolders = [join(first, "share", "jupyter"), data];
    const context = machine({ jupyter: { ...machine().jupyter, dataFolders } });
    expect((await look("kernelspec", context)).found).toBe(kernel);
  });
});

describe("extension", () => {
  test("beside the kernel is well; of another version, disabled or gone it is told", async () => {
    await installKernel({ prefix: folder });
    const extension = join(data, "labextensions", "claude-notebook");
    expect(await look("extension", machine())).toMatchObject({ status: "ok", found: extension });

    const other = await look("extension", machine({ ownVersion: "9.9.9" }));
    expect(other).toMatchObject({
      status: "warn",
      found: expect.stringContaining(`is of ${VERSION}, this is 9.9.9`),
    });

    const config = join(folder, "config", "labconfig", "page_config.json");
    mkdirSync(join(folder, "config", "labconfig"), { recursive: true });
    writeFileSync(config, JSON.stringify({ disabledExtensions: { "claude-notebook": true } }));
    expect(await look("extension", machine())).toMatchObject({
      status: "warn",
      found: `disabled in ${config}`,
      mend: [expect.stringContaining("jupyter labextension enable claude-notebook")],
    });

    rmSync(extension, { recursive: true });
    expect(await look("extension", machine())).toMatchObject({
      status: "warn",
      found: expect.stringContaining("not installed"),
      mend: [expect.stringContaining("claude-notebook install")],
    });
  });
});

describe("claude", () => {
  const saying = (text: string): Record<string, string> => ({
    CLAUDE_NOTEBOOK_CLAUDE: script("claude", text),
  });

  test("is there; an older one than the tested is told", async () => {
    const env = saying('echo "2.1.197 (Claude Code)"');
    expect(await look("claude", machine({ env }))).toMatchObject({
      status: "ok",
      found: expect.stringMatching(/^2\.1\.197 at /),
    });
    const old = await look("claude", machine({ env: saying('echo "1.0.88 (Claude Code)"') }));
    expect(old).toMatchObject({
      status: "warn",
      mend: [expect.stringContaining("claude-notebook claude update")],
    });
  });

  test.each(["claude", "login"])(
    "that hangs makes the row %s fail in time, with what to do",
    async (name) => {
      const finding = await look(name, machine({ env: saying("exec sleep 600"), answerMs: 300 }));
      expect(finding).toMatchObject({
        status: "fail",
        found: expect.stringMatching(/^`claude (--version|auth status)` gives no answer within 0\.3 s$/),
      });
      expect(finding.mend.join()).toContain("in a terminal");
      expect(finding.mend.join()).not.toContain("timeoutMs");
    },
  );

  test("that is missing fails, and its login is not known; with replay alone neither is needed", async () => {
    const env = { CLAUDE_NOTEBOOK_CLAUDE: join(folder, "no-claude") };
    expect(await look("claude", machine({ env }))).toMatchObject({
      status: "fail",
      mend: [expect.stringContaining("CLAUDE_NOTEBOOK_CLAUDE")],
    });
    expect(await look("login", machine({ env }))).toMatchObject({
      status: "warn",
      found: "not known without the claude CLI",
    });
    for (const name of ["claude", "login"]) {
      const replay = machine({ env: { ...env, CLAUDE_NOTEBOOK_MODE: "replay" } });
      expect(await look(name, replay)).toMatchObject({
        status: "ok",
        found: expect.stringContaining("not needed"),
      });
    }
  });

  test("its login is told by its kind and source, without key or name; none fails", async () => {
    const key = `sk-ant-${"api03-looks-like-a-real-key"}`;
    const status = {
      loggedIn: true,
      authMethod: "api_key",
      apiProvider: "firstParty",
      apiKeySource: "ANTHROPIC_API_KEY",
      email: "ann@example.com",
    };
    const env = { ...saying(`echo '${JSON.stringify(status)}'`), ANTHROPIC_API_KEY: key };
    const finding = await look("login", machine({ env }));
    expect(finding).toMatchObject({ status: "ok", found: "api_key from ANTHROPIC_API_KEY (firstParty)" });
    expect(JSON.stringify(finding)).not.toMatch(/ann@|sk-ant/);

    const none = { loggedIn: false, authMethod: "none", apiProvider: "firstParty" };
    expect(
      await look("login", machine({ env: saying(`echo '${JSON.stringify(none)}'; exit 1`) })),
    ).toMatchObject({
      status: "fail",
      mend: [expect.stringContaining("claude-notebook auth login")],
    });
  });

  test("that prints a key when it fails does not make the doctor print it", async () => {
    const key = `sk-ant-${"api03-looks-like-a-real-key"}`;
    const finding = await look("claude", machine({ env: saying(`echo "broken, ${key}" >&2; exit 3`) }));
    expect(finding.status).toBe("fail");
    expect(JSON.stringify(finding)).toContain("broken");
    expect(JSON.stringify(finding)).not.toContain(key);
  });

  test("that prints escape sequences and pages of text is told in a line that steers no terminal", async () => {
    const key = `sk-ant-${"api03-looks-like-a-real-key"}`;
    const coloured = `${key.slice(0, 12)}\\033[1m${key.slice(12)}`;
    const text = `printf '\\033]0;pwned\\007\\033[2Jbroken\\n\\n\\tat\\r here \\033[31mred ${coloured}\\n'`;
    const env = saying(`${text} >&2; seq 1 9999 >&2; exit 3`);
    const { found } = await look("claude", machine({ env }));
    expect(found).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(found).toContain("broken at here red ");
    expect(found).not.toContain(key);
    expect(found.length).toBeLessThan(1100);
  });
});

describe("recordings", () => {
  const row = (value: object): string => `${JSON.stringify(value)}\n`;
  const whole =
    row({ claude_notebook_recording: 1, turn: 1, prompt: "Hello" }) + row({ exit_code: 0, stderr: "" });

  test("none is well; they are counted in the folder that counts", async () => {
    expect(await look("recordings", machine())).toMatchObject({
      status: "ok",
      found: expect.stringMatching(/^0 in .*recordings \(mode auto\)$/),
    });
    mkdirSync(join(folder, "kept"));
    writeFileSync(join(folder, "kept", "a.jsonl"), whole);
    const env = { CLAUDE_NOTEBOOK_RECORDINGS: "kept", CLAUDE_NOTEBOOK_MODE: "replay" };
    expect(await look("recordings", machine({ env }))).toMatchObject({
      status: "ok",
      found: `1 in ${join(folder, "kept")} (mode replay)`,
    });
  });

  test("a damaged one, one of a newer form, a file in the folder's place and an unknown mode fail", async () => {
    mkdirSync(join(folder, "recordings"));
    writeFileSync(join(folder, "recordings", "a.jsonl"), whole);
    writeFileSync(join(folder, "recordings", "b.jsonl"), whole.slice(0, -10));
    writeFileSync(join(folder, "recordings", "c.jsonl"), whole.replace(":1,", ":7,"));
    const finding = await look("recordings", machine());
    expect(finding).toMatchObject({ status: "fail", found: expect.stringContaining("3 in") });
    expect(finding.found).toMatch(/b\.jsonl is damaged in line 2.*c\.jsonl has the form 7/);
    expect(finding.mend[0]).toContain("CLAUDE_NOTEBOOK_MODE=record");

    writeFileSync(join(folder, "file"), "");
    const notFolder = machine({ env: { CLAUDE_NOTEBOOK_RECORDINGS: "file" } });
    expect(await look("recordings", notFolder)).toMatchObject({
      status: "fail",
      found: expect.stringContaining("cannot be read"),
    });
    const mode = machine({ env: { CLAUDE_NOTEBOOK_MODE: "reply" } });
    expect(await look("recordings", mode)).toMatchObject({
      status: "fail",
      found: expect.stringContaining('"reply"'),
    });
  });
});

test("a check that breaks is a failure of its own, and the others are looked at", async () => {
  const broken = { name: "broken", look: () => Promise.reject(new Error("no such thing")) };
  const node = checks.find(({ name }) => name === "node")!;
  const { ok, checks: found } = await diagnose(machine(), [broken, node]);
  expect(ok).toBe(false);
  expect(found.map(({ name, status }) => [name, status])).toEqual([
    ["broken", "fail"],
    ["node", "ok"],
  ]);
  expect(found[0]!.found).toBe("no such thing");
  expect(found[0]!.mend[0]).toContain("CLAUDE_NOTEBOOK_DEBUG=1");
});

test("with CLAUDE_NOTEBOOK_DEBUG the stack of a check that breaks is on stderr", async () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const cause = new Error("no such thing");
  const broken = { name: "broken", look: () => Promise.reject(cause) };
  const { checks: found } = await diagnose(machine({ env: { CLAUDE_NOTEBOOK_DEBUG: "1" } }), [broken]);
  const texts = written.mock.calls.map(([text]) => String(text)).join("");
  written.mockRestore();
  expect(texts).toMatch(/Error: no such thing\n +at .*checks\.test\.ts/);
  expect(found[0]).toMatchObject({
    status: "fail",
    found: "no such thing",
    mend: ["Its stack is on stderr"],
  });
});
