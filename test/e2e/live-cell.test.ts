import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { text, toolUse } from "../../src/testing/index.js";
import { loadedUrls, parseHtml } from "../support/html-page.js";
import { runCli } from "../support/run-cli.js";
import { type ScriptedClaude, scriptedClaude } from "../support/scripted-claude.js";
import { tempFolder } from "../support/temp-folder.js";

let claude: ScriptedClaude | undefined;
afterAll(() => claude?.api.close());

test("the real claude, asked from a cell, runs a real Bash and a real Edit, and the exported page shows what they did", async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "greeting.txt"), "hello\nold world\nbye\n");
  claude = await scriptedClaude([
    {
      when: "Change the greeting",
      replies: [
        toolUse("Bash", { command: "echo $((6 * 7)) lines-$(wc -l < greeting.txt); cat greeting.txt" }),
        toolUse("Read", { file_path: join(folder, "greeting.txt") }),
        toolUse("Edit", {
          file_path: join(folder, "greeting.txt"),
          old_string: "old world",
          new_string: "new world",
        }),
        text("Done: the greeting is **new**."),
      ],
    },
  ]);
  const code = `const result = await display_claude_response(query({
  prompt: "Change the greeting",
  options: { permissionMode: "acceptEdits", allowedTools: ["Bash", "Read", "Edit"] },
}));`;
  const cell = {
    cell_type: "code",
    id: "ask",
    metadata: {},
    execution_count: null,
    outputs: [],
    source: code,
  };
  const notebook = join(folder, "live.ipynb");
  writeFileSync(notebook, JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }));

  const page = join(folder, "live.html");
  const exported = await runCli(["export", notebook, "--execute", "-o", page], {
    home: claude.env.HOME!,
    cwd: folder,
    env: claude.env,
  });
  expect(exported).toMatchObject({ exitCode: 0 });

  expect(readFileSync(join(folder, "greeting.txt"), "utf8")).toBe("hello\nnew world\nbye\n");
  const html = parseHtml(readFileSync(page, "utf8"));
  expect(html.text).toMatch(/42 lines-3/);
  expect(html.text).toContain("old world");
  expect(html.text).toContain("new world");
  expect(html.text).toContain("Done: the greeting is new.");
  expect(html.text).not.toContain("replayed from recording");
  expect(loadedUrls(html)).toEqual([]);
  expect(existsSync(join(folder, "recordings"))).toBe(false);
});
