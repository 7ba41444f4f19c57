// Writes the three files beside it, the data of multi_agent.ipynb: `node --import jiti/register examples/data/incident/make-incident.ts`.
// The shop is made up. What is to be found: a release of the search at 13:55 that did nothing wrong, and a pool of database
// connections that was cut from 50 to 5 at 14:11. The search is rolled back at 14:20, in vain; at 14:31 the pool is put back.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FIRST_MINUTE = 13 * 60 + 50;
const LAST_MINUTE = 14 * 60 + 39;
const SMALL_POOL = { from: 14 * 60 + 11, to: 14 * 60 + 31 };
const REQUESTS_A_MINUTE = 6;

const changes = [
  "time,what,change,by",
  "13:55,search,release 2.3.0: new ranking,pipeline",
  "14:11,database,pool.max from 50 to 5,config sync",
  "14:20,search,rolled back to 2.2.9,on call",
  "14:31,database,pool.max from 5 to 50,on call",
];

/** The text of each file, the same on every machine. */
export function makeIncident(): Readonly<Record<string, string>> {
  const requests: string[] = [];
  const pool: string[] = [];
  for (let minute = FIRST_MINUTE; minute <= LAST_MINUTE; minute++) {
    const isSmall = minute >= SMALL_POOL.from && minute < SMALL_POOL.to;
    const waiting = isSmall ? 4 + ((minute * 7) % 23) : 0;
    pool.push(
      `${clock(minute)} in use ${isSmall ? "5/5" : `${8 + ((minute * 5) % 9)}/50`} waiting ${waiting}`,
    );
    for (let index = 0; index < REQUESTS_A_MINUTE; index++) {
      const number = minute * REQUESTS_A_MINUTE + index;
      const route = ["/search", "/orders", "/health"][number % 3]!;
      const fails = isSmall && route !== "/health" && number % 4 !== 0;
      const answer = fails ? "503 2000ms" : `200 ${route === "/health" ? 2 : 40 + ((number * 13) % 61)}ms`;
      requests.push(`${clock(minute)}:${String(index * 10).padStart(2, "0")} GET ${route} ${answer}`);
    }
  }
  return { "changes.csv": text(changes), "pool.log": text(pool), "requests.log": text(requests) };
}

const clock = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

if (resolve(process.argv[1] ?? "") === resolve(import.meta.filename))
  for (const [name, content] of Object.entries(makeIncident()))
    writeFileSync(join(import.meta.dirname, name), content);
