import { HostError } from "../host-error.js";

/** A Jupyter server, and what it lets us in by. */
export interface ServerAddress {
  /** Ends with a slash; holds neither token nor password. */
  readonly baseUrl: string;
  /** Empty for a server that wants none. */
  readonly token: string;
}

/** What the address line of a browser ends with, over the server's own address. */
const FRONT_END_PATH = /\/(lab|tree|notebooks)(\/.*)?$/;

/**
 * Reads the address of a Jupyter server as people have it: also with the `/lab?token=…` that the server prints at its
 * start.
 * @param token for an address that brings none of its own.
 * @throws HostError `server-address`; what may be a secret is not in its message.
 */
export function parseServerAddress(text: string, token = ""): ServerAddress {
  const shown = JSON.stringify(text.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//…@"));
  const fail = (reason: string, hint: string): never => {
    throw new HostError("server-address", `${shown} ${reason}.`, { hints: [hint] });
  };
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    fail("is no address of a Jupyter server", "Write it like `http://127.0.0.1:8888/`");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    fail("holds a user name or a password", "Jupyter servers take a token: put it in JUPYTER_TOKEN");
  const own = url.searchParams.get("token");
  const path = url.pathname.replace(FRONT_END_PATH, "").replace(/\/*$/, "/");
  return { baseUrl: `${url.origin}${path}`, token: own || token };
}
