import { expect, test } from "vitest";
import {
  AbortError,
  CLIConnectionError,
  CLINotFoundError,
  classifyFailure,
  InvalidOptionsError,
  ProcessError,
  ResultError,
  TimeoutError,
} from "../../../src/index.js";
import { resultMessage } from "../../../src/testing/index.js";

const failed = (fields: object) => resultMessage({ is_error: true, ...fields });

/** Results and lines as CLI 2.1.197 wrote them. */
test.each([
  ["auth", failed({ api_error_status: 401, result: "Failed to authenticate. API Error: 401 bad key" })],
  ["auth", failed({ api_error_status: null, result: "Not logged in · Please run /login" })],
  ["auth", failed({ api_error_status: 403, result: "Failed to authenticate. API Error: 403" })],
  ["bad_request", failed({ api_error_status: 400, result: "API Error: 400 overloaded words in it" })],
  ["bad_request", failed({ api_error_status: 404, result: "There's an issue with the selected model" })],
  ["bad_request", failed({ api_error_status: 413, result: "Request too large (max 32MB)." })],
  ["rate_limit", failed({ api_error_status: 429, result: "API Error: Request rejected (429)" })],
  ["server", failed({ api_error_status: 500, result: "API Error: 500 broken" })],
  ["server", failed({ result: "API Error: 503 This is a server-side issue, usually temporary" })],
  ["overloaded", failed({ api_error_status: 529, result: "API Error: 529 Overloaded." })],
  [
    "connection",
    failed({ api_error_status: null, result: "API Error: Unable to connect to API (ConnectionRefused)" }),
  ],
  ["limit", failed({ subtype: "error_max_turns", errors: ["Reached maximum number of turns (1)"] })],
  [
    "session",
    failed({ subtype: "error_during_execution", errors: ["No conversation found with session ID: x"] }),
  ],
  ["overloaded", { type: "system", subtype: "api_retry", error_status: 529, error: "overloaded" }],
  ["rate_limit", { type: "system", subtype: "api_retry", error_status: null, error: "rate_limit" }],
])("%s: %j", (kind, failure) => {
  expect(classifyFailure(failure).kind).toBe(kind);
});

const died = (stderr: string) => new ProcessError({ exitCode: 1, stderr });

test.each([
  ["bad_request", died("error: unknown option '--no-such-flag'")],
  ["connection", died("Error: connect ECONNREFUSED 127.0.0.1:9")],
  ["session", died("No conversation found with session ID: x")],
  ["unknown", died("Segmentation fault")],
  ["unknown", new CLIConnectionError("The claude CLI ended without a result.")],
  ["not_installed", new CLINotFoundError("no", { triedPaths: [] })],
  ["timeout", new TimeoutError(5)],
  ["aborted", new AbortError("stop")],
  ["bad_request", new InvalidOptionsError("x", 1, "no")],
  ["overloaded", new ResultError(failed({ api_error_status: 529 }))],
  ["connection", Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })],
  ["unknown", "a text"],
  ["unknown", undefined],
])("%s: the error %s", (kind, failure) => {
  expect(classifyFailure(failure).kind).toBe(kind);
});

test("only what passes by itself is worth a retry", () => {
  const retryable = [429, 500, 503, 529].map(
    (api_error_status) => classifyFailure({ api_error_status }).retryable,
  );
  const lasting = [400, 401, 403, 404, 413].map(
    (api_error_status) => classifyFailure({ api_error_status }).retryable,
  );
  expect([retryable, lasting]).toEqual([Array(4).fill(true), Array(5).fill(false)]);
  expect(classifyFailure(new AbortError()).retryable).toBe(false);
});
