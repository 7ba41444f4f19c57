/**
 * highlight.js scope → Pygments class. JupyterLab colours the Pygments classes of `<div class="highlight"><pre>` by its own
 * style sheet, in both themes and in untrusted notebooks too, where our own style is removed; so does nbconvert.
 * Scopes that are not named here keep the text's colour.
 * @see https://highlightjs.readthedocs.io/en/latest/css-classes-reference.html
 * @see https://pygments.org/docs/tokens/
 */
const SCOPE_CLASSES: Readonly<Record<string, string>> = {
  keyword: "k",
  "meta keyword": "k",
  "variable.language": "k",
  literal: "kc",
  type: "kt",
  string: "s",
  "meta string": "s",
  "char.escape": "se",
  regexp: "sr",
  symbol: "ss",
  number: "mi",
  comment: "c1",
  doctag: "c1",
  quote: "c1",
  formula: "s",
  "title.function": "nf",
  "title.class": "nc",
  title: "nf",
  section: "gh",
  built_in: "nb",
  attr: "na",
  attribute: "na",
  property: "na",
  variable: "nv",
  "template-variable": "nv",
  name: "nt",
  tag: "nt",
  "selector-tag": "nt",
  "selector-id": "nc",
  "selector-class": "nc",
  "selector-attr": "na",
  "selector-pseudo": "na",
  "template-tag": "k",
  meta: "cp",
  addition: "gi",
  deletion: "gd",
  strong: "gs",
  emphasis: "ge",
  bullet: "k",
  link: "s",
  code: "s",
};

/** Every class that {@link pygmentsClass} can give, for style sheets and tests. */
export const CODE_CLASSES: readonly string[] = [...new Set(Object.values(SCOPE_CLASSES))];

/** The Pygments class of a scope as highlight.js writes it in its HTML: `hljs-title function_` → `nf`; "" for none. */
export function pygmentsClass(hljsClass: string): string {
  const scope = hljsClass
    .split(" ")
    .map((part) => part.replace(/^hljs-/, "").replace(/_+$/, ""))
    .join(".");
  return SCOPE_CLASSES[scope] ?? SCOPE_CLASSES[scope.split(".")[0]!] ?? "";
}
