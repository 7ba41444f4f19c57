import { expect, onTestFinished, test } from "vitest";
import { createService } from "../../../examples/integrations/http-service.js";
import { apiError, text } from "../../../src/testing/index.js";
import { realClaude } from "./real-claude.js";

test("the HTTP service answers, refuses an empty question, and tells failures by their status", async () => {
  const { options } = await realClaude(
    [
      { when: "2 + 2?", replies: [text("4")] },
      { when: "busy", replies: [apiError(429, "slow down")] },
    ],
    { env: { CLAUDE_CODE_MAX_RETRIES: "1" } },
  );
  const service = createService({ ...options, retry: false });
  onTestFinished(() => service.close());
  const ask = (prompt: string) => service.inject({ method: "POST", url: "/ask", payload: { prompt } });
  expect((await ask("2 + 2?")).json()).toMatchObject({ answer: "4", session: expect.any(String) });
  expect((await ask("")).statusCode).toBe(400);
  const busy = await ask("busy");
  expect([busy.statusCode, busy.json()]).toEqual([429, { error: "rate_limit" }]);
});
