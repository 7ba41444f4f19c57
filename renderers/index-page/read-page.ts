import { Parser } from "htmlparser2";

/** What an index says of an exported page. */
export interface PageFacts {
  readonly title: string;
  /** Cells of a notebook, or turns of a conversation. */
  readonly cells: number;
  /** Failures that the page shows. */
  readonly errors: number;
  /** Headings and prompts, in their order, without the title. */
  readonly headings: readonly string[];
  /** All text of the page for the search, blanks run together. */
  readonly text: string;
}

/** Longest text of one page that can be searched, in characters: an index of a hundred pages is to stay quick to open. */
const MAX_TEXT_CHARS = 100_000;

/** Most headings of one page that are listed, and the longest of them. */
const MAX_HEADINGS = 40;
const MAX_HEADING_CHARS = 120;

/** What elements of an exported page mean, by a class of theirs; they nest in no element of the same kind. */
const CELL = /^(?:cell|turn)$/;
const ERROR = /^cn-error$/;
const PROMPT = /^prompt$/;

/** Elements whose text is not the page's: by name, and numbers of cells by their class. */
const SILENT: ReadonlySet<string> = new Set(["style", "script", "template", "button", "nav"]);
const NUMBER = "number";

/** Elements that do not end a word. */
const INLINE = /^(?:a|b|code|em|i|mark|s|small|span|strong|sub|sup|u)$/;

const HEADING = /^h[1-6]$/;

/** Reads what an index needs from a page that `renderNotebookPage` or `renderSessionPage` has made. */
export function readPage(html: string): PageFacts {
  const open: { readonly name: string; readonly isHeading: boolean; readonly isSilent: boolean }[] = [];
  const headings: string[] = [];
  let [title, heading, text, silent, cells, errors] = ["", "", "", 0, 0, 0];
  const isInHeading = (): boolean => open.some((each) => each.isHeading);
  const parser = new Parser({
    onopentag(name, { class: classes = "" }) {
      const own = classes.split(/\s+/);
      if (own.some((each) => CELL.test(each))) cells++;
      if (own.some((each) => ERROR.test(each))) errors++;
      const isHeading = HEADING.test(name) || own.some((each) => PROMPT.test(each));
      if (isHeading && !isInHeading()) heading = "";
      const isSilent = SILENT.has(name) || own.includes(NUMBER);
      if (isSilent) silent++;
      if (!INLINE.test(name)) text += " ";
      open.push({ name, isHeading, isSilent });
    },
    ontext(data) {
      if (open.some(({ name }) => name === "title")) title += data;
      else if (silent === 0) {
        if (text.length < MAX_TEXT_CHARS) text += data;
        if (isInHeading()) heading += data;
      }
    },
    onclosetag() {
      const closed = open.pop();
      if (closed?.isSilent) silent--;
      if (closed?.isHeading && !isInHeading()) headings.push(firstLine(heading));
    },
  });
  parser.end(html);
  title = oneLine(title);
  const listed = headings.filter((each) => each !== "" && each !== title);
  return {
    title,
    cells,
    errors,
    headings: listed.slice(0, MAX_HEADINGS),
    text: oneLine(text).slice(0, MAX_TEXT_CHARS),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function firstLine(text: string): string {
  const line = oneLine(text.trim().split("\n", 1)[0]!);
  return line.length > MAX_HEADING_CHARS ? `${line.slice(0, MAX_HEADING_CHARS).trimEnd()} …` : line;
}
