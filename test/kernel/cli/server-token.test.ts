import { expect, test } from "vitest";
import { takeServerToken } from "../../../kernel/cli/commands/server-token.js";

test("the token of the environment is used, and is not there any more for what Claude runs", () => {
  const env = { CLAUDE_NOTEBOOK_TOKEN: "a-token", PATH: "/bin" };
  expect(takeServerToken(env, true)).toEqual({ token: "a-token", isNew: false });
  expect(env).toEqual({ PATH: "/bin" });
});

test("a token is made where one is wanted and none is given", () => {
  const [first, second] = [takeServerToken({}, true), takeServerToken({}, true)];
  expect(first.isNew).toBe(true);
  expect(first.token).toMatch(/^[\w-]{43}$/);
  expect(first.token).not.toBe(second.token);
  expect(takeServerToken({}, false)).toEqual({ token: undefined, isNew: false });
});
