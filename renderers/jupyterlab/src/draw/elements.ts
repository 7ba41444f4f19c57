/** What an element may be given when it is made. */
export interface ElementFields {
  readonly class?: string | undefined;
  readonly text?: string | undefined;
  readonly title?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** Makes an element from texts and nodes; nothing in it is read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  fields: ElementFields = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (fields.class) made.className = fields.class;
  if (fields.text !== undefined) made.textContent = fields.text;
  if (fields.title) made.title = fields.title;
  for (const [name, value] of Object.entries(fields.attributes ?? {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button that acts on the reader's own click only, not on one that a script makes. */
export function button(
  label: string,
  onClick: (event: MouseEvent) => void,
  fields: ElementFields = {},
): HTMLButtonElement {
  const made = element("button", {
    ...fields,
    text: label,
    attributes: { type: "button", ...fields.attributes },
  });
  made.addEventListener("click", (event) => {
    event.stopPropagation();
    if (event.isTrusted) onClick(event);
  });
  return made;
}
