import { escapeHtml } from "./escape.js";

/** Raster formats that a browser draws and that cannot hold script. */
const RASTER = /^image\/(png|jpe?g|gif|webp)$/;

/** Largest image kept in an output, in characters of base64 (about 6 MB of file): more makes notebooks slow to open and save. */
export const MAX_IMAGE_CHARS = 8_000_000;

/** A `data:` address of a raster image, or undefined when the media type or the base64 text is anything else. */
export function imageDataUri(mediaType: unknown, base64: unknown): string | undefined {
  if (typeof mediaType !== "string" || typeof base64 !== "string") return undefined;
  const type = mediaType.toLowerCase();
  const data = base64.replace(/\s+/g, "");
  if (!RASTER.test(type) || data === "" || data.length > MAX_IMAGE_CHARS) return undefined;
  return /^[A-Za-z0-9+/]+={0,2}$/.test(data) ? `data:${type};base64,${data}` : undefined;
}

/** An `<img>` of a raster image, or undefined as for {@link imageDataUri}. */
export function imageHtml(mediaType: unknown, base64: unknown, alt: string): string | undefined {
  const uri = imageDataUri(mediaType, base64);
  return uri && `<img class="cn-image" src="${uri}" alt="${escapeHtml(alt)}" style="max-width:100%">`;
}
