import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { ServerError } from "./server-error.js";

/** The headers of a request that say who sends it. */
export interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly "sec-fetch-site"?: string | string[] | undefined;
  readonly "sec-fetch-mode"?: string | string[] | undefined;
}

/** The names under which this server may be asked for, and the pages that may ask. */
export interface AccessRules {
  /** With the port: `127.0.0.1:8000`. */
  readonly hosts: ReadonlySet<string>;
  /** With the scheme: `http://127.0.0.1:8000`. */
  readonly origins: ReadonlySet<string>;
}

const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/** Whether only this machine can reach an address to which a server is bound. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/**
 * @param host the address the server is bound to.
 * @param more further names (`claude.example.com`, with a port where it is not the server's) and origins of pages.
 */
export function accessRules(
  host: string,
  port: number,
  more: { readonly hosts?: readonly string[]; readonly origins?: readonly string[] } = {},
): AccessRules {
  const names = isLoopback(host) || isAny(host) ? [inUrl(host), ...loopbackNames] : [inUrl(host)];
  // An address is safe as a name: only a name can be rebound.
  if (isAny(host)) names.push(...ownAddresses().map(inUrl));
  const own = names.flatMap((name) => withPort(name, port));
  const further = (more.hosts ?? []).map((name) => name.toLowerCase());
  return {
    hosts: new Set([...own, ...further.flatMap((name) => [name, `${name}:${port}`])]),
    origins: new Set([...own.map((name) => `http://${name}`), ...(more.origins ?? []).map(originOf)]),
  };
}

/** Browsers leave the default port out. */
function withPort(name: string, port: number): string[] {
  return port === 80 ? [name, `${name}:${port}`] : [`${name}:${port}`];
}

/** As a browser says it: lower case, without a default port and a slash at the end. */
function originOf(given: string): string {
  const origin = URL.canParse(given) ? new URL(given).origin : "null";
  // Of other schemes, such as extensions', a URL knows no origin.
  return origin === "null" ? given.toLowerCase() : origin;
}

function inUrl(host: string): string {
  return (isIP(host) === 6 ? `[${host}]` : host).toLowerCase();
}

function isAny(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
}

/**
 * Turns away what a foreign web page makes the user's browser send. Such a request carries the page's own Origin; after DNS
 * rebinding it carries the page's name as Host; and one that carries no Origin says `Sec-Fetch-Site: cross-site`.
 *
 * @throws ServerError `forbidden`.
 */
export function checkAccess(headers: RequestHeaders, rules: AccessRules): void {
  const { host, origin } = headers;
  if (host === undefined || !rules.hosts.has(host.toLowerCase())) {
    throw new ServerError("forbidden", `The host ${JSON.stringify(host ?? "")} is not this server.`, {
      hints: ["Name it in `allowedHosts`, if the server is reached under this name."],
    });
  }
  if (origin !== undefined && !rules.origins.has(origin.toLowerCase())) {
    throw new ServerError("forbidden", `Pages of ${JSON.stringify(origin)} may not use this server.`, {
      hints: ["Name it in `allowedOrigins`, if the page is yours."],
    });
  }
  // A link from elsewhere may open the page; everything else must come from it.
  const site = headers["sec-fetch-site"];
  const isVisit = headers["sec-fetch-mode"] === "navigate";
  if (origin === undefined && !isVisit && (site === "cross-site" || site === "same-site")) {
    throw new ServerError("forbidden", "Requests of other sites' pages are not answered.");
  }
}
