import { describe, expect, test } from "vitest";
import * as sdk from "../../src/index.js";
import { resultMessage } from "../../src/testing/index.js";

const errors = {
  CLINotFoundError: new sdk.CLINotFoundError("m", { triedPaths: ["/a"], hints: ["h"] }),
  CLIConnectionError: new sdk.CLIConnectionError("m"),
  ProcessError: new sdk.ProcessError({ exitCode: 1, stderr: "e" }),
  CLIJSONDecodeError: new sdk.CLIJSONDecodeError("{"),
  TimeoutError: new sdk.TimeoutError(5),
  AbortError: new sdk.AbortError("r"),
  ResultError: new sdk.ResultError(resultMessage({ is_error: true })),
  RecordingNotFoundError: new sdk.RecordingNotFoundError("/p", "m"),
  RecordingError: new sdk.RecordingError("/p", "m"),
  InvalidOptionsError: new sdk.InvalidOptionsError("o", 1, "m"),
};
type Name = keyof typeof errors;
const classes = Object.entries(errors).map(([name, error]) => ({
  name,
  isInstance: (error.constructor as typeof sdk.ClaudeSDKError).isInstance,
}));

describe.each(Object.keys(errors) as Name[])("%s", (name) => {
  test("is a ClaudeSDKError with a name and a code of its own", () => {
    const error = errors[name];
    expect(error).toBeInstanceOf(sdk.ClaudeSDKError);
    expect(sdk.ClaudeSDKError.isInstance(error)).toBe(true);
    expect(error.name).toBe(name);
    expect(Object.values(errors).filter(({ code }) => code === error.code)).toEqual([error]);
  });

  test("is recognised by its own isInstance, and by that alone", () => {
    const recognised = classes.filter(({ isInstance }) => isInstance(errors[name]));
    expect(recognised.map((c) => c.name)).toEqual([name]);
  });
});

test("an error of a second copy of the package is recognised", async () => {
  const copy = (await import("../../src/errors.js?copy" as string)) as typeof sdk;
  const error = new copy.TimeoutError(5);
  expect(error).not.toBeInstanceOf(sdk.TimeoutError);
  expect(sdk.TimeoutError.isInstance(error)).toBe(true);
});

test.each([undefined, null, "TimeoutError", {}, new Error("m"), { code: "timeout" }])(
  "%s is none of ours",
  (value) => {
    expect(sdk.ClaudeSDKError.isInstance(value)).toBe(false);
    expect(sdk.TimeoutError.isInstance(value)).toBe(false);
  },
);

test("the cause is kept", () => {
  const cause = new Error("deeper");
  expect(new sdk.CLIConnectionError("m", { cause })).toHaveProperty("cause", cause);
  expect("cause" in new sdk.CLIConnectionError("m")).toBe(false);
});

test("an abort is told from a failure", () => {
  expect(sdk.isAborted(errors.AbortError)).toBe(true);
  expect(sdk.isAborted(errors.TimeoutError)).toBe(false);
});
