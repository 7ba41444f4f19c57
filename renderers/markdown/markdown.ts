import createMarkdownIt, { type MarkdownIt, type Token } from "markdown-it";
import { knownLanguage } from "../code/languages.js";
import { codeBlockHtml } from "../code/runs-html.js";
import { escapeHtml } from "../html/escape.js";
import { addDeepText } from "./deep-text.js";
import { addFootnotes } from "./footnote-rules.js";
import { addLeftBudget, refusalOf } from "./left-budget.js";
import { isAllowedLink, isInlineImage } from "./link-policy.js";
import { addMath } from "./math-rules.js";
import { rememberLast } from "./remember.js";
import { addShortRows } from "./short-rows.js";
import { SIZE_LIMITS } from "./size-limits.js";
import { markTaskItems } from "./task-items.js";

/** What a page may change of how markdown is drawn. */
export interface MarkdownOptions {
  /** The id of a heading, for a page that links to it; without it headings have no id. */
  readonly headingId?: ((text: string, level: number) => string) | undefined;
  /** The address to use for an image, e.g. a notebook's `attachment:` as `data:`; undefined leaves it as it is. */
  readonly resolveImage?: ((address: string) => string | undefined) | undefined;
}

/** Longest code whose HTML is remembered, in characters: fences in a list item are drawn again while the item grows. */
const MAX_REMEMBERED_CODE = 8_000;

/** Longest address without a scheme, in characters. */
const MAX_ADDRESS = 2_048;

/** Images whose address the resolver may change; any other scheme is refused by the policy. */
const ATTACHMENT = /^attachment:/i;

/**
 * The markdown of Claude's answers: CommonMark with tables, strikethrough, task lists, bare links, formulas and footnotes.
 *
 * The text is hostile. HTML stays text; links keep to an allowlist of schemes; images that would load from somewhere become
 * links, since loading one tells its server that, and with what address, the text was read.
 */
export function createMarkdown(options: MarkdownOptions = {}, limits = SIZE_LIMITS): MarkdownIt {
  const md = createMarkdownIt({ html: false, linkify: true });
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  md.validateLink = (url) =>
    isAllowedLink(url) || isInlineImage(url) || (options.resolveImage !== undefined && ATTACHMENT.test(url));
  md.linkify.add("www.", {
    validate: matchWww,
    normalize(match) {
      match.url = `http://${match.url}`;
    },
  });
  md.core.ruler.push("task_items", markTaskItems);
  addMath(md);
  addDeepText(md);
  addFootnotes(md);
  addShortRows(md, limits);
  addLeftBudget(md, limits);
  const { rules } = md.renderer;
  rules.text = (tokens, i) => escapeHtml(tokens[i]!.content);
  rules.code_inline = (tokens, i) => `<code>${escapeHtml(tokens[i]!.content)}</code>`;
  rules.code_block = (tokens, i) => `${codeBlockHtml(trimEnd(tokens[i]!.content), undefined)}\n`;
  rules.fence = (tokens, i) => fenceHtml(tokens[i]!.info, tokens[i]!.content);
  rules.link_open = (tokens, i) => {
    const refusal = refusalOf(tokens[i]!);
    if (refusal !== undefined) return `${refusal}<a>`;
    return linkHtml(attribute(tokens[i]!, "href"), attribute(tokens[i]!, "title"));
  };
  rules.image = (tokens, i, _options, env) => {
    const alt = md.renderer.renderInlineAsText(tokens[i]!.children ?? [], md.options, env);
    return markdownImageHtml(tokens[i]!, alt, options);
  };
  rules.heading_open = (tokens, i) => headingHtml(tokens[i]!, tokens[i + 1]!, options);
  rules.th_open = (tokens, i) => cellHtml("th", tokens[i]!);
  rules.td_open = (tokens, i) => cellHtml("td", tokens[i]!);
  return md;
}

/**
 * How far an address without a scheme goes on after `www.`: as far as it would with one.
 * @see https://github.github.com/gfm/#autolinks-extension-
 */
function matchWww(text: string, pos: number, linkify: MarkdownIt["linkify"]): number {
  const start = "//www.";
  const rest = start + text.slice(pos, pos + MAX_ADDRESS);
  return Math.max(0, linkify.testSchemaAt(rest, "http:", 0) - start.length);
}

function fenceHtml(info: string, content: string): string {
  const key = `${fenceLabel(info)}\n${trimEnd(content)}`;
  return content.length <= MAX_REMEMBERED_CODE ? smallFenceHtml(key) : makeFenceHtml(key);
}

const smallFenceHtml = rememberLast(64, makeFenceHtml);

/** @param key the label, a line break and the code */
function makeFenceHtml(key: string): string {
  const at = key.indexOf("\n");
  const label = key.slice(0, at);
  const shown = /^[\w+#.-]{1,32}$/.test(label) ? label : undefined;
  return `${codeBlockHtml(key.slice(at + 1), knownLanguage(label), shown)}\n`;
}

/** The language that a fence names: the first word after it. */
export function fenceLabel(info: string): string {
  return info.trim().split(/\s+/)[0] ?? "";
}

/** The last line break of a block is its end, not an empty line. */
function trimEnd(code: string): string {
  return code.endsWith("\n") ? code.slice(0, -1) : code;
}

/** Longest title of a link, in characters: a definition may be used ten thousand times. */
const MAX_TITLE = 500;

function linkHtml(href: string, title: string): string {
  if (!isAllowedLink(href)) return "<a>";
  const titleAttribute = title && title.length <= MAX_TITLE ? ` title="${escapeHtml(title)}"` : "";
  return `<a href="${escapeHtml(href)}"${titleAttribute} rel="noopener noreferrer">`;
}

/** Inline images are shown; others are named and linked, so that nothing loads before the reader asks for it. */
function markdownImageHtml(token: Token, alt: string, options: MarkdownOptions): string {
  const refusal = refusalOf(token);
  if (refusal !== undefined) return `${refusal}${escapeHtml(`image: ${alt}`)}`;
  const address = attribute(token, "src");
  const src = options.resolveImage?.(address) ?? address;
  if (isInlineImage(src)) {
    return `<img class="cn-image" src="${escapeHtml(src)}" alt="${escapeHtml(alt)}" style="max-width:100%">`;
  }
  const gone = ATTACHMENT.test(src) ? ` (the notebook has no ${src})` : "";
  const label = escapeHtml(`image: ${alt || src}${gone}`);
  return isAllowedLink(src) ? `${linkHtml(src, "")}${label}</a>` : label;
}

function headingHtml(token: Token, inline: Token, options: MarkdownOptions): string {
  const id = options.headingId?.(plainText(inline), Number(token.tag.slice(1)));
  return id === undefined ? `<${token.tag}>` : `<${token.tag} id="${escapeHtml(id)}">`;
}

function plainText(inline: Token): string {
  return (inline.children ?? []).map((child) => child.content).join("");
}

function cellHtml(tag: string, token: Token): string {
  const align = /^text-align:(left|center|right)$/.exec(attribute(token, "style"));
  return align ? `<${tag} style="${align[0]}">` : `<${tag}>`;
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? "");
}
