/**
 * `npm run wheel [-- --platform NAME] [--tarball FILE] [--out FOLDER]`: builds the Python wheel for a platform (this one, if
 * none is named). It carries the packed npm package with the dependencies of package-lock.json, so that nothing is fetched
 * where it is installed. Needs npm's registry, and a `python3` whose pip reaches PyPI: hatchling writes the wheel.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { isNeedless } from "./needless-files.mjs";
import { wheelPlatforms } from "./wheel-platforms.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const { values } = parseArgs({
  options: {
    platform: { type: "string", default: `${process.platform}-${process.arch}` },
    tarball: { type: "string" },
    out: { type: "string", default: join(root, "dist-wheel") },
    python: { type: "string", default: "python3" },
  },
});
const platform = wheelPlatforms[values.platform];
if (platform === undefined) {
  const known = Object.keys(wheelPlatforms).join(", ");
  throw new Error(`There is no wheel for ${values.platform}; --platform takes ${known}.`);
}

const staging = mkdtempSync(join(tmpdir(), "claude-notebook-wheel-"));
try {
  const npm = join(staging, "claude_notebook", "npm");
  cpSync(join(here, "claude_notebook"), join(staging, "claude_notebook"), {
    recursive: true,
    filter: (path) => !path.includes("__pycache__"),
  });
  for (const name of ["pyproject.toml", "wheel_tag.py", "README.md"])
    cpSync(join(here, name), join(staging, name));
  for (const name of ["LICENSE", "package.json"]) cpSync(join(root, name), join(staging, name));

  installDependencies(npm);
  const installed = unpackPackage(npm);
  prune(join(npm, "node_modules"));
  await writeJupyterFiles(installed);
  const pip = [
    "-m",
    "pip",
    "wheel",
    "--no-deps",
    "--disable-pip-version-check",
    "--wheel-dir",
    resolve(values.out),
  ];
  run(values.python, [...pip, staging], staging, { CLAUDE_NOTEBOOK_WHEEL_PLATFORM: platform.tag });
} finally {
  rmSync(staging, { recursive: true, force: true });
}

/** Exactly those of the lockfile. Without install scripts: what they would fetch, optional packages bring. */
function installDependencies(folder) {
  mkdirSync(folder);
  for (const name of ["package.json", "package-lock.json"]) cpSync(join(root, name), join(folder, name));
  const { os, cpu, libc } = platform;
  const target = [`--os=${os}`, `--cpu=${cpu}`, ...(libc ? [`--libc=${libc}`] : [])];
  run("npm", ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", ...target], folder);
  for (const name of ["package.json", "package-lock.json"]) rmSync(join(folder, name));
}

/** Puts our package beside its dependencies. @returns its folder */
function unpackPackage(folder) {
  const tarball = values.tarball === undefined ? pack(folder) : resolve(values.tarball);
  const target = join(folder, "node_modules", "claude-notebook");
  mkdirSync(target);
  run("tar", ["-xzf", tarball, "--strip-components=1", "-C", target], folder);
  if (values.tarball === undefined) rmSync(tarball);
  return target;
}

function pack(folder) {
  run("npm", ["pack", "--silent", "--pack-destination", folder], root);
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(".tgz")),
  );
}

function prune(modules) {
  for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(modules, path).replaceAll(sep, "/");
    if (!entry.isDirectory() && isNeedless(name, platform.zeromq)) rmSync(path);
  }
  removeEmptyFolders(modules);
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** The kernelspec and the extension of JupyterLab, which pip puts where Jupyter of the same environment looks. */
async function writeJupyterFiles(installed) {
  const load = (path) => import(pathToFileURL(join(installed, "dist", "kernel", path)));
  const { kernelSpec, logoFolder, logos } = await load("install/kernel-spec.js");
  const { kernelArgv } = await load("kernel-argv.js");

  const kernel = join(staging, "share", "jupyter", "kernels", "claude-notebook");
  mkdirSync(kernel, { recursive: true });
  // "python" stands for the Python that Jupyter runs on: the one this package is installed in.
  const spec = kernelSpec(["python", "-m", "claude_notebook.kernel", "-f", "{connection_file}"]);
  writeJson(join(kernel, "kernel.json"), spec);
  for (const logo of logos) cpSync(fileURLToPath(new URL(logo, logoFolder)), join(kernel, logo));

  const place = { node: "{node}", root: "{package}", hasShell: platform.os !== "win32" };
  writeJson(join(staging, "claude_notebook", "kernel-command.json"), kernelArgv("{connection_file}", place));

  const extension = join(staging, "share", "jupyter", "labextensions", "claude-notebook");
  cpSync(join(installed, "dist", "renderers", "jupyterlab", "labextension"), extension, { recursive: true });
  writeJson(join(extension, "install.json"), {
    packageManager: "python",
    packageName: "claude-notebook",
    uninstallInstructions: "pip uninstall claude-notebook",
  });
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, undefined, 1)}\n`);
}

/** @throws when the program cannot be started or fails; what it wrote is in the message. */
function run(program, args, cwd, env = {}) {
  const done = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    // npm is a script there.
    shell: process.platform === "win32",
  });
  if (done.error) throw done.error;
  if (done.status !== 0)
    throw new Error(`${program} ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
}
