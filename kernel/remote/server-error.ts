import type { ServerConnection } from "@jupyterlab/services";
import { HostError } from "../host-error.js";

/** An answer of a server that was not what was asked for: `ServerConnection.ResponseError`. */
type ResponseError = ServerConnection.ResponseError;

/** What an answer's status tells, in the order in which it is looked at. */
interface Row {
  readonly matches: (status: number, error: ResponseError) => boolean;
  readonly explain: (baseUrl: string, error: ResponseError) => HostError;
}

const rows: readonly Row[] = [
  {
    // Both gateways say this in a 403 where no more kernels may be started.
    matches: (status, { message }) => status === 403 && /limit/i.test(message),
    explain: (baseUrl, { message }) =>
      new HostError("server-full", `${baseUrl} starts no more kernels: ${message}.`, {
        hints: ["Raise its limit, name more servers, or run fewer notebooks at a time with `--jobs`"],
      }),
  },
  {
    // Enterprise Gateway says so of users that it does not serve: "User 'root' is not authorized to start kernel …".
    matches: (status, { message }) => status === 403 && message.includes("authorized to start"),
    explain: (baseUrl, { message }) =>
      new HostError("kernel-not-started", `${baseUrl} started no kernel: ${message}`, {
        hints: ["The variables here whose names begin with KERNEL_ are sent along: set KERNEL_USERNAME"],
      }),
  },
  {
    // jupyter_server protects itself so from other pages of a browser that needs no token: "'_xsrf' argument missing from POST".
    matches: (status, { message }) => status === 403 && message.includes("_xsrf"),
    explain: (baseUrl) =>
      new HostError(
        "server-refused",
        `${baseUrl} has no token, and without one it starts kernels for browsers alone.`,
        { hints: ["Start that server with a token, and put the same one in JUPYTER_TOKEN here"] },
      ),
  },
  {
    matches: (status, error) => status === 401 || status === 403 || isRedirectTo(/\/login/, error),
    explain: (baseUrl, { response }) =>
      new HostError(
        "server-refused",
        `${baseUrl} does not let us in (${response.status}): the token is missing or wrong.`,
        {
          hints: [
            "Put the server's token in JUPYTER_TOKEN, or in a file that `--token-file` names",
            "`jupyter server list` shows the tokens of your own servers; a JupyterHub gives them out at /hub/token",
          ],
        },
      ),
  },
  {
    // JupyterHub, where the user's server is not running: 424, older ones 503, a page for people a redirect.
    matches: (status, error) => status === 424 || isRedirectTo(/\/hub\/user\/|\/hub\/spawn/, error),
    explain: (baseUrl) =>
      new HostError(
        "server-unreachable",
        `The JupyterHub knows ${baseUrl}, but that server is not running.`,
        {
          hints: ["Start it on the hub's page, or with `POST /hub/api/users/NAME/server`"],
        },
      ),
  },
  {
    matches: (_status, error) => isRedirectTo(/\/hub\//, error),
    explain: (baseUrl) =>
      new HostError("server-not-jupyter", `${baseUrl} is a JupyterHub, which runs no kernels itself.`, {
        hints: [`Name your server on it: \`${baseUrl}user/NAME/\``],
      }),
  },
  {
    matches: (status) => status === 502 || status === 503 || status === 504,
    explain: (baseUrl, { response }) =>
      new HostError(
        "server-unreachable",
        `${baseUrl} is not there now (${response.status} ${response.statusText}).`,
      ),
  },
  {
    matches: (status) => status >= 300 && status < 500,
    explain: (baseUrl, { response }) =>
      notJupyter(baseUrl, `it answered ${response.status} ${response.statusText}`),
  },
];

function isRedirectTo(place: RegExp, { response }: ResponseError): boolean {
  return (
    response.status >= 300 && response.status < 400 && place.test(response.headers.get("location") ?? "")
  );
}

/** A request that failed. */
export interface FailedRequest {
  readonly baseUrl: string;
  /** For an error of the server's own: `it could not start a kernel`. */
  readonly whatFailed: string;
  /** The library's classes, which it throws. */
  readonly errors: Pick<typeof ServerConnection, "NetworkError" | "ResponseError">;
}

/** What to tell of a request that failed: whether nobody answered, or someone else, or the server with a no. */
export function toServerError(error: unknown, { baseUrl, whatFailed, errors }: FailedRequest): HostError {
  if (HostError.isInstance(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof errors.ResponseError) {
    const row = rows.find(({ matches }) => matches(error.response.status, error));
    const known = row?.explain(baseUrl, error);
    return (
      known ??
      new HostError("kernel-not-started", `${baseUrl}: ${whatFailed}: ${shorten(message)}`, { cause: error })
    );
  }
  // "terminated" is what reading an answer says when the connection ends within it.
  if (error instanceof errors.NetworkError || message === "terminated")
    return unreachable(baseUrl, message, error);
  return notJupyter(baseUrl, shorten(message), error);
}

/** The server cannot be reached, or not safely. */
function unreachable(baseUrl: string, reason: string, cause: unknown): HostError {
  const isCertificate = /CERT|VERIFY|ISSUER/.test(reason);
  return new HostError("server-unreachable", `${baseUrl} cannot be reached: ${reason}.`, {
    cause,
    hints: isCertificate
      ? ["Name the certificate of the one who signed it in the variable NODE_EXTRA_CA_CERTS"]
      : ["Is the server running, and is this its address?"],
  });
}

function notJupyter(baseUrl: string, reason: string, cause?: unknown): HostError {
  return new HostError("server-not-jupyter", `${baseUrl} is no Jupyter server: ${reason}.`, {
    cause,
    hints: ["The address is that of `/api`, without `api`: for a JupyterHub `https://HOST/user/NAME/`"],
  });
}

/** The gateways send whole tracebacks as their message; its last line says it. */
function shorten(message: string): string {
  return message.trimEnd().split("\n").at(-1)!.slice(0, 300).replace(/\.$/, "");
}
