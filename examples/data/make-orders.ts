// Writes orders.csv, the data of data_analysis_agent.ipynb: `node --import jiti/register examples/data/make-orders.ts`. The shop
// is made up. What is in the numbers to be found: from September on a slower carrier takes most parcels, and what comes late is
// sent back, whoever brings it.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ORDERS = 1_000;
const SEED = 20_250_901;

/** How often goods of a category come back that were delivered in time. */
const returnShares = { shoes: 0.24, jackets: 0.16, bags: 0.08 } as const;
/** What being late adds. */
const LATE_SHARE = 0.34;
const prices = { shoes: [59, 149], jackets: [79, 289], bags: [39, 119] } as const;
type Category = keyof typeof returnShares;
const categories = Object.keys(returnShares) as Category[];

/** The file's text, the same on every machine. */
export function makeOrders(seed = SEED): string {
  const random = createRandom(seed);
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const lines = ["order_id,ordered_on,category,carrier,days,price_eur,returned"];
  for (let index = 0; index < ORDERS; index++) {
    const date = new Date(Date.UTC(2025, 0, 1 + Math.floor((index * 365) / ORDERS)));
    const category = categories[between(0, 2)]!;
    const carrier = random() < (date.getUTCMonth() >= 8 ? 0.62 : 0.14) ? "Harbour" : "Swift";
    const isLate = random() < (carrier === "Harbour" ? 0.5 : 0.06);
    const days = isLate ? between(6, 11) : between(1, 5);
    const [low, high] = prices[category];
    const price = between(low, high) + 0.9;
    const isReturned = random() < returnShares[category] + (isLate ? LATE_SHARE : 0);
    // A parcel in a hundred was never scanned at the door.
    const scanned = random() < 0.01 ? "" : days;
    const day = date.toISOString().slice(0, 10);
    lines.push([10_001 + index, day, category, carrier, scanned, price.toFixed(2), isReturned].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** Numbers from 0 to 1 that depend on nothing but the seed: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (resolve(process.argv[1] ?? "") === resolve(import.meta.filename))
  writeFileSync(join(import.meta.dirname, "orders.csv"), makeOrders());
