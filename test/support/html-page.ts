import { Parser } from "htmlparser2";

/** One attribute of an element of a page. */
export interface HtmlAttribute {
  readonly tag: string;
  readonly name: string;
  readonly value: string;
}

/** What an HTML text consists of, as a parser sees it. */
export interface HtmlPage {
  readonly tags: readonly string[];
  readonly attributes: readonly HtmlAttribute[];
  /** The text of the page outside of style and script. */
  readonly text: string;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

/** Reads a page with a real HTML parser. */
export function parseHtml(html: string): HtmlPage {
  const tags: string[] = [];
  const attributes: HtmlAttribute[] = [];
  const styles: string[] = [];
  const scripts: string[] = [];
  const open: string[] = [];
  let text = "";
  const parser = new Parser({
    onopentag(tag, found) {
      tags.push(tag);
      open.push(tag);
      for (const [name, value] of Object.entries(found)) attributes.push({ tag, name, value });
    },
    onclosetag: () => void open.pop(),
    ontext(chunk) {
      const tag = open.at(-1);
      if (tag === "style") styles.push(chunk);
      else if (tag === "script") scripts.push(chunk);
      else text += chunk;
    },
  });
  parser.end(html);
  return { tags, attributes, text, styles, scripts };
}

/** Attributes whose address a browser fetches by itself, without a click. */
const LOADING = new Set([
  "src",
  "srcset",
  "poster",
  "data",
  "background",
  "action",
  "formaction",
  "manifest",
  "ping",
]);

/** Every address that a browser would load by itself when it opens the page; `data:` addresses load nothing. */
export function loadedUrls({ attributes, styles }: HtmlPage): string[] {
  const fromAttributes = attributes
    .filter(
      ({ tag, name }) =>
        LOADING.has(name) || (name === "href" && ["link", "base", "image", "use"].includes(tag)),
    )
    .map(({ value }) => value);
  const css = [...styles, ...attributes.filter(({ name }) => name === "style").map(({ value }) => value)];
  const fromCss = css.flatMap((sheet) =>
    [...sheet.matchAll(/url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)/g)].map((m) => m[1] ?? m[2] ?? ""),
  );
  return [...fromAttributes, ...fromCss].filter((url) => !url.startsWith("data:"));
}
