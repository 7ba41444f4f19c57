import { mathHtml } from "./math-html.js";

/** How formulas stand in LaTeX that other kernels show: between dollars or brackets, or as an environment. */
const FORMULAS: readonly RegExp[] = [
  /^\$\$([\s\S]+)\$\$$/,
  /^\$([\s\S]+)\$$/,
  /^\\\[([\s\S]+)\\\]$/,
  /^\\\(([\s\S]+)\\\)$/,
  /^(\\begin\{(equation|align|gather|aligned|[bpvV]?matrix|cases|array)\*?\}[\s\S]+\\end\{\2\*?\})$/,
];

/** LaTeX that is one formula, as MathML; undefined for anything else, such as a document or a table. */
export function latexHtml(latex: string): string | undefined {
  const source = latex.trim();
  const formula = FORMULAS.map((form) => form.exec(source)?.[1]).find((found) => found !== undefined);
  if (formula === undefined) return undefined;
  return `<div class="cn-text"><p>${mathHtml(formula.trim(), true)}</p></div>`;
}
