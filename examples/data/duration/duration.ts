const units = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

export function parse(text: string): number {
  let seconds = 0;
  for (const part of text.trim().split(/\s+/)) {
    const [, count, unit] = /^(\d+)([dhms])$/.exec(part) ?? [];
    if (!unit) throw new SyntaxError(`"${part}" is no duration: write it as in "1h 30m"`);
    seconds += Number(count) * units[unit as keyof typeof units];
  }
  return seconds;
}

export function format(seconds: number, { parts = 2 }: { parts?: number } = {}): string {
  if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError(`${seconds} is no duration`);
  let left = Math.round(seconds);
  const shown: string[] = [];
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0 && shown.length < parts) shown.push(`${count}${unit}`);
  }
  return shown.join(" ") || "0s";
}

export function total(texts: readonly string[]): string {
  return format(texts.reduce((sum, text) => sum + parse(text), 0));
}
