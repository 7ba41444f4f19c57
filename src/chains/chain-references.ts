import type { ChainNode } from "./chain-node.js";
import type { ChainText } from "./chain-text.js";

/** A name that a step asks for: an input, or a step whose output it takes. */
export interface Reference {
  readonly name: string;
  /** Where it does, for people. */
  readonly where: string;
  /** It stands inside a section, and may be a field of what that is about. */
  readonly isInner?: boolean | undefined;
  /** A template's variable for which the step says no value: it is taken from the input of its name. */
  readonly isImplied?: boolean | undefined;
}

/** What a step asks for by name. Functions tell nothing before they run. */
export function referencesOf(node: ChainNode): Reference[] {
  if (node.type !== "ask") return [];
  const { prompt, continues } = node;
  const session = continues === undefined ? [] : [{ name: continues, where: "`continues`" }];
  if (prompt.type === "function") return session;
  if (prompt.type === "text") return [...session, ...namesOf(prompt.text, "its prompt")];
  const { template, values } = prompt;
  const given = Object.entries(values).flatMap(([variable, value]) =>
    value.type === "text" ? namesOf(value.text, `the variable \`${variable}\``) : [],
  );
  const implied = Object.keys(template.variables)
    .filter((name) => !Object.hasOwn(values, name))
    .map((name) => ({ name, where: `the template \`${template.name}\``, isImplied: true }));
  return [...session, ...given, ...implied];
}

function namesOf({ names, innerNames }: ChainText, where: string): Reference[] {
  return [
    ...names.map((name) => ({ name, where })),
    ...innerNames.map((name) => ({ name, where, isInner: true })),
  ];
}
