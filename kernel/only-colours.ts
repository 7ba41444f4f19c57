import { stripVTControlCharacters } from "node:util";

/** Colours and other looks of text: "select graphic rendition". @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
const LOOKS = /(\u001b\[[\d;:]{0,64}m)/;

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Text for a terminal without what steers it. Messages of errors come from anywhere: they may be red, and may not clear the
 * screen, name the window or write to the clipboard.
 */
export function onlyColours(text: string): string {
  return text
    .split(LOOKS)
    .map((piece, i) => (i % 2 === 1 ? piece : stripVTControlCharacters(piece).replace(CONTROLS, "")))
    .join("");
}
