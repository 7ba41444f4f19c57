/** Lets one side wait for the other's news. */
export interface Arrival {
  wait(): Promise<void>;
  notify(): void;
}

export function createArrival(): Arrival {
  let waiting: (() => void)[] = [];
  return {
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    notify() {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
  };
}
