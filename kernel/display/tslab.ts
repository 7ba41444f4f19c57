import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { notebookHost } from "../host.js";

/**
 * `import … from "tslab"`: what tslab offers its notebooks, for this kernel, so that they run unchanged.
 * @see https://github.com/yunabe/tslab/blob/master/docs/advanced.md
 */
export interface Display {
  javascript(text: string): void;
  html(text: string): void;
  markdown(text: string): void;
  latex(text: string): void;
  svg(text: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  /** Shows data of any media type; bytes go as base64. */
  raw(contentType: string, data: string | Uint8Array): void;
}

/** Media types by the method that shows them. */
const mediaTypes = {
  javascript: "text/javascript",
  html: "text/html",
  markdown: "text/markdown",
  latex: "text/latex",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  pdf: "application/pdf",
  text: "text/plain",
} as const satisfies Record<Exclude<keyof Display, "raw">, string>;

/** Shows values by media type. */
export const display: Display = createDisplay(undefined);

/** A display whose every call after the first replaces what it shows. */
export function newDisplay(): Display {
  return createDisplay(randomUUID());
}

/** Versions of what runs the cells; `tslab` is the version whose notebooks run here. */
export const versions: { readonly tslab: string; readonly typescript: string; readonly node: string } = {
  tslab: versionOf("tslab"),
  typescript: versionOf("@tslab/typescript-for-tslab"),
  node: process.version,
};

function createDisplay(displayId: string | undefined): Display {
  let update = false;
  const raw = (contentType: string, data: string | Uint8Array): void => {
    const cell = notebookHost()?.currentCell();
    if (!cell) throw new Error("tslab's display needs a notebook: no cell is running.");
    const text = typeof data === "string" ? data : Buffer.from(data).toString("base64");
    cell.display({ [contentType]: text }, displayId === undefined ? {} : { displayId, update });
    update = displayId !== undefined;
  };
  const methods = Object.entries(mediaTypes).map(([name, type]) => [
    name,
    (data: string | Uint8Array) => raw(type, data),
  ]);
  return { ...(Object.fromEntries(methods) as Omit<Display, "raw">), raw };
}

function versionOf(name: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));
  return (require(`${name}/package.json`) as { version: string }).version;
}
