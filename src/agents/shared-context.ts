/** What all agents of a system may know: texts by name. */
export interface SharedContext {
  set(name: string, text: string): void;
  get(name: string): string | undefined;
  delete(name: string): void;
  readonly names: readonly string[];
  /** All of it, to go before a prompt; "" when there is nothing. */
  text(): string;
}

/** Characters of the whole context in a prompt. */
const MAX_TEXT = 20_000;

export function createSharedContext(): SharedContext {
  const texts = new Map<string, string>();
  return {
    set: (name, text) => void texts.set(name, text),
    get: (name) => texts.get(name),
    delete: (name) => void texts.delete(name),
    get names() {
      return [...texts.keys()];
    },
    text() {
      if (texts.size === 0) return "";
      const all = [...texts].map(([name, text]) => `## ${name}\n${text}`).join("\n\n");
      return `# Shared context\n\n${all.length > MAX_TEXT ? `${all.slice(0, MAX_TEXT)}…` : all}`;
    },
  };
}
