/** Folds that the reader has opened or closed: they stay so, whatever a later version of the panel says. */
const touched = new WeakSet<Element>();

/** Marks a fold as the reader's own choice. */
export function keepFold(details: Element): void {
  touched.add(details);
}

/** Nodes that are not part of the HTML, such as copy buttons; {@link morphChildren} leaves them where they are. */
const extras = new WeakSet<Node>();

/** Marks a node as none of the HTML's. */
export function addExtra(node: Node): void {
  extras.add(node);
}

/**
 * Makes the children of `live` what those of `next` are, and changes only what differs: nodes that stay keep the reader's
 * selection, focus, scroll position and folds. Children of `next` are moved, not copied.
 */
export function morphChildren(live: Node, next: Node): void {
  const olds = ownChildren(live);
  const news = ownChildren(next);
  let at = 0;
  for (let i = 0; i < news.length; i++) {
    const wanted = news[i]!;
    // What was removed is skipped, what is new is put in: one node of looking ahead on both sides.
    if (olds[at] && !isSame(olds[at]!, wanted) && olds[at + 1] && isSame(olds[at + 1]!, wanted)) {
      live.removeChild(olds[at]!);
      at++;
    }
    const old = olds[at];
    if (!old) live.appendChild(wanted);
    else if (isSame(old, wanted)) {
      morphNode(old, wanted);
      at++;
    } else if (news[i + 1] && isSame(old, news[i + 1]!)) live.insertBefore(wanted, old);
    else {
      live.replaceChild(wanted, old);
      at++;
    }
  }
  for (const old of olds.slice(at)) live.removeChild(old);
}

function ownChildren(node: Node): Node[] {
  return [...node.childNodes].filter((child) => !extras.has(child));
}

/** Whether two nodes are the same thing in two versions. */
function isSame(a: Node, b: Node): boolean {
  return a.nodeName === b.nodeName && firstClass(a) === firstClass(b);
}

function firstClass(node: Node): string {
  return node.nodeType === Node.ELEMENT_NODE ? ((node as Element).classList[0] ?? "") : "";
}

function morphNode(live: Node, next: Node): void {
  if (live.nodeType === Node.TEXT_NODE) morphText(live as Text, (next as Text).data);
  if (live.nodeType !== Node.ELEMENT_NODE) return;
  morphAttributes(live as Element, next as Element);
  morphChildren(live, next);
}

/** Replaces only the part that differs: a selection before or after it stays. */
function morphText(live: Text, next: string): void {
  const old = live.data;
  if (old === next) return;
  let start = 0;
  const most = Math.min(old.length, next.length);
  while (start < most && old.charCodeAt(start) === next.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < most - start &&
    old.charCodeAt(old.length - 1 - end) === next.charCodeAt(next.length - 1 - end)
  )
    end++;
  live.replaceData(start, old.length - start - end, next.slice(start, next.length - end));
}

function morphAttributes(live: Element, next: Element): void {
  for (const { name, value } of [...next.attributes]) {
    if (live.getAttribute(name) !== value && !isKept(live, name)) live.setAttribute(name, value);
  }
  for (const { name } of [...live.attributes]) {
    if (!next.hasAttribute(name) && !isKept(live, name)) live.removeAttribute(name);
  }
}

function isKept(live: Element, name: string): boolean {
  return name === "open" && touched.has(live);
}
