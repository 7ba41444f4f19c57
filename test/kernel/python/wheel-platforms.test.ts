import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const load = (name: string) => import(pathToFileURL(join(root, "kernel", "python", name)).href);
const { wheelPlatforms } = (await load("wheel-platforms.mjs")) as {
  wheelPlatforms: Record<string, { tag: string; zeromq: string; os: string; cpu: string }>;
};
const { isNeedless } = (await load("needless-files.mjs")) as {
  isNeedless(path: string, zeromq: string): boolean;
};

const addons = readdirSync(join(root, "node_modules", "zeromq", "build"), {
  recursive: true,
  encoding: "utf8",
})
  .filter((name) => name.endsWith(".node"))
  .map((name) => `zeromq/build/${name}`);

test.each(Object.entries(wheelPlatforms))(
  "the wheel for %s carries the one binary of zeromq that runs there",
  (_name, { zeromq, os, cpu }) => {
    expect(addons.length).toBeGreaterThan(5);
    const kept = addons.filter((path) => !isNeedless(path, zeromq));
    expect(kept).toEqual([`zeromq/build/${zeromq}/addon.node`]);
    expect(zeromq).toMatch(new RegExp(`^${os}/${cpu}/`));
  },
);

test("each platform has a tag of its own", () => {
  const tags = Object.values(wheelPlatforms).map(({ tag }) => tag);
  expect(new Set(tags).size).toBe(tags.length);
});

test.each([
  ["zod/v4/core/schemas.d.ts", false],
  ["zod/LICENSE", false],
  ["fastify/LICENSE.md", false],
  ["claude-notebook/docs/install.md", false],
  ["@tslab/typescript-for-tslab/lib/typescript.js", false],
  ["@tslab/typescript-for-tslab/lib/lib.es5.d.ts", false],
  ["@tslab/typescript-for-tslab/lib/tsserver.js", true],
  ["@tslab/typescript-for-tslab/lib/zh-cn/diagnosticMessages.generated.json", true],
  ["cmake-ts/build/loader.js", false],
  ["cmake-ts/build/main.js", true],
  ["execa/readme.md", true],
  ["execa/index.js.map", true],
])("of the dependencies, %s is left out: %s", (path, expected) => {
  expect(isNeedless(path, "linux/x64/node/glibc-127-Release")).toBe(expected);
});
