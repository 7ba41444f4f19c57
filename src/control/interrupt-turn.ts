/** How long the CLI may take to stop a turn that is interrupted, in milliseconds; signals follow. */
const INTERRUPT_PATIENCE_MS = 1_000;

/** Where the listeners for the next result wait; whoever sees one calls them. */
export type ResultListeners = Set<() => void>;

/** Interrupts the turn that runs; resolves with its result, when the CLI refuses, or when it takes too long. */
export async function interruptTurn(
  interrupt: () => Promise<unknown>,
  listeners: ResultListeners,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let listener = (): void => {};
  await new Promise<void>((resolve) => {
    listener = resolve;
    listeners.add(listener);
    timer = setTimeout(resolve, INTERRUPT_PATIENCE_MS);
    interrupt().catch(() => resolve());
  });
  clearTimeout(timer);
  listeners.delete(listener);
}
