import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { text, toolUse } from "../../src/testing/index.js";
import { type KernelClient, startKernelClient } from "../support/kernel-client.js";
import { type ScriptedClaude, scriptedClaude } from "../support/scripted-claude.js";
import { tempFolder } from "../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../..");

/** The pages whose TypeScript is run: the README and every page of docs/. */
const pages = ["README.md", ...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"))].map(
  (name) => (name === "README.md" ? name : join("docs", name)),
);

interface Block {
  readonly line: number;
  readonly code: string;
}

/** The `ts` blocks of a page. One that cannot be run says so and why: a fence of "ts no-run: needs a browser". */
function blocksOf(page: string): Block[] {
  const markdown = readFileSync(join(root, page), "utf8");
  return [...markdown.matchAll(/^```ts *(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, info]) => !info!.startsWith("no-run: "))
    .map((match) => ({ line: markdown.slice(0, match.index).split("\n").length, code: match[2]! }));
}

let claude: ScriptedClaude;
beforeAll(async () => {
  claude = await scriptedClaude([
    {
      when: /^Three cities/,
      replies: [toolUse("StructuredOutput", { value: [{ name: "Bergen", people: 291_940 }] })],
    },
    {
      when: /^Write notes\.md/,
      replies: [toolUse("Write", { file_path: "notes.md", content: "# Notes\n" }), text("Written.")],
    },
    { when: () => true, replies: [text("Scripted.")] },
  ]);
});
afterAll(() => claude?.api.close());

describe.each(pages.filter((page) => blocksOf(page).length > 0))("%s", (page) => {
  let kernel: KernelClient;
  beforeAll(async () => {
    // A folder of its own, with the files that the examples name.
    const cwd = tempFolder();
    writeFileSync(join(cwd, "orders.csv"), "id,month\n1,January\n");
    kernel = await startKernelClient({ cwd, env: claude.env });
  });
  afterAll(() => kernel?.close());

  test.each(blocksOf(page))("the example in line $line runs as a cell", async ({ code }) => {
    const { reply } = await kernel.execute(code, { timeoutMs: 60_000 });
    expect(reply, JSON.stringify(reply.traceback)).toMatchObject({ status: "ok" });
  });
});
