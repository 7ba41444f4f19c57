import { button, element } from "./elements.js";
import { addExtra } from "./morph.js";

/** Puts code into a cell below; undefined where there is no notebook. */
export type InsertCell = ((code: string) => void) | undefined;

/** Time for which a button says what it did, in milliseconds. */
const SAID_MS = 1_500;

/** Copies a text and says so in place of the button's words. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const copy = button(label, async () => {
    const isCopied = await copyText(text());
    copy.textContent = isCopied ? "Copied" : "Not copied";
    window.setTimeout(() => {
      copy.textContent = label;
    }, SAID_MS);
  });
  return copy;
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages that are not served over TLS or from this machine have no clipboard; they can copy a selection.
    const area = element("textarea", { attributes: { style: "position:fixed;opacity:0" } });
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}

/** Gives every block of code below `root` its buttons, once. */
export function addCodeTools(root: HTMLElement, insertCell: InsertCell): void {
  for (const code of root.querySelectorAll<HTMLElement>(
    ".highlight:not(.cn-diff,.cn-tree,.cn-approval-code)",
  )) {
    if (code.lastElementChild?.classList.contains("cn-code-tools")) continue;
    for (const old of code.querySelectorAll(":scope>.cn-code-tools")) old.remove();
    const isAnswer = code.classList.contains("cn-code");
    const tools = element("div", { class: "cn-code-tools" }, [
      copyButton("Copy", () => codeOf(code)),
      ...(isAnswer && insertCell
        ? [button("Insert below", () => insertCell(codeOf(code)), { title: "Insert as cell below" })]
        : []),
    ]);
    addExtra(tools);
    code.append(tools);
  }
}

/** The code without line numbers, folded lines included. */
function codeOf(block: HTMLElement): string {
  return [...block.querySelectorAll("pre")]
    .map((pre) => {
      const copy = pre.cloneNode(true) as HTMLElement;
      for (const number of copy.querySelectorAll(".cn-n")) number.remove();
      return copy.textContent ?? "";
    })
    .join("\n");
}
