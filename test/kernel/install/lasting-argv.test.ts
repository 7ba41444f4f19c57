import { expect, test } from "vitest";
import { isTemporaryInstallation, lastingArgv } from "../../../kernel/install/lasting-argv.js";

const main = "/dist/kernel/main.js";
const cli = "/dist/kernel/cli/main.js";

test("the paths of a plain installation stay as they are", () => {
  const root = "/usr/lib/node_modules/claude-notebook";
  const argv = ["/usr/bin/node", "--flag", root + main, "{connection_file}"];
  const installation = {
    node: "/usr/bin/node",
    script: "/usr/bin/claude-notebook",
    root,
    resolveLinks: () => undefined,
  };
  expect(lastingArgv(argv, installation)).toEqual(argv);
});

test("Homebrew's Node is named by the link that every version keeps", () => {
  const node = "/opt/homebrew/Cellar/node@22/22.1.0/bin/node";
  const lasting = "/opt/homebrew/opt/node@22/bin/node";
  const installation = {
    node,
    script: undefined,
    root: "/lib/cn",
    resolveLinks: (path: string) => (path === lasting ? node : undefined),
  };
  expect(lastingArgv([node, "/lib/cn/dist/kernel/main.js"], installation)[0]).toBe(lasting);
  expect(lastingArgv([node], { ...installation, resolveLinks: () => "/other/node" })[0]).toBe(node);
});

test("a package in pnpm's store is named by the link it was called through", () => {
  const root = "/pnpm/global/5/.pnpm/claude-notebook@0.1.0/node_modules/claude-notebook";
  const link = "/pnpm/global/5/node_modules/claude-notebook";
  const installation = {
    node: "/n",
    script: link + cli,
    root,
    resolveLinks: (path: string) => (path === link ? root : undefined),
  };
  expect(lastingArgv(["/n", root + main], installation)).toEqual(["/n", link + main]);
});

test("an installation that npx or pnpm dlx made for one command is known as such", () => {
  expect(isTemporaryInstallation("/h/.npm/_npx/0123/node_modules/claude-notebook")).toBe(true);
  expect(isTemporaryInstallation("/h/.cache/pnpm/dlx/x/node_modules/claude-notebook")).toBe(true);
  expect(isTemporaryInstallation("/usr/lib/node_modules/claude-notebook")).toBe(false);
});
