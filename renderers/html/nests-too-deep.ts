import { Parser } from "htmlparser2";

/** Most levels of elements that are read; browsers build no deeper tree either, Chromium stops at 512. */
export const MAX_HTML_LEVELS = 500;

/**
 * Whether elements of a text nest deeper than is read. Parsers look through all open elements at each tag, so that a megabyte of
 * `<b>` takes them a minute.
 */
export function nestsTooDeep(html: string): boolean {
  let [level, isDeep] = [0, false];
  const parser = new Parser({
    onopentag() {
      level++;
      if (level <= MAX_HTML_LEVELS) return;
      isDeep = true;
      parser.pause();
    },
    onclosetag() {
      level--;
    },
  });
  parser.end(html);
  return isDeep;
}
