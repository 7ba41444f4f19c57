import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findSysPrefix } from "../../../kernel/install/find-sys-prefix.js";
import { installKernel } from "../../../kernel/install/install-kernel.js";
import { jupyterDataDir } from "../../../kernel/install/jupyter-data-dir.js";
import { kernelFolder } from "../../../kernel/install/kernel-folder.js";
import { uninstallKernel } from "../../../kernel/install/uninstall-kernel.js";

let prefix: string;
beforeEach(() => {
  prefix = mkdtempSync(join(tmpdir(), "cn-install-"));
});
afterEach(() => rmSync(prefix, { recursive: true }));

const surroundings = (env: Record<string, string>, platform: NodeJS.Platform = "linux") => ({
  platform,
  env,
  home: "/h/me",
});

describe("installing", () => {
  test("writes one kernelspec that Jupyter can start, with its logos", async () => {
    const folder = await installKernel({ prefix });
    expect(folder).toBe(join(prefix, "share", "jupyter", "kernels", "claude-notebook"));
    expect(readdirSync(folder).sort()).toEqual([
      "kernel.json",
      "logo-32x32.png",
      "logo-64x64.png",
      "logo-svg.svg",
    ]);
    const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    expect(spec).toMatchObject({
      display_name: "TypeScript (Claude)",
      language: "typescript",
      interrupt_mode: "message",
    });
    expect(spec.argv[0]).toBe("/bin/sh");
    expect(spec.argv).toContain(process.execPath);
    expect(spec.argv.at(-1)).toBe("{connection_file}");
    expect(spec.argv.at(-2)).toMatch(/^\/.*dist\/kernel\/main\.js$/);
  });

  test("again replaces what is there, leftovers too, and leaves nothing beside it", async () => {
    const folder = await installKernel({ prefix });
    writeFileSync(join(folder, "leftover.txt"), "");
    writeFileSync(join(folder, "kernel.json"), "broken");
    expect(await installKernel({ prefix })).toBe(folder);
    expect(readdirSync(folder)).toHaveLength(4);
    expect(JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")).language).toBe("typescript");
    expect(readdirSync(join(prefix, "share", "jupyter")).sort()).toEqual(["kernels", "labextensions"]);
    expect(readdirSync(join(prefix, "share", "jupyter", "kernels"))).toEqual(["claude-notebook"]);
  });

  test("where it cannot write, it says where, why and what else there is", async () => {
    writeFileSync(join(prefix, "share"), "a file");
    await expect(installKernel({ prefix })).rejects.toMatchObject({
      code: "install-target",
      message: expect.stringMatching(/Cannot install into .*: a part of the path is a file/),
      hints: [expect.stringContaining("--prefix DIR")],
    });
  });

  test("puts JupyterLab's extension beside the kernels, and the last kernel of ours takes it away", async () => {
    const extension = join(prefix, "share", "jupyter", "labextensions", "claude-notebook");
    const other = join(prefix, "share", "jupyter", "labextensions", "other");
    mkdirSync(other, { recursive: true });
    await installKernel({ prefix });
    const { name, jupyterlab } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
    expect(name).toBe("claude-notebook");
    expect(existsSync(join(extension, jupyterlab._build.load))).toBe(true);
    writeFileSync(join(extension, "static", "leftover.js"), "");
    await installKernel({ prefix, name: "second" });
    expect(existsSync(join(extension, "static", "leftover.js"))).toBe(false);

    await uninstallKernel({ prefix });
    expect(existsSync(extension)).toBe(true);
    await uninstallKernel({ prefix, name: "second" });
    expect(existsSync(extension)).toBe(false);
    expect(existsSync(other)).toBe(true);
  });

  test("uninstalling removes the folder and nothing else, and twice is no error", async () => {
    const other = join(prefix, "share", "jupyter", "kernels", "python3");
    mkdirSync(other, { recursive: true });
    const folder = await installKernel({ prefix });
    expect(await uninstallKernel({ prefix })).toEqual({ folder, removed: true });
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(other)).toBe(true);
    expect(await uninstallKernel({ prefix })).toEqual({ folder, removed: false });
  });
});

describe("a kernelspec of another name", () => {
  test("stands beside the default one, with its display name and variables", async () => {
    await installKernel({ prefix });
    const folder = await installKernel({ prefix, name: "claude-work", env: { A: "1", B: "x=y" } });
    expect(folder).toBe(join(prefix, "share", "jupyter", "kernels", "claude-work"));
    const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    expect(spec).toMatchObject({
      display_name: "TypeScript (Claude): claude-work",
      env: { A: "1", B: "x=y" },
    });
    expect(readdirSync(join(prefix, "share", "jupyter", "kernels")).sort()).toEqual([
      "claude-notebook",
      "claude-work",
    ]);
    expect(await uninstallKernel({ prefix, name: "claude-work" })).toEqual({ folder, removed: true });
    expect(existsSync(join(prefix, "share", "jupyter", "kernels", "claude-notebook"))).toBe(true);
  });

  test.each(["../python3", "a/b", ".hidden", "", "a b"])("cannot be %j", async (name) => {
    await expect(installKernel({ prefix, name })).rejects.toMatchObject({ code: "install-target" });
    expect(readdirSync(prefix)).toEqual([]);
  });

  test("neither replaces nor removes the kernel of another program", async () => {
    const folder = join(prefix, "share", "jupyter", "kernels", "python3");
    mkdirSync(folder, { recursive: true });
    const foreign = JSON.stringify({
      argv: ["python", "-m", "ipykernel_launcher"],
      display_name: "Python 3",
    });
    writeFileSync(join(folder, "kernel.json"), foreign);
    const refusal = { code: "install-target", message: expect.stringContaining("another kernel") };
    await expect(installKernel({ prefix, name: "python3" })).rejects.toMatchObject(refusal);
    await expect(uninstallKernel({ prefix, name: "python3" })).rejects.toMatchObject(refusal);
    expect(readFileSync(join(folder, "kernel.json"), "utf8")).toBe(foreign);
  });
});

describe("a kernelspec that came with the Python package", () => {
  const kernels = (): string => join(prefix, "share", "jupyter", "kernels");
  beforeEach(() => {
    const folder = join(kernels(), "claude-notebook");
    mkdirSync(folder, { recursive: true });
    const argv = ["python", "-m", "claude_notebook.kernel", "-f", "{connection_file}"];
    writeFileSync(join(folder, "kernel.json"), JSON.stringify({ argv }));
  });

  test("is pip's to replace and to remove, which is said", async () => {
    const refusal = {
      code: "install-target",
      message: expect.stringContaining("belongs to the Python package claude-notebook"),
      hints: expect.arrayContaining([expect.stringContaining("pip uninstall claude-notebook")]),
    };
    await expect(installKernel({ prefix })).rejects.toMatchObject(refusal);
    await expect(uninstallKernel({ prefix })).rejects.toMatchObject(refusal);
  });

  test("keeps its extension when another kernel of ours comes and goes", async () => {
    const extension = join(prefix, "share", "jupyter", "labextensions", "claude-notebook");
    mkdirSync(extension, { recursive: true });
    writeFileSync(join(extension, "package.json"), "from the wheel");
    await installKernel({ prefix, name: "second" });
    await uninstallKernel({ prefix, name: "second" });
    expect(readdirSync(kernels())).toEqual(["claude-notebook"]);
    expect(readFileSync(join(extension, "package.json"), "utf8")).toBe("from the wheel");
  });
});

describe("the place", () => {
  test.each([
    ["linux", {}, "/h/me/.local/share/jupyter"],
    ["linux", { XDG_DATA_HOME: "/data" }, "/data/jupyter"],
    ["linux", { JUPYTER_DATA_DIR: "/jupyter", XDG_DATA_HOME: "/data" }, "/jupyter"],
    ["darwin", { XDG_DATA_HOME: "/data" }, "/h/me/Library/Jupyter"],
    ["win32", { APPDATA: "/roaming" }, "/roaming/jupyter"],
  ] as const)("of the user on %s with %j is %s, as jupyter --data-dir says", (platform, env, folder) => {
    expect(jupyterDataDir(surroundings(env, platform))).toBe(folder);
    expect(kernelFolder({}, surroundings(env, platform))).toBe(`${folder}/kernels/claude-notebook`);
  });

  test.each([
    [{ VIRTUAL_ENV: "/venv", CONDA_PREFIX: "/conda" }, "/venv"],
    [{ CONDA_PREFIX: "/conda" }, "/conda"],
  ])("of the active environment with %j is %s", (env, folder) => {
    expect(kernelFolder({ sysPrefix: true }, surroundings(env))).toBe(
      `${folder}/share/jupyter/kernels/claude-notebook`,
    );
  });

  /** A `jupyter` on PATH with this content. */
  const withJupyter = (content: string): ReturnType<typeof surroundings> => {
    mkdirSync(join(prefix, "bin"), { recursive: true });
    writeFileSync(join(prefix, "bin", "jupyter"), content);
    chmodSync(join(prefix, "bin", "jupyter"), 0o755);
    return surroundings({ PATH: `/nowhere:${join(prefix, "bin")}` });
  };

  test.each([
    ["a script of pip", "#!/opt/env/bin/python3.12\nimport sys\n", "/opt/env"],
    [
      "one with a path that has a space",
      `#!/bin/sh\n'''exec' "/opt/my env/bin/python" "$0" "$@"\n' '''\n`,
      "/opt/my env",
    ],
    [
      "one with a long path",
      `#!/bin/sh\n'''exec' /opt/${"x".repeat(200)}/bin/python "$0" "$@"\n' '''\n`,
      `/opt/${"x".repeat(200)}`,
    ],
  ])("of the jupyter on PATH comes from the first lines of %s", (_title, content, folder) => {
    expect(findSysPrefix(withJupyter(content))).toBe(folder);
  });

  test("of a jupyter that is a program is the folder above its bin", () => {
    expect(findSysPrefix(withJupyter("\u007fELF"))).toBe(prefix);
  });

  test("of a shim is not guessed", () => {
    expect(() => findSysPrefix(withJupyter("#!/usr/bin/env bash\nexec pyenv exec jupyter\n"))).toThrow(
      expect.objectContaining({ code: "install-target", hints: [expect.stringContaining("--prefix DIR")] }),
    );
  });

  test("without environment and jupyter is an error that says what to do", () => {
    expect(() => kernelFolder({ sysPrefix: true }, surroundings({ PATH: "/nowhere" }))).toThrow(
      expect.objectContaining({
        code: "install-target",
        hints: expect.arrayContaining([expect.stringContaining("--user")]),
      }),
    );
  });
});
