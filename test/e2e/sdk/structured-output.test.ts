import { describe, expect, test } from "vitest";
import { z } from "zod";
import { collectResult, isSystemMessage, query, queryObject } from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { readAll } from "../../src/fake-claude.js";
import { realClaude } from "./real-claude.js";

/** JSON Schema cannot say that a number is prime: only the parser knows. */
const Prime = z.object({
  n: z.number().refine((n) => [2, 3, 5, 7, 11].includes(n), "is not a prime"),
});

const output = (value: unknown) => toolUse("StructuredOutput", value);

describe("structured answers", () => {
  test("are checked, parsed and typed", async () => {
    const { options } = await realClaude([{ when: "when", replies: [output({ at: "2026-01-02" })] }]);
    const Schema = z.object({ at: z.iso.date().transform((text) => new Date(text)) });
    const answer = await queryObject("when", Schema, options);
    expect(answer.at.getTime()).toBe(Date.UTC(2026, 0, 2));
  });

  test("need not be objects", async () => {
    const { options, api } = await realClaude([{ when: "list", replies: [output({ value: [1, 2] })] }]);
    expect(await queryObject("list", z.array(z.number()), options)).toEqual([1, 2]);
    expect(JSON.stringify(api.requests.map(({ body }) => body?.tools))).toContain('"value"');
  });

  test("that do not fit go back to Claude with the problem, and only the last result is shown", async () => {
    const { options, api } = await realClaude([
      { when: "prime", replies: [output({ n: 4 }), output({ n: 5 })] },
    ]);
    const { messages, error } = await readAll(query("prime", { ...options, outputSchema: Prime }));
    expect(error).toBeUndefined();
    const results = messages.filter(({ type }) => type === "result");
    expect(results).toMatchObject([{ structured_output: { n: 5 } }]);
    const retries = messages.filter(isSystemMessage).filter(({ subtype }) => subtype === "output_retry");
    expect(retries).toMatchObject([{ attempt: 1, problem: expect.stringContaining("is not a prime") }]);
    expect(JSON.stringify(api.requests.at(-1)?.body?.messages)).toContain("is not a prime");
  });

  test("that never fit are a StructuredOutputError after two corrections", async () => {
    const { options } = await realClaude([
      { when: "prime", replies: [output({ n: 4 }), output({ n: 6 }), output({ n: 8 }), output({ n: 9 })] },
    ]);
    await expect(queryObject("prime", Prime, options)).rejects.toMatchObject({
      code: "invalid_output",
      output: { n: 8 },
      message: expect.stringContaining("is not a prime"),
    });
  });

  test("replay without asking again", async () => {
    const { options, api, cwd } = await realClaude([
      { when: "prime", replies: [output({ n: 4 }), output({ n: 7 })] },
    ]);
    const own = { ...options, recordingsDir: `${cwd}/../recordings` };
    expect(await queryObject("prime", Prime, { ...own, mode: "record" })).toEqual({ n: 7 });
    await api.close();
    expect(await queryObject("prime", Prime, { ...own, mode: "replay", env: {} })).toEqual({ n: 7 });
  });

  test("may have the official form, as JSON Schema", async () => {
    const { options } = await realClaude([{ when: "n", replies: [output({ n: 1 })] }]);
    const schema = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
    const result = await collectResult(
      query("n", { ...options, outputFormat: { type: "json_schema", schema } }),
    );
    expect(result.structured_output).toEqual({ n: 1 });
  });

  test.each(["text", "json"] as const)("outputFormat %s yields the result alone", async (outputFormat) => {
    const { options } = await realClaude([{ when: "hi", replies: [text("hello")] }]);
    const { messages } = await readAll(query("hi", { ...options, outputFormat }));
    expect(messages).toMatchObject([{ type: "result", result: "hello" }]);
  });
});
