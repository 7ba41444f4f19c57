// Makes docs/api of the declarations in dist/: a page for each entry of the package. `npm run docs:api` builds first.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const tool = import.meta.dirname;
const root = resolve(tool, "../..");
const { values } = parseArgs({ options: { output: { type: "string", default: join(root, "docs/api") } } });

if (!existsSync(join(tool, "node_modules/.package-lock.json"))) {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", args, {
    cwd: tool,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0)
    throw new Error(`npm could not install what docs/tool/package.json names (exit code ${status}).`);
}
const { Application, Converter, ReflectionKind } = await import("typedoc");

/** What a program imports → its declarations. */
const entries = Object.entries(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).exports)
  .filter(([, target]) => target.types !== undefined)
  .map(([name, { types }]) => ({
    name: name === "." ? "claude-notebook" : name.slice("./".length),
    file: join(root, types),
  }));

const folder = mkdtempSync(join(tmpdir(), "claude-notebook-docs-"));
try {
  await generate();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function generate() {
  const tsconfig = join(folder, "tsconfig.json");
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files: entries.map(({ file }) => file) }));
  const table = "table";
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: entries.map(({ file }) => file),
    tsconfig,
    readme: "none",
    logLevel: "Error",
    // No paths and line numbers, so that the pages change with the interface alone.
    disableSources: true,
    excludeExternals: true,
    outputs: [{ name: "markdown", path: values.output }],
    outputFileStrategy: "modules",
    hidePageHeader: true,
    hideBreadcrumbs: true,
    hideGroupHeadings: false,
    parametersFormat: table,
    interfacePropertiesFormat: table,
    classPropertiesFormat: table,
    typeAliasPropertiesFormat: table,
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    // What a class or an interface inherits stands where it is declared.
    const members = project.getReflectionsByKind(ReflectionKind.Property | ReflectionKind.Method);
    for (const member of members) if (member.inheritedFrom) project.removeReflection(member);
    for (const each of Object.values(project.reflections))
      for (const noise of ["overwrites", "implementationOf"]) delete each[noise];
    for (const entry of project.children) entry.name = nameOf(entry);
  });
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc could not read the declarations in dist/.");
  const silent = project.children.flatMap((entry) =>
    entry.children
      .filter((each) => !each.isReference() && !isDescribed(each))
      .map((each) => `${entry.name}: ${each.name}`),
  );
  if (silent.length > 0) {
    console.error(`These exports have no description; write a TSDoc comment for each:\n${silent.join("\n")}`);
    process.exitCode = 1;
  }
  await app.generateOutputs(project);
}

/** TypeDoc names an entry by its file; a program knows it by what it imports. */
function nameOf(entry) {
  const found = entries.find(
    ({ file }) => file.endsWith(`/${entry.name}.d.ts`) || file.endsWith(`/${entry.name}/index.d.ts`),
  );
  if (!found) throw new Error(`No entry of package.json is ${entry.name}.`);
  return found.name;
}

function isDescribed(reflection) {
  return reflection.hasComment() || (reflection.signatures ?? []).some((signature) => signature.hasComment());
}
