import { expect, test } from "vitest";
import type { HostError } from "../../../kernel/host-error.js";
import { openServerPool } from "../../../kernel/remote/server-pool.js";
import { freePort } from "../../support/free-ports.js";
import { selfSignedCertificate } from "../../support/self-signed-certificate.js";
import { answering, startAnswering } from "./answering-server.js";

const token = "hush-hush-token";

/** What a user is told of a server that answers like this. */
async function errorOf(baseUrl: string): Promise<HostError> {
  return openServerPool([{ baseUrl, token }], { reconnectMs: 1_000 }).then(
    () => expect.unreachable("The server was taken."),
    (error: HostError) => error,
  );
}

test.each([
  [401, { reason: "Unauthorized", message: "" }, "server-refused", "does not let us in (401)"],
  [403, { message: "Forbidden", reason: null }, "server-refused", "does not let us in (403)"],
  [403, { message: "'_xsrf' argument missing from POST", reason: null }, "server-refused", "has no token"],
  [403, "<html>Forbidden</html>", "server-refused", "does not let us in (403)"],
  [404, "<html>No</html>", "server-not-jupyter", "is no Jupyter server: it answered 404"],
  [424, { message: "not running" }, "server-unreachable", "that server is not running"],
  [502, "<html>Bad gateway</html>", "server-unreachable", "is not there now (502 Bad Gateway)"],
  [200, "<html>Hello</html>", "server-not-jupyter", "is no Jupyter server"],
  [200, { hello: "world" }, "server-not-jupyter", "is no Jupyter server"],
  [200, [], "server-not-jupyter", "is no Jupyter server"],
  [
    500,
    {
      message: "Traceback\n  File x\nValueError: broken config",
      traceback: "Traceback (most recent call last)",
    },
    "kernel-not-started",
    "ValueError: broken config",
  ],
])("an answer of %i with %j is the error %s", async (status, body, code, message) => {
  const url = await startAnswering(answering(status, body));
  const error = await errorOf(url);
  expect(error).toMatchObject({ name: "HostError", code });
  expect(error.message).toContain(message);
  expect(error.message).toContain(url);
  expect(JSON.stringify([error.message, error.hints, String(error.cause)])).not.toContain(token);
});

test.each([
  ["/hub/login?next=%2Fuser%2Fann%2Fapi", "server-refused", "the token is missing or wrong"],
  ["/login?next=%2Fapi%2Fkernelspecs", "server-refused", "the token is missing or wrong"],
  ["/hub/user/ann/api/kernelspecs", "server-unreachable", "that server is not running"],
  ["/hub/api/kernelspecs", "server-not-jupyter", "is a JupyterHub"],
  ["https://elsewhere.example/", "server-not-jupyter", "it answered 302"],
])("a redirect to %s is explained, not followed", async (location, code, message) => {
  const error = await errorOf(await startAnswering(answering(302, "", { location })));
  expect(error).toMatchObject({ code });
  expect(error.message).toContain(message);
});

test("an address where nothing listens is said in words", async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  expect((await errorOf(url)).message).toBe(
    `${url} cannot be reached: nothing listens there (ECONNREFUSED).`,
  );
});

// Where the name server drops what it is asked, the system gives up after 20 seconds.
test("a name that is none is unreachable", async () => {
  expect(await errorOf("http://no-such-host.invalid/")).toMatchObject({ code: "server-unreachable" });
}, 120_000);

test("a certificate that nobody vouches for is an error that says how to trust it", async () => {
  const error = await errorOf(await startAnswering(answering(200, {}), selfSignedCertificate()));
  expect(error).toMatchObject({
    code: "server-unreachable",
    message: expect.stringContaining("its certificate is signed by itself (DEPTH_ZERO_SELF_SIGNED_CERT)"),
    hints: [expect.stringContaining("NODE_EXTRA_CA_CERTS")],
  });
});

test("a server that ends the connection within its answer is unreachable", async () => {
  const url = await startAnswering((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"default":');
    setTimeout(() => response.destroy(), 20);
  });
  expect(await errorOf(url)).toMatchObject({ code: "server-unreachable" });
});

test("the token travels in a header and never in an address", async () => {
  const seen: { url: string | undefined; authorization: string | undefined }[] = [];
  const url = await startAnswering((request, response) => {
    seen.push({ url: request.url, authorization: request.headers.authorization });
    answering(404, "")(request, response);
  });
  await errorOf(url);
  expect(seen.length).toBeGreaterThan(0);
  for (const { url: path, authorization } of seen) {
    expect(path).not.toContain(token);
    expect(authorization).toBe(`token ${token}`);
  }
});
