// Compiles src, renderers and kernel into dist/ and copies what the compiler does not: files that are read as they are.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

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

const compiled = spawnSync(
  process.execPath,
  ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"],
  {
    cwd: root,
    stdio: "inherit",
  },
);
if (compiled.error) throw compiled.error;
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
