import { foldLabel } from "./fold-lines.js";

/**
 * A `<pre>` with a second one behind a fold: after it, or before it when the text grows and its end is what shows.
 *
 * @param count how many lines are folded; 0 for no fold.
 * @param attributes of both `<pre>`, as they stand in the tag.
 */
export function foldHtml(
  shown: string,
  count: number,
  folded: string,
  attributes = "",
  isGrowing = false,
): string {
  const open = attributes ? `<pre ${attributes}>` : "<pre>";
  const pre = `${open}${shown.replace(/\n$/, "")}</pre>`;
  if (count === 0) return pre;
  const summary = `<summary>${foldLabel(count, isGrowing)}</summary>`;
  const fold = `<details class="cn-more">${summary}${open}${folded.replace(/\n$/, "")}</pre></details>`;
  return isGrowing ? fold + pre : pre + fold;
}
