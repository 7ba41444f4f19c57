import { afterAll, beforeAll, expect, test } from "vitest";
import { helpSubject } from "../../../kernel/magics/help.js";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel.close());

test("`name?` brings signature and documentation to the pager", async () => {
  await kernel.execute("/** Doubles. */\nfunction double(n: number) { return 2 * n; }");
  const { reply, messages } = await kernel.execute("double?");
  expect(reply.status).toBe("ok");
  expect(reply.payload).toEqual([
    {
      source: "page",
      start: 0,
      data: {
        "text/plain": expect.stringMatching(/function double\(n: number\): number[\s\S]*Doubles\./),
        "text/markdown": expect.stringContaining("```typescript"),
      },
    },
  ]);
  expect(messages.map(({ type }) => type)).toEqual(["execute_input"]);
});

test("of an unknown name it says that it is unknown", async () => {
  const { reply, stdout } = await kernel.execute("nowhere?");
  expect(reply).toMatchObject({ status: "ok", payload: [] });
  expect(stdout).toBe("Nothing is known of nowhere.\n");
});

test("a console runs it at once", async () => {
  const { reply } = await kernel.request("is_complete_request", { code: "Math.floor?" });
  expect(reply.status).toBe("complete");
});

test("TypeScript is never taken for it", async () => {
  for (const code of ["a ?? b", "a?\n1 : 2", "a?.b", "f()?", "1?", "a? // b"]) {
    expect(helpSubject(code)).toBeUndefined();
  }
  expect((await kernel.execute("const yes = true; yes?\n1 : 2")).result).toBe("1");
});
