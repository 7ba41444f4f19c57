/** How far the end may be out of sight and still count as followed, in pixels. */
const SLACK_PX = 6;

/**
 * Changes what is shown; a reader who sees its end goes on seeing it, everybody else stays where they are.
 *
 * @param node what grows, in a notebook that scrolls.
 */
export function followTail(node: HTMLElement, change: () => void): void {
  const scroller =
    node.closest<HTMLElement>(".jp-WindowedPanel-outer") ?? node.closest<HTMLElement>(".jp-Notebook");
  if (!scroller || !node.isConnected) {
    change();
    return;
  }
  const frame = scroller.getBoundingClientRect();
  const before = node.getBoundingClientRect().bottom;
  const isAtTail = before > frame.top && before <= frame.bottom + SLACK_PX;
  change();
  if (!isAtTail) return;
  const hidden = node.getBoundingClientRect().bottom - frame.bottom;
  if (hidden > 0) scroller.scrollTop += hidden;
}
