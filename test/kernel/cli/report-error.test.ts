import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeError } from "../../../kernel/cli/report-error.js";
import { HostError } from "../../../kernel/host-error.js";
import { tempFolder } from "../../support/temp-folder.js";
import { runCommand } from "./command-line.js";

const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const HOSTILE = "\u001b]0;pwned\u0007\u001b[2J\u009b2J\u202eValueError: x";
/** The library prints this one, before it throws the other. */
const TRACEBACK = "\u001b]0;pwned\u0007\u001b[2J\u009b2Jin x";

const server = createServer((_request, response) => {
  response.writeHead(500, { "content-type": "application/json" });
  response.end(JSON.stringify({ message: HOSTILE, traceback: TRACEBACK }));
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => {
  server.close();
});

test.each([{}, { CLAUDE_NOTEBOOK_DEBUG: "1" }])(
  "what a server answers reaches stderr without escape sequences, with the stack too: %j",
  async (env) => {
    const cwd = tempFolder();
    await runCommand(["new", "a"], { cwd });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const args = ["run", join(cwd, "a.ipynb"), "--server-url", url];
    const { exitCode, stderr } = await runCommand(args, { cwd, env });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("ValueError: x");
    expect(stderr).not.toMatch(STEERING);
  },
);

test.each([new HostError("server-refused", HOSTILE, { hints: [HOSTILE] }), new Error(HOSTILE), HOSTILE])(
  "neither an error's message nor its hints steer the terminal",
  (error) => {
    const lines = describeError(error);
    expect(lines.join("\n")).toContain("ValueError: x");
    expect(lines.join("")).not.toMatch(STEERING);
  },
);
