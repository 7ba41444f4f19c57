import { types } from "node:util";
import type { DisplayFormatter } from "../display-formatter.js";
import { fileTypeOf, pixelsOf } from "../file-type.js";
import { inspectText } from "../inspect-text.js";

/** Largest file kept in an output, in bytes: more makes notebooks slow to open and save. */
const MAX_BYTES = 6_000_000;

/** The bytes of a picture or a PDF: a Buffer, a Uint8Array or an ArrayBuffer that begins as such a file does. */
export const bytes: DisplayFormatter = {
  name: "bytes",
  matches: (value) => {
    const data = bytesOf(value);
    return data !== undefined && fileTypeOf(data) !== undefined;
  },
  format(value) {
    const data = bytesOf(value)!;
    const mediaType = fileTypeOf(data)!;
    const text = [mediaType, pixelsOf(data, mediaType), sizeText(data.byteLength)].filter(Boolean).join(", ");
    if (data.byteLength > MAX_BYTES) {
      const limit = `larger than ${sizeText(MAX_BYTES)}, so it is not kept in the notebook`;
      return { "text/plain": `[${text}: ${limit}]\n${inspectText(value)}` };
    }
    return { [mediaType]: data.toString("base64"), "text/plain": `[${text}]` };
  },
};

/** The bytes without copying them; a detached buffer has none. */
function bytesOf(value: unknown): Buffer | undefined {
  if (types.isUint8Array(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (types.isArrayBuffer(value) && value.byteLength > 0) return Buffer.from(value);
  return undefined;
}

function sizeText(size: number): string {
  if (size < 1_000) return `${size} bytes`;
  return size < 1_000_000 ? `${Math.round(size / 1_000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
