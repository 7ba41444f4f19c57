/**
 * Most bytes that a response sends, as a multiple of its final outputs: HTML, markdown, text and parts. JupyterLab keeps every message until the page is
 * reloaded, and a server on the other end of a slow line sends them all.
 */
export const MAX_SENT_RATIO = 4;

/** What an open output may shrink by when it ends, in bytes: the marks of what is still being written. */
const SHRINK_BYTES = 64;

/**
 * Decides which updates are worth their bytes. It holds what was sent so far below {@link MAX_SENT_RATIO} times what is shown
 * now, with room left to send every open output once more at the end; so the promise holds whenever the response ends.
 *
 * Sizes are bytes of whole bundles. The style sheet does not count: it goes out once, in an output of its own.
 */
export interface SendBudget {
  /** An output was sent with this size; `before` is its size when it was last sent, 0 for the first time. */
  sent(size: number, before: number): void;
  /**
   * Whether an update fits.
   *
   * @param size what it takes, as far as known.
   * @param before the output's size when it was last sent.
   * @param open sizes of all outputs that will change again, this one included.
   */
  allows(size: number, before: number, open: number): boolean;
}

export function createSendBudget(): SendBudget {
  let sentBytes = 0;
  let shownBytes = 0;
  return {
    sent(size, before) {
      sentBytes += size;
      shownBytes += size - before;
    },
    allows(size, before, open) {
      // Without HTML there is nothing to count.
      if (size === 0) return true;
      const shown = shownBytes + Math.max(0, size - before) - SHRINK_BYTES;
      return sentBytes + size + open <= MAX_SENT_RATIO * shown;
    },
  };
}
