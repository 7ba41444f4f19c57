const XMLNS = ' xmlns="http://www.w3.org/2000/svg"';

/** SVG that stands alone names its namespace; `outerHTML`, which is HTML, leaves it out. */
export function withNamespace(svg: string): string {
  const tag = /^\s*<svg\b[^>]*>/i.exec(svg)?.[0] ?? "";
  return tag === "" || /\sxmlns\s*=/i.test(tag) ? svg : svg.replace(/<svg\b/i, (start) => start + XMLNS);
}
