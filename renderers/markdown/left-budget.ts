import type { Env, MarkdownIt, StateCore, Token } from "markdown-it";
import { escapeHtml } from "../html/escape.js";
import { mathHtml } from "./math-html.js";
import type { SizeLimits } from "./size-limits.js";

/** What counts of an address: images may take 32 times as much as links, 8 MB in all, which is what one image may have. */
const SHARES: Readonly<Record<string, number>> = { link_open: 1, image: 1 / 32 };

/** What markdown-it hands through a render; here it also carries what the text to the left has taken of the budget. */
export interface BudgetEnv extends Env {
  /** Characters taken so far, from the left; above `added` of the limits nothing is given any more. */
  spent?: number | undefined;
  /** Whether anything asked. */
  hasAsked?: boolean | undefined;
}

/** Whether a token got none; `isFirst` for the one where the budget ran out. */
interface Refused {
  readonly isFirst: boolean;
}

const refused = new WeakMap<Token, Refused>();
const formulas = new WeakMap<Token, string>();

/**
 * Gives each formula and each repeated address its share of the budget, in the order of the text, so that what is drawn
 * depends on the text to the left alone: a text that is being written is then drawn as the whole is.
 */
export function addLeftBudget(md: MarkdownIt, limits: SizeLimits): void {
  md.core.ruler.push("left_budget", (state) => shareBudget(state, limits));
  const { rules } = md.renderer;
  rules.math = (tokens, i) => formulaHtml(tokens[i]!);
  rules.math_block = (tokens, i) => `<p>${formulaHtml(tokens[i]!)}</p>\n`;
}

/** Whether the budget ran out before this link or image; what to say there. */
export function refusalOf(token: Token): string | undefined {
  const found = refused.get(token);
  return found && (found.isFirst ? NOTE : "");
}

const NOTE =
  '<span class="cn-note">(from here on formulas and repeated addresses are shown as text: there are too many)</span> ';

function formulaHtml(token: Token): string {
  const html = formulas.get(token);
  if (html !== undefined) return html;
  const marks = token.type === "math_block" ? "$$" : token.markup;
  return `${refusalOf(token) ?? ""}<code>${escapeHtml(marks + token.content + marks)}</code>`;
}

function shareBudget(state: StateCore, limits: SizeLimits): void {
  const ask = createAsk(state.env, limits.added);
  for (const token of state.tokens) {
    if (token.type === "math_block") askForFormula(token, true, ask);
    else if (token.type === "inline" && token.children) shareInline(token, limits.freeAddress, ask);
  }
}

function shareInline(token: Token, freeAddress: number, ask: Ask): void {
  for (const child of token.children!) {
    if (child.type === "math") askForFormula(child, child.markup === "$$", ask);
    const share = SHARES[child.type];
    // Only what is looked up by its label is written once and drawn often.
    if (share === undefined || child.meta?.label === undefined) continue;
    const values = ["href", "src", "title"].map((name) => String(child.attrGet(name) ?? ""));
    const long = values.filter((value) => value.length > freeAddress);
    if (long.length > 0) ask(child, () => long.join("").length * share);
  }
}

function askForFormula(token: Token, isDisplay: boolean, ask: Ask): void {
  let html = "";
  const isGiven = ask(token, () => {
    html = mathHtml(token.content, isDisplay);
    return html.length;
  });
  if (isGiven) formulas.set(token, html);
}

/** Asks for characters, which are counted only when there may be enough; tells whether they are given. */
type Ask = (token: Token, count: () => number) => boolean;

function createAsk(env: BudgetEnv, added: number): Ask {
  return (token, count) => {
    env.hasAsked = true;
    const before = env.spent ?? 0;
    if (before <= added) {
      env.spent = before + count();
      if (env.spent <= added) return true;
    }
    refused.set(token, { isFirst: before <= added });
    return false;
  };
}
