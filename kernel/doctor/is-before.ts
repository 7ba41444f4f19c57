/** Whether a version is older than another, by its numbers: "v18.2.0" is before "20.19.0". What follows them does not count. */
export function isBefore(version: string, other: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(other)];
  const index = [0, 1, 2].find((i) => a[i] !== b[i]) ?? 0;
  return (a[index] ?? 0) < (b[index] ?? 0);
}

function numbersOf(version: string): number[] {
  return (/\d+(\.\d+)*/.exec(version)?.[0] ?? "0").split(".").map(Number);
}
