import { createHash, timingSafeEqual } from "node:crypto";

/** The token of a header `Authorization: Bearer …`; undefined without one. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^bearer ([^\s]+)$/i.exec(authorization ?? "")?.[1];
}

/** Compares hashes, which have one length, so that a wrong guess takes as long as a nearly right one. */
export function isSameToken(guess: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(guess), digest(token));
}
