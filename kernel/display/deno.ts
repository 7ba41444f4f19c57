import { readFileSync } from "node:fs";
import type { MimeBundle } from "../host.js";
import { fileTypeOf } from "./file-type.js";

/** The method with which a value says how it is shown. */
const DISPLAY = Symbol.for("Jupyter.display");

/** A value that says how it is shown: as the last of a cell, or with `display`. */
export interface Displayable {
  readonly [key: symbol]: () => MimeBundle;
}

/** A tag of a template: what stands in it goes in as it is, so that templates can hold one another. */
type DisplayTag = (strings: TemplateStringsArray, ...values: readonly unknown[]) => Displayable;

/**
 * Shows HTML, as `Deno.jupyter.html` does. Values go in as they are, not escaped.
 *
 * @example
 *     html`<b>${40 + 2}</b>`
 */
export const html: DisplayTag = tagFor("text/html");

/** Shows markdown, as `Deno.jupyter.md` does. */
export const md: DisplayTag = tagFor("text/markdown");

/** Shows a picture written as SVG, as `Deno.jupyter.svg` does. */
export const svg: DisplayTag = tagFor("image/svg+xml");

/**
 * Shows a picture: PNG, JPEG, GIF, WebP or AVIF.
 *
 * @param source the path of a file, from the notebook's folder, or its bytes.
 * @throws TypeError when it is no such picture, and what Node throws when the file cannot be read.
 */
export function image(source: string | URL | Uint8Array): Displayable {
  const data = source instanceof Uint8Array ? Buffer.from(source) : readFileSync(source);
  const mediaType = fileTypeOf(data);
  if (!mediaType?.startsWith("image/")) {
    const what = source instanceof Uint8Array ? "These bytes are" : `${source} is`;
    throw new TypeError(`${what} no PNG, JPEG, GIF, WebP or AVIF picture.`);
  }
  return displayable({ [mediaType]: data.toString("base64") }, `[${mediaType}]`);
}

function tagFor(mediaType: string): DisplayTag {
  return (strings, ...values) => {
    const text = String.raw({ raw: strings }, ...values.map(textOf));
    return displayable({ [mediaType]: text }, text);
  };
}

/** A template inside a template gives its text. */
function textOf(value: unknown): string {
  const show = (value as Partial<Displayable> | null | undefined)?.[DISPLAY];
  const bundle = typeof show === "function" ? show.call(value) : undefined;
  return String(bundle ? Object.values(bundle)[0] : value);
}

function displayable(bundle: MimeBundle, text: string): Displayable {
  return { [DISPLAY]: () => ({ ...bundle, "text/plain": text }) };
}
