/** How long a reader that has a result may take to send more prompts before it asks for what follows, in milliseconds. */
const READER_PATIENCE_MS = 5_000;

/** Results that came, in order, until their reader comes back for what follows them. */
export interface UnreadResults {
  /** One more came. @param holds whether it may be the reason to ask more: then the input stays open for a while. */
  note(holds: boolean): void;
  /** The reader of the oldest asks for what follows it. */
  noteRead(): void;
  /** Nobody will. */
  letGo(): void;
}

/** @param hold keeps the session open until what it returns is called. */
export function createUnreadResults(hold: () => () => void): UnreadResults {
  const waiting: (() => void)[] = [];
  const holdForReader = (): (() => void) => {
    const release = hold();
    const patience = setTimeout(release, READER_PATIENCE_MS);
    return () => {
      clearTimeout(patience);
      release();
    };
  };
  return {
    note: (holds) => void waiting.push(holds ? holdForReader() : () => {}),
    noteRead: () => waiting.shift()?.(),
    letGo() {
      for (const release of waiting.splice(0)) release();
    },
  };
}
