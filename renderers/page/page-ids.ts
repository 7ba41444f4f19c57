/** Gives out the ids of a page: each once. */
export interface PageIds {
  /** The id that was wanted, or that with a number when it is taken. */
  claim(wanted: string): string;
}

/** Ids of the page's own places. */
const RESERVED = ["main", "source"];

export function createPageIds(): PageIds {
  const used = new Set(RESERVED);
  const counts = new Map<string, number>();
  return {
    claim(wanted) {
      let count = counts.get(wanted) ?? 1;
      let id = count === 1 ? wanted : `${wanted}-${count}`;
      while (used.has(id)) id = `${wanted}-${++count}`;
      counts.set(wanted, count + 1);
      used.add(id);
      return id;
    },
  };
}

/** An id that a file gives to something, when it can be part of an address as it is. */
export function stableId(prefix: string, id: unknown): string | undefined {
  return typeof id === "string" && /^[\w-]{1,64}$/.test(id) ? `${prefix}-${id}` : undefined;
}
