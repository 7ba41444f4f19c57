import { expect, test } from "vitest";
import { query } from "../../src/index.js";
import { fakeClaude, readAll } from "../src/fake-claude.js";

const SECRET = "only-for-me-4711";

/** Every user of a machine can read the arguments of every process. */
test("what is asked and what it is asked with stand in no argument of the process", async () => {
  const options = fakeClaude(
    [["echo"], ["say", { type: "result", subtype: "success", is_error: false, result: "ok" }]],
    {
      systemPrompt: `Be brief. ${SECRET}`,
      appendSystemPrompt: SECRET,
      settings: JSON.stringify({ env: { API_KEY: SECRET } }),
      mcpServers: { crm: { type: "http", url: "https://crm.example", headers: { authorization: SECRET } } },
      env: { MY_KEY: SECRET },
    },
  );
  const { messages, error } = await readAll(query(`Who is ${SECRET}?`, options));
  expect(error).toBeUndefined();
  const echo = messages[0] as unknown as { args: readonly string[]; prompt: string; files: unknown };
  expect(echo.args.length).toBeGreaterThan(3);
  expect(echo.args.filter((argument) => argument.includes(SECRET))).toEqual([]);
  // It arrived all the same.
  expect(echo.prompt).toContain(SECRET);
  expect(JSON.stringify(echo.files)).toContain(SECRET);
});

const FLAG = "--dangerously-skip-permissions";

test.each([
  { resume: FLAG },
  { model: FLAG },
  { agent: FLAG },
  { permissionPromptToolName: FLAG },
  { additionalDirectories: ["/a", FLAG] },
  { betas: ["a", FLAG] },
  { allowedTools: ["Read", FLAG] },
  { tools: ["Read", FLAG] },
  { debug: FLAG },
  { extraArgs: { name: FLAG } },
])("a value never becomes a flag of its own: %j", async (given) => {
  const options = fakeClaude(
    [["echo"], ["say", { type: "result", subtype: "success", is_error: false, result: "ok" }]],
    given,
  );
  const { messages } = await readAll(query("hi", options));
  const { args } = messages[0] as unknown as { args: readonly string[] };
  expect(args.join(" ")).toContain(FLAG);
  expect(args).not.toContain(FLAG);
});
