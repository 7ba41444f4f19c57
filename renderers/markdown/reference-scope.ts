/** A link's target, as markdown-it keeps it. */
interface Reference {
  readonly href: string;
  readonly title: string;
}

type References = Record<string, Reference>;

/** Link definitions of a text that is still being written: those of final blocks, and those of the open end. */
export interface ReferenceScope {
  /** The object that markdown-it looks labels up in and defines them on: `env.references`. */
  readonly references: References;
  /** Runs a parse whose definitions are collected apart, the first of each label. */
  collectDefinitions(parse: () => void): References;
  /** Runs a render and returns the labels it looked up that no final definition answers. */
  collectMisses(render: () => void): ReadonlySet<string>;
  /** The open end now defines exactly these; returns the labels whose meaning changed. */
  setOpen(definitions: References): string[];
  /** Makes definitions final; the first of a label stays. */
  commit(labels: readonly string[]): void;
}

export function createReferenceScope(): ReferenceScope {
  const final: References = Object.create(null);
  let open: References = Object.create(null);
  let defining: References | undefined;
  let misses: Set<string> | undefined;
  const references = new Proxy<References>(
    {},
    {
      get(_target, label) {
        if (typeof label !== "string") return undefined;
        if (final[label]) return final[label];
        misses?.add(label);
        return (defining ?? open)[label];
      },
      set(_target, label, value: Reference) {
        if (defining && typeof label === "string" && !final[label]) defining[label] ??= value;
        return true;
      },
    },
  );
  return {
    references,
    collectDefinitions(parse) {
      const collected: References = Object.create(null);
      defining = collected;
      parse();
      defining = undefined;
      return collected;
    },
    collectMisses(render) {
      const collected = new Set<string>();
      misses = collected;
      render();
      misses = undefined;
      return collected;
    },
    setOpen(definitions) {
      const before = open;
      open = definitions;
      return [...new Set([...Object.keys(before), ...Object.keys(definitions)])].filter(
        (label) => !final[label] && !isSame(before[label], definitions[label]),
      );
    },
    commit(labels) {
      for (const label of labels) {
        const definition = open[label];
        if (definition) final[label] ??= definition;
      }
    },
  };
}

function isSame(a: Reference | undefined, b: Reference | undefined): boolean {
  return a?.href === b?.href && a?.title === b?.title;
}
