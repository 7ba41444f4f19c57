/** How long buttons are dead after they appear or move, in milliseconds: longer than a click that was meant for something else. */
export const DEAD_MS = 500;

/** Keeps watch over buttons whose click must be meant. */
export interface ActionGuard {
  /** Whether the buttons have stood still, in sight, for {@link DEAD_MS}. */
  isReady(): boolean;
  stop(): void;
}

/** Watches where `bar` stands, frame by frame; its buttons look dead while they are. */
export function guardActions(bar: HTMLElement): ActionGuard {
  let place = "";
  let movedAt = performance.now();
  let frame = 0;

  const look = (): void => {
    const { left, top, width, height } = bar.getBoundingClientRect();
    const now = [left, top, width, height].map(Math.round).join();
    if (now !== place || width === 0 || document.visibilityState !== "visible") movedAt = performance.now();
    place = now;
    bar.classList.toggle("cn-dead", !isReady());
  };
  const isReady = (): boolean => performance.now() - movedAt >= DEAD_MS;
  const watch = (): void => {
    look();
    frame = requestAnimationFrame(watch);
  };
  bar.classList.add("cn-dead");
  frame = requestAnimationFrame(watch);
  return {
    isReady() {
      look();
      return isReady();
    },
    stop: () => cancelAnimationFrame(frame),
  };
}
