import type { DisplayFormatter } from "../display-formatter.js";
import { hasMethods } from "../peek.js";
import { bytes } from "./bytes.js";

/** What the packages canvas, @napi-rs/canvas and skia-canvas have in common. */
interface Canvas {
  toBuffer(mediaType: string): Uint8Array | Promise<Uint8Array>;
}

/** Canvases of Node: their picture. */
export const canvas: DisplayFormatter = {
  name: "canvas",
  matches: (value) => hasMethods(value, "getContext", "toBuffer"),
  async format(value) {
    const png = await (value as Canvas).toBuffer("image/png");
    return bytes.matches(png) ? bytes.format(png) : undefined;
  },
};
