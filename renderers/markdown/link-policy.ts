/**
 * What a link may do. An allowlist: markdown-it's own check is a blocklist that lets `blob:`, `vscode:`, `command:` and
 * `ms-msdt:` pass, which open programs.
 */
const LINK = /^(?:https?:\/\/|mailto:|#)/i;

/** Addresses of images that stand in the text itself; SVG is left out, it can hold script and load things. */
const INLINE_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/i;

/** Invisible characters in an address mislead the reader and some parsers skip them. */
const INVISIBLE = /[\u0000-\u0020\u007f-\u00a0\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]/;

/** Longest address of a link, in characters: browsers take no more, and one definition may be used ten thousand times. */
const MAX_LINK = 2_048;

export function isAllowedLink(url: string): boolean {
  return url.length <= MAX_LINK && LINK.test(url) && !INVISIBLE.test(url);
}

export function isInlineImage(url: string): boolean {
  return INLINE_IMAGE.test(url);
}
