import { expect, test } from "vitest";
import { connectClaude } from "../../../src/socket-client/node.js";
import { answer, testServer } from "../server/test-server.js";

test("in Node the client needs no WebSocket of the caller's", async () => {
  const { url } = await testServer(answer);
  const claude = connectClaude({ url });
  const types: string[] = [];
  for await (const message of claude.query("Hello")) types.push(message.type);
  expect(types).toEqual(["system", "assistant", "result"]);
  claude.close();
});
