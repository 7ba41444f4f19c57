import { knownLanguage } from "../code/languages.js";
import { joinLines, type NotebookCell, type NotebookDocument } from "../page/notebook-document.js";
import { fenced } from "./fenced.js";
import { harmlessMarkdown } from "./harmless-markdown.js";
import { outputsMarkdown } from "./output-markdown.js";
import { createPictureStore, type PictureFile, type PictureStore } from "./picture-store.js";

export interface MarkdownExportOptions {
  /** The heading of the text, where it should have one of its own. @defaultValue none */
  readonly title?: string | undefined;
  /** The code of cells is left out. @defaultValue false */
  readonly hideCode?: boolean | undefined;
  /** The address of the folder for pictures, seen from the text; undefined for pictures in the text itself. */
  readonly pictureFolder?: string | undefined;
}

/** A text and what belongs into its folder of pictures. */
export interface MarkdownExport {
  readonly text: string;
  readonly pictures: readonly PictureFile[];
}

/**
 * A notebook as one markdown text that reads well on GitHub. HTML in it stays text; outputs are text, pictures, or the markdown that
 * their makers sent. The same notebook gives the same text.
 */
export function renderNotebookMarkdown(
  notebook: NotebookDocument,
  options: MarkdownExportOptions = {},
): MarkdownExport {
  const pictures = createPictureStore(options.pictureFolder);
  const { language_info, kernelspec } = notebook.metadata ?? {};
  const language = language_info?.name ?? kernelspec?.language;
  const { hideCode = false } = options;
  const context = {
    pictures,
    hideCode,
    language: typeof language === "string" ? knownLanguage(language) : undefined,
  };
  const found: unknown = notebook.cells;
  const cells = Array.isArray(found) ? (found as readonly unknown[]) : [];
  const blocks = cells.flatMap((cell, i) => (isCell(cell) ? cellMarkdown(cell, i + 1, context) : []));
  const heading = options.title === undefined ? [] : [`# ${oneLine(options.title)}`];
  return { text: `${[...heading, ...blocks].filter(Boolean).join("\n\n")}\n`, pictures: pictures.files };
}

interface TextContext {
  readonly pictures: PictureStore;
  readonly hideCode: boolean;
  readonly language: string | undefined;
}

function isCell(cell: unknown): cell is NotebookCell {
  return typeof cell === "object" && cell !== null;
}

const CELL_TYPES: Readonly<
  Record<string, (cell: NotebookCell, number: number, context: TextContext) => string[]>
> = {
  markdown: (cell, number, { pictures }) => [
    harmlessMarkdown(withAttachments(cell, number, pictures).trimEnd().replace(/^\n+/, "")),
  ],
  code: (cell, number, { pictures, hideCode, language }) => {
    const source = hideCode ? "" : joinLines(cell.source).trimEnd();
    const outputs = Array.isArray(cell.outputs) ? cell.outputs.filter((each) => each !== null) : [];
    const shown = outputsMarkdown(outputs, number, pictures);
    return [...(source === "" ? [] : [fenced(source, languageOf(source, language))]), ...shown];
  },
  raw: (cell) => [fenced(joinLines(cell.source))],
};

function cellMarkdown(cell: NotebookCell, number: number, context: TextContext): string[] {
  const write = Object.hasOwn(CELL_TYPES, cell.cell_type) ? CELL_TYPES[cell.cell_type] : undefined;
  return write ? write(cell, number, context) : [];
}

/** Languages of cells that a magic gives to another program. */
const MAGIC_LANGUAGES: Readonly<Record<string, string>> = { claude: "markdown", bash: "bash", sh: "sh" };

function languageOf(source: string, language: string | undefined): string {
  const magic = /^\s*%%(\w+)/.exec(source)?.[1] ?? "";
  return Object.hasOwn(MAGIC_LANGUAGES, magic) ? MAGIC_LANGUAGES[magic]! : (language ?? "");
}

/** An image that names an attachment points to its file; one that there is not says so. */
function withAttachments(cell: NotebookCell, number: number, pictures: PictureStore): string {
  return joinLines(cell.source).replace(
    /!\[([^\]\n]{0,500})\]\(attachment:([^()\n]{1,500})\)/g,
    (_whole, alt, address) => {
      const name = decodeName(address.split(/\s/, 1)[0]!);
      const bundle = cell.attachments && Object.hasOwn(cell.attachments, name) ? cell.attachments[name]! : {};
      const stem = `cell-${number}-${name.replace(/\.\w+$/, "").replace(/[^\w-]+/g, "-")}`;
      const found = Object.entries(bundle).flatMap(([type, data]) => pictures.add(stem, type, data) ?? []);
      return (
        found[0]?.replace("![picture]", () => `![${alt}]`) ??
        `*(picture ${name.replace(/[^\w. -]/g, "_")}, which is missing)*`
      );
    },
  );
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function oneLine(text: string): string {
  return harmlessMarkdown(text.replace(/\s+/g, " ").trim());
}
