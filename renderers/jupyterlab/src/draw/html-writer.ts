import { createElement } from "./create-element.js";
import { decodeEntities } from "./decode-entities.js";

/** A node of the page and where its HTML stands in the text. */
interface WrittenNode {
  readonly node: Text | Element;
  readonly start: number;
  /** Behind its start tag. */
  readonly inner: number;
  /** Where its end tag begins; infinite while it is open. For a text, its end. */
  close: number;
  /** Behind its end tag. */
  end: number;
  readonly children: WrittenNode[];
}

/** HTML that grows at its end, as nodes of the page. */
export interface HtmlWriter {
  /** Keeps the first `keep` characters of the HTML and puts `html` after them; nodes of what is kept stay the same nodes. */
  write(keep: number, html: string): void;
  /** The first node, before which other nodes can be put. */
  first(): Node | undefined;
  remove(): void;
}

/** Elements that have no end tag. */
const VOID = new Set(["br", "hr", "img"]);

const TOKEN = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>|([^<]+|<)/g;

/**
 * Writes HTML of our renderers into `parent`, at the cost of what changes: what a patch keeps is not read again. It builds
 * nodes itself, from an allowlist of elements and attributes: no text can become markup that is not on it.
 *
 * @param before gives the node before which new top nodes go, so that several writers share a parent.
 */
export function createHtmlWriter(parent: Node, before: () => Node | undefined = () => undefined): HtmlWriter {
  const root: WrittenNode[] = [];
  let html = "";

  /** Removes what begins at `cut` or later, opens what reaches over it. Returns the open elements, outermost first. */
  const truncate = (cut: number): WrittenNode[] => {
    const open: WrittenNode[] = [];
    let level = root;
    for (;;) {
      while (level.length > 0 && level.at(-1)!.start >= cut) level.pop()!.node.remove();
      const last = level.at(-1);
      if (!last || last.end <= cut) return open;
      if (last.node.nodeType === Node.TEXT_NODE) {
        const kept = decodeEntities(html.slice(last.start, cut)).length;
        const text = last.node as Text;
        text.deleteData(kept, text.length - kept);
        last.close = last.end = cut;
        return open;
      }
      last.close = last.end = Number.POSITIVE_INFINITY;
      open.push(last);
      level = last.children;
    }
  };

  const addText = (open: readonly WrittenNode[], given: string, from: number, end: number): void => {
    // Parsers leave out a line break right behind `<pre>`.
    const container = open.at(-1);
    const isDropped =
      container?.inner === from && (container.node as Element).localName === "pre" && given.startsWith("\n");
    const [text, start] = isDropped ? [given.slice(1), from + 1] : [given, from];
    if (text === "") return;
    const siblings = open.at(-1)?.children ?? root;
    const last = siblings.at(-1);
    const decoded = decodeEntities(text);
    if (last && last.node.nodeType === Node.TEXT_NODE && last.end === start) {
      (last.node as Text).appendData(decoded);
      last.close = last.end = end;
      return;
    }
    const node = document.createTextNode(decoded);
    insert(open, { node, start, inner: start, close: end, end, children: [] });
  };
  const insert = (open: readonly WrittenNode[], written: WrittenNode): void => {
    const container = open.at(-1);
    if (container) container.node.appendChild(written.node);
    else parent.insertBefore(written.node, before() ?? null);
    (container?.children ?? root).push(written);
  };

  return {
    write(keep, added) {
      const cut = tokenStart(html, keep);
      const text = html.slice(cut, keep) + added;
      const open = truncate(cut);
      html = html.slice(0, cut) + text;
      for (const match of text.matchAll(TOKEN)) {
        const [token, slash, tag, attributes, words] = match;
        const start = cut + match.index;
        const end = start + token.length;
        if (words !== undefined) addText(open, words, start, end);
        else if (slash) closeElement(open, tag!, start, end);
        else {
          const node = createElement(tag!, attributes!, open.at(-1)?.node as Element | undefined);
          const isVoid = VOID.has(tag!) || attributes!.endsWith("/");
          const edge = isVoid ? end : Number.POSITIVE_INFINITY;
          const written = { node, start, inner: end, close: edge, end: edge, children: [] };
          insert(open, written);
          if (!isVoid) open.push(written);
        }
      }
    },
    first: () => root[0]?.node,
    remove() {
      for (const { node } of root.splice(0)) node.remove();
      html = "";
    },
  };
}

function closeElement(open: WrittenNode[], tag: string, start: number, end: number): void {
  const index = open.findLastIndex(({ node }) => (node as Element).localName === tag.toLowerCase());
  if (index === -1) return;
  for (const written of open.splice(index)) {
    written.close = start;
    written.end = end;
  }
}

/** The start of the tag or entity that `position` stands in, or `position` itself. */
function tokenStart(html: string, position: number): number {
  if (position === 0) return 0;
  const tag = html.lastIndexOf("<", position - 1);
  const tagEnd = html.lastIndexOf(">", position - 1);
  if (tag > tagEnd) return tag;
  const entity = html.lastIndexOf("&", position - 1);
  return entity > tagEnd && position - entity < 10 && !html.slice(entity, position).includes(";")
    ? entity
    : position;
}
