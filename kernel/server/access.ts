import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";

/** Why a request is turned away; undefined when it may pass. */
export type Refusal = { readonly status: 401 | 403; readonly message: string } | undefined;

/**
 * Who may speak to the server: whoever knows the token, and no web page. A page in the user's browser can send requests
 * to 127.0.0.1 too; its requests carry its own Origin, or, after DNS rebinding, its own name as Host.
 */
export function checkAccess(request: FastifyRequest, token: string, port: number): Refusal {
  if (!isOwnHost(request.headers.host, port)) {
    return { status: 403, message: `The host ${JSON.stringify(request.headers.host)} is not this server.` };
  }
  if (!isOwnOrigin(request.headers.origin, port)) {
    return { status: 403, message: `Pages of ${request.headers.origin} may not use this server.` };
  }
  if (!isToken(tokenOf(request), token)) {
    return {
      status: 401,
      message: 'The token is missing or wrong: send "Authorization: token …" or "?token=…".',
    };
  }
  return undefined;
}

const names = ["127.0.0.1", "localhost", "[::1]"];

function isOwnHost(host: string | undefined, port: number): boolean {
  return host !== undefined && names.some((name) => host === `${name}:${port}`);
}

/** No Origin: not a browser, or a browser's plain navigation, which cannot carry the token. */
function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return origin === undefined || names.some((name) => origin === `http://${name}:${port}`);
}

function tokenOf({ headers, query }: FastifyRequest): string {
  const header = /^(?:token|bearer)\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (header !== undefined) return header;
  const parameter = (query as Record<string, unknown>).token;
  return typeof parameter === "string" ? parameter : "";
}

/** Hashes have one length, so that the comparison takes the same time for every guess. */
function isToken(guess: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(guess), digest(token));
}
