import { groupDigits } from "../text/group-digits.js";

/** A time as people say it: "0.1 s", "41.2 s", "2 min 5 s". */
export function formatDuration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest ? ` ${rest} s` : ""}`;
}

/** A count of tokens: "950", "1.2k", "18k", "1.4M". */
export function formatTokens(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return `${short(count / 1000)}k`;
  return `${short(count / 1_000_000)}M`;
}

function short(value: number): string {
  return value < 99.95 ? value.toFixed(1).replace(/\.0$/, "") : value.toFixed(0);
}

/** Dollars, with four digits as long as they matter: "$0.0431", "$12.40". */
export function formatCost(usd: number): string {
  return usd === 0 ? "$0" : `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}

/** "1 line", "1,204 lines". */
export function formatCount(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? "" : /(ch|s|x)$/.test(noun) ? "es" : "s"}`;
}

/** The size of a text in lines. */
export function countLines(text: string): number {
  return text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
}

/** A size as people say it: "950 bytes", "12 kB", "1.4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatCount(bytes, "byte");
  if (bytes < 999_500) return `${short(bytes / 1000)} kB`;
  return `${short(bytes / 1_000_000)} MB`;
}
