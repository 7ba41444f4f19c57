import { systemErrorCode } from "../../src/system-error.js";

/** What the codes of failed connections say; those that are rare speak for themselves. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no machine of that name",
  EAI_AGAIN: "the name of the machine cannot be looked up now",
  ECONNRESET: "it ended the connection",
  UND_ERR_SOCKET: "it ended the connection",
  EHOSTUNREACH: "there is no way to that machine",
  ENETUNREACH: "there is no way to that network",
  ETIMEDOUT: "it does not answer",
  UND_ERR_CONNECT_TIMEOUT: "it does not answer",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate comes from an authority that is not trusted here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate comes from an authority that is not trusted here",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate comes from an authority that is not trusted here",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  EPROTO: "it speaks no TLS",
  ERR_SSL_WRONG_VERSION_NUMBER: "it speaks no TLS",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it speaks no TLS",
};

/** Why `fetch` failed, with the system's code in parentheses: `nothing listens there (ECONNREFUSED)`. */
export function describeNetworkError(error: unknown, limitMs: number): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `it did not answer within ${limitMs / 1000} s (ETIMEDOUT)`;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  // Where a name stands for several addresses, each has failed for a reason of its own.
  const first: unknown = cause instanceof AggregateError ? (cause.errors[0] ?? cause) : cause;
  const code = systemErrorCode(first);
  const reason = code === undefined ? undefined : reasons[code];
  if (reason !== undefined) return `${reason} (${code})`;
  const message = first instanceof Error ? first.message : String(first);
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}
