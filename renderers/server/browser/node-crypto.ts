/** Stands for `node:crypto` in the page: a random id. `crypto.randomUUID` exists on secure pages only. */
export function randomUUID(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
