/** First bytes of the files that notebooks show, at a place in the file. @see https://www.iana.org/assignments/media-types */
const SIGNATURES: readonly (readonly [
  mediaType: string,
  ...parts: readonly [at: number, bytes: string][],
])[] = [
  ["image/png", [0, "\x89PNG\r\n\x1a\n"]],
  ["image/jpeg", [0, "\xff\xd8\xff"]],
  ["image/gif", [0, "GIF87a"]],
  ["image/gif", [0, "GIF89a"]],
  ["image/webp", [0, "RIFF"], [8, "WEBP"]],
  ["image/avif", [4, "ftypavif"]],
  ["application/pdf", [0, "%PDF-"]],
];

/** The media type of a picture or a PDF by its first bytes, or undefined for any other data. */
export function fileTypeOf(data: Buffer): string | undefined {
  const start = data.toString("latin1", 0, 16);
  return SIGNATURES.find(([, ...parts]) => parts.every(([at, bytes]) => start.startsWith(bytes, at)))?.[0];
}

/** "640 × 480" where the file says so at a fixed place. */
export function pixelsOf(data: Buffer, mediaType: string): string | undefined {
  if (mediaType === "image/png" && data.length >= 24)
    return `${data.readUInt32BE(16)} × ${data.readUInt32BE(20)}`;
  if (mediaType === "image/gif" && data.length >= 10)
    return `${data.readUInt16LE(6)} × ${data.readUInt16LE(8)}`;
  return undefined;
}
