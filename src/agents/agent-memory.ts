/** What an agent knows from one prompt to the next. It goes before each prompt as text, so that recordings hold it too. */
export interface AgentMemory {
  /** Keeps a fact under a name; undefined forgets it. */
  note(name: string, fact: string | undefined): void;
  /** Keeps what was asked and answered. */
  add(prompt: string, answer: string): void;
  /** What there is to say before the next prompt; "" for nothing. */
  recall(): string;
  clear(): void;
}

export interface AgentMemoryOptions {
  /** Questions and answers that are kept, the latest. @defaultValue 10 */
  readonly maxTurns?: number | undefined;
  /** Characters of each that are recalled. @defaultValue 2000 */
  readonly maxLength?: number | undefined;
}

/** Makes a memory; agents may share one. */
export function createAgentMemory({
  maxTurns = 10,
  maxLength = 2_000,
}: AgentMemoryOptions = {}): AgentMemory {
  const facts = new Map<string, string>();
  let turns: { prompt: string; answer: string }[] = [];
  const cut = (text: string): string => (text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);
  return {
    note(name, fact) {
      if (fact === undefined) facts.delete(name);
      else facts.set(name, fact);
    },
    add(prompt, answer) {
      turns = [...turns, { prompt, answer }].slice(-maxTurns);
    },
    recall() {
      const known = [...facts].map(([name, fact]) => `- ${name}: ${cut(fact)}`);
      const said = turns.map(({ prompt, answer }) => `Asked: ${cut(prompt)}\nAnswered: ${cut(answer)}`);
      return [
        ...(known.length > 0 ? [`What you know:\n${known.join("\n")}`] : []),
        ...(said.length > 0 ? [`What was said before:\n\n${said.join("\n\n")}`] : []),
      ].join("\n\n");
    },
    clear() {
      facts.clear();
      turns = [];
    },
  };
}
