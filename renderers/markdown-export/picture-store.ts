import { imageDataUri } from "../html/image.js";
import { joinLines } from "../page/notebook-document.js";

/** A picture that stands beside a text, in its folder of pictures. */
export interface PictureFile {
  readonly name: string;
  readonly data: string;
  readonly encoding: "base64" | "utf8";
}

/** Puts pictures where a text can point to them. */
export interface PictureStore {
  /** The markdown of a picture; undefined when the data is none. @param name of its file, without ending */
  add(name: string, mediaType: string, data: unknown): string | undefined;
  readonly files: readonly PictureFile[];
}

const ENDINGS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/svg+xml": "svg",
};

/** @param folder the folder's address, seen from the text; undefined for pictures that stand in the text itself. */
export function createPictureStore(folder: string | undefined): PictureStore {
  const files: PictureFile[] = [];
  return {
    files,
    add(name, mediaType, data) {
      const ending = Object.hasOwn(ENDINGS, mediaType) ? ENDINGS[mediaType] : undefined;
      const uri =
        mediaType === "image/svg+xml" ? svgUri(joinLines(data)) : imageDataUri(mediaType, joinLines(data));
      if (ending === undefined || uri === undefined) return undefined;
      if (folder === undefined) return `![picture](${uri})`;
      const file = `${name}.${ending}`;
      const isText = ending === "svg";
      const content = isText ? joinLines(data) : uri.slice(uri.indexOf(",") + 1);
      if (files.every((known) => known.name !== file))
        files.push({ name: file, data: content, encoding: isText ? "utf8" : "base64" });
      return `![picture](${addressOf(folder)}/${addressOf(file)})`;
    },
  };
}

function svgUri(svg: string): string | undefined {
  if (!/<svg[\s>]/i.test(svg)) return undefined;
  return `data:image/svg+xml;base64,${Buffer.from(svg, "utf8").toString("base64")}`;
}

/** Brackets end an address in markdown. */
function addressOf(name: string): string {
  return encodeURIComponent(name).replace(/[()]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
}
