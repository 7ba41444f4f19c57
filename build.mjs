// Compiles src, renderers and kernel into dist/, copies what the compiler does not (files that are read as they are), and
// puts packages of very many modules into a file each. Then it bundles JupyterLab's extension.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = dirname(fileURLToPath(import.meta.url));

/** Folders whose files are copied verbatim; each is named `assets`, so that none can be forgotten here. */
const assetFolders = ["src", "renderers", "kernel"].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name === "assets")
    .map((entry) => join(entry.parentPath, entry.name)),
);

for (const folder of assetFolders) {
  const target = join(root, "dist", folder.slice(root.length));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(folder, target, { recursive: true });
}

run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");

await bundlePage();
await copyTemplates();

/**
 * What runs before the kernel can answer and before it can compile, and what exports a page, each with all it imports in one file:
 * Node then reads and links a few files instead of eighty, or two hundred. Kept apart are modules that several of them share, and the engines, of which only one is
 * loaded.
 */
const startFiles = [
  "kernel/main.js",
  "kernel/io/io-worker.js",
  "kernel/compile/compile-worker.js",
  "kernel/compile/typescript/typescript-engine.js",
  "kernel/cli/main.js",
  "kernel/cli/commands/run-export.js",
  "kernel/export/export-notebook.js",
  "kernel/export/session/export-session.js",
];
const apart =
  /\/kernel\/(kernel|end-kernel|compile\/(\w+\/\w+-engine|typescript\/checker|global-declarations)|cli\/usage-error)\.js$|\/renderers\/code\/languages\.js$/;

/** What an `import()` loads stays a file of its own, to be loaded when it is needed. */
const onDemand = {
  name: "on-demand",
  resolveId: (id, from, { kind }) =>
    kind === "dynamic-import" && id.startsWith(".")
      ? { id: resolve(dirname(from), id), external: "relative" }
      : undefined,
};

await bundleLanguages();

for (const name of startFiles) {
  const file = join(root, "dist", name);
  const external = (id, from) =>
    id.startsWith(".") ? apart.test(resolve(dirname(from), id)) : !isAbsolute(id);
  const bundle = await rolldown({ input: file, platform: "node", external, plugins: [onDemand] });
  // A third of it is comments, which take time to read.
  await bundle.write({ file, format: "esm", codeSplitting: false, comments: false });
  await bundle.close();
}

await bundleSdk();

/** Packages that take three to four times as long to import as one file with the same contents (docs/benchmarks.md). */
const bundles = [
  { file: "execa.js", input: "execa", packages: ["execa"] },
  { file: "zod.js", input: "zod", packages: ["zod"] },
  { file: "sanitize-html.js", input: "sanitize-html", packages: ["sanitize-html"] },
  // Our stream knows its rules by the names of their functions.
  { file: "markdown-it.js", input: "markdown-it", packages: ["markdown-it"], keepNames: true },
  { file: "diff.js", input: "diff", packages: ["diff"] },
  { file: "katex.js", input: "katex", packages: ["katex"] },
  {
    file: "typescript-api.js",
    input: "typescript-api",
    packages: ["typescript/unstable/sync", "typescript/unstable/ast"],
    // All but the channel, which ends its process with ours, only defines.
    treeshake: { moduleSideEffects: (id) => id === "typescript-api" || id.includes("syncChannel") },
  },
];

/** Of zod's fifty languages, errors of this package use one; the others would double the time of its import. */
const oneLanguage = {
  name: "one-language",
  load: (id) =>
    /zod[\\/]v4[\\/]locales[\\/]index\.js$/.test(id) ? 'export { default as en } from "./en.js";' : undefined,
};

/** What the engine uses of TypeScript's API: a third of it. The path of the compiler is always given (compiler-path.ts). */
const typescriptModules = {
  "typescript-api":
    'export * from "typescript/unstable/sync"; export { SyntaxKind } from "typescript/unstable/ast";',
  "#getExePath": 'export default () => { throw new Error("The path of the compiler is to be given."); };',
};
const typescriptApi = {
  name: "typescript-api",
  resolveId: (id) => (Object.hasOwn(typescriptModules, id) ? id : undefined),
  load: (id) => typescriptModules[id],
};

/**
 * zod compiles the schema of an object when it first checks one, which takes half a millisecond each, at the start of every
 * turn. What is checked often here (the messages of a stream) does not go through zod. A setting of its own, since zod
 * keeps one for all its copies, and the user's are to compile.
 */
const uncompiled = {
  name: "uncompiled",
  transform(code, id) {
    if (!/zod[\\/]v4[\\/]core[\\/]core\.js$/.test(id)) return undefined;
    const shared = "export const globalConfig = globalThis.__zod_globalConfig;";
    if (!code.includes(shared)) throw new Error("zod keeps its settings elsewhere than build.mjs expects.");
    return code.replace(shared, "export const globalConfig = { jitless: true };");
  },
};

const vendor = join(root, "dist", "vendor");
for (const { file, input, treeshake = true, keepNames = false } of bundles) {
  const plugins = [oneLanguage, uncompiled, typescriptApi];
  const bundle = await rolldown({ input, cwd: root, platform: "node", plugins, treeshake });
  const { output } = await bundle.write({ file: join(vendor, file), format: "esm", minify: true, keepNames });
  writeFileSync(join(vendor, file.replace(/js$/, "LICENSES.txt")), licencesOf(output[0].moduleIds));
  await bundle.close();
}
for (const name of readdirSync(join(root, "dist"), { recursive: true })) {
  if (name.endsWith(".js") && !/vendor|labextension/.test(name)) useBundles(join(root, "dist", name));
}

buildLabExtension();

/**
 * Puts the SDK's hundred and fifty modules into one: reading and linking them took as long as running them. Each keeps its
 * file, which now passes on what the one holds; so whoever imports a part of the SDK has the same part as its index.
 * Kept apart are modules that something else starts with, and those that look for files beside them.
 */
async function bundleSdk() {
  const src = join(root, "dist", "src");
  const entries = ["kernel/kernel.js", "kernel/index.js", "kernel/cli/main.js", "renderers/index.js"];
  const separate = new Set(entries.flatMap((entry) => [...importedBy(join(root, "dist", entry))]));
  const holds = (file) =>
    /\.js$/.test(file) && !separate.has(file) && !/import\.meta/.test(readFileSync(file, "utf8"));
  const files = [...importedBy(join(src, "index.js"))].filter(holds);
  const bundle = await rolldown({
    input: Object.fromEntries(files.map((file) => [relative(src, file).replace(/\.js$/, ""), file])),
    platform: "node",
    external: (id, from) => !files.includes(from ? resolve(dirname(from), id) : id),
    // That what is in the one module is loaded with it is the purpose.
    checks: { ineffectiveDynamicImport: false },
  });
  await bundle.write({
    dir: src,
    format: "esm",
    chunkFileNames: "[name].js",
    codeSplitting: { groups: [{ name: "sdk", test: () => true }] },
  });
  await bundle.close();
}

/** Puts the fifty modules of highlight.js that colour code into the one that imports them all. */
async function bundleLanguages() {
  const file = join(root, "dist/renderers/code/languages.js");
  const bundle = await rolldown({ input: file, platform: "node" });
  const { output } = await bundle.write({ file, format: "esm", minify: true });
  writeFileSync(file.replace(/js$/, "LICENSES.txt"), licencesOf(output[0].moduleIds));
  await bundle.close();
}

/** A file of dist/ and all files of dist/ that are imported before it runs. */
function importedBy(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  const imports = /^(?:import|export)\b[^;]*?\bfrom "(\.[^"]+)"|^import "(\.[^"]+)"/gm;
  for (const [, from, alone] of readFileSync(file, "utf8").matchAll(imports))
    importedBy(resolve(dirname(file), from ?? alone), found);
  return found;
}

/** Puts each template of `claude-notebook new` together: its notebook, its recordings and the data that it reads. */
async function copyTemplates() {
  const { templates } = await import("./dist/kernel/new/templates.js");
  const examples = join(root, "examples");
  const recordings = JSON.parse(readFileSync(join(examples, "recordings.json"), "utf8"));
  const target = join(root, "dist/kernel/new/templates");
  rmSync(target, { recursive: true, force: true });
  for (const { name, data } of templates) {
    const files = [
      `${name}.ipynb`,
      ...recordings[name].map((file) => `recordings/${file}`),
      ...data.map((file) => `data/${file}`),
    ];
    for (const file of files) cpSync(join(examples, file), join(target, name, file), { recursive: true });
  }
}

/** Runs a script with this Node; ends the build when it fails. */
function run(...args) {
  const { error, status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Compiles renderers/jupyterlab and what it imports for the browser, and lets Jupyter's builder bundle it: 5 seconds, so it is
 * done only when something of it has changed.
 */
function buildLabExtension() {
  const target = join(root, "dist/renderers/jupyterlab/labextension");
  const stamp = join(target, "..", "built-from.txt");
  const source = hashOf(["renderers", "src", "package-lock.json", "package.json", "build.mjs"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === source) return;
  const staging = join(root, "dist/labextension-build");
  for (const folder of [staging, target, stamp]) rmSync(folder, { recursive: true, force: true });
  run(
    "node_modules/typescript/bin/tsc",
    "-p",
    "renderers/jupyterlab/tsconfig.json",
    "--outDir",
    join(staging, "out"),
  );
  cpSync(join(root, "renderers/jupyterlab/rspack.config.cjs"), join(staging, "rspack.config.cjs"));
  const manifest = JSON.parse(readFileSync(join(root, "renderers/jupyterlab/package.json"), "utf8"));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(staging, "package.json"), JSON.stringify({ ...manifest, version }, null, 2));
  const builder = join(root, "node_modules/@jupyter/builder/lib/build-labextension.js");
  const core = join(root, "node_modules/@jupyterlab/core-meta/core.package.json");
  const built = spawnSync(process.execPath, [builder, "--core-package-file", core, staging], {
    encoding: "utf8",
  });
  if (built.status !== 0)
    throw new Error(`JupyterLab's extension could not be built:\n${built.stdout}${built.stderr}`);
  cpSync(join(staging, "labextension"), target, { recursive: true });
  rmSync(staging, { recursive: true });
  writeFileSync(stamp, source);
}

/** One hash of files and of all files in folders. */
function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    const names = path.includes(".") ? [""] : readdirSync(join(root, path), { recursive: true }).sort();
    for (const name of names.filter((each) => path.includes(".") || /\.(ts|cjs|json)$/.test(each)))
      hash.update(`${path}/${name}\n`).update(readFileSync(join(root, path, name)));
  }
  return hash.digest("hex");
}

/** The script of the server's chat page, with our renderers in it; type-checked apart, for it knows the DOM. */
async function bundlePage() {
  const source = join(root, "renderers", "server", "browser");
  const checked = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", source], {
    cwd: root,
    stdio: "inherit",
  });
  if (checked.status !== 0) process.exit(checked.status ?? 1);
  const page = await rolldown({
    input: join(source, "main.ts"),
    cwd: root,
    platform: "browser",
    resolve: { alias: { "node:crypto": join(source, "node-crypto.ts") } },
  });
  await page.write({
    file: join(root, "dist", "renderers", "server", "chat.js"),
    format: "esm",
    minify: true,
  });
  await page.close();
}

function useBundles(file) {
  const text = readFileSync(file, "utf8");
  const changed = text.replaceAll(/(\bfrom |\bimport\()"([\w/-]+)"/g, (whole, before, name) => {
    const bundle = bundles.find(({ packages }) => packages.includes(name));
    if (!bundle) return whole;
    const path = relative(dirname(file), join(vendor, bundle.file)).replaceAll("\\", "/");
    return `${before}"${path.startsWith(".") ? path : `./${path}`}"`;
  });
  if (changed !== text) writeFileSync(file, changed);
}

/** The licences of all packages that went into a bundle, which they ask to keep with it. */
function licencesOf(moduleIds) {
  const folders = new Set(
    moduleIds.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? []),
  );
  return [...folders]
    .sort()
    .map((folder) => {
      const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const text =
        file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : license;
      return `${name} ${version}\n\n${text}`;
    })
    .join(`\n${"-".repeat(80)}\n`);
}
