import { nearestName } from "../../src/options/nearest-name.js";
import type { ExportFormat } from "./export-format.js";

/** Every format, in the order in which the help lists them; the first is the one that is meant when none is named. */
export const exportFormats: readonly ExportFormat[] = [
  {
    name: "html",
    summary: "one page that loads nothing",
    extension: ".html",
    takes: ["notebook", "session"],
    options: ["title", "fold", "hide-code", "include-source", "trust"],
    hasIndex: true,
    write: async (...args) => (await import("./write-html.js")).writeHtml(...args),
  },
  {
    name: "markdown",
    summary: "a text for GitHub, its pictures in a folder beside it",
    extension: ".md",
    takes: ["notebook", "session"],
    options: ["title", "hide-code", "embed-images"],
    write: async (...args) => (await import("./write-markdown.js")).writeMarkdown(...args),
  },
  {
    name: "script",
    summary: "the code, as a program that runs without a notebook",
    extension: ".ts",
    takes: ["notebook"],
    options: [],
    write: async (...args) => (await import("./write-script.js")).writeScript(...args),
  },
  {
    name: "pdf",
    summary: "the page, printed by an installed Chromium, Chrome or Edge",
    extension: ".pdf",
    takes: ["notebook", "session"],
    options: ["title", "hide-code"],
    write: async (...args) => (await import("./write-pdf.js")).writePdf(...args),
  },
];

/** @returns the format of that name, or the name that was probably meant. */
export function findFormat(name: string): ExportFormat | { readonly nearest: string | undefined } {
  const names = exportFormats.map((format) => format.name);
  return exportFormats.find((format) => format.name === name) ?? { nearest: nearestName(name, names) };
}
