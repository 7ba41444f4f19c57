import { nearestName } from "../../src/options/nearest-name.js";
import { cdMagic } from "./cd.js";
import { claudeMagic } from "./claude.js";
import { engineMagic } from "./engine.js";
import { envMagic } from "./env.js";
import { loadMagic } from "./load.js";
import type { Magic } from "./magic.js";
import { npmMagic } from "./npm.js";
import { pwdMagic } from "./pwd.js";
import { resetMagic } from "./reset.js";
import { bashMagic, shellMagic, shMagic } from "./shell.js";
import { timeMagic } from "./time.js";
import { whoMagic } from "./who.js";

/** Lists the table itself. */
const magicsMagic: Magic = {
  name: "magics",
  usage: "%magics",
  summary: "List the magics",
  runLine() {
    const rows = [...magicTable, shellMagic].sort((a, b) => a.usage.localeCompare(b.usage));
    const width = Math.max(...rows.map((each) => each.usage.length));
    process.stdout.write(rows.map((each) => `${each.usage.padEnd(width)}  ${each.summary}\n`).join(""));
  },
};

/** Every magic with a name. */
export const magicTable: readonly Magic[] = [
  bashMagic,
  cdMagic,
  claudeMagic,
  engineMagic,
  envMagic,
  loadMagic,
  magicsMagic,
  npmMagic,
  pwdMagic,
  resetMagic,
  shMagic,
  timeMagic,
  whoMagic,
];

export function findMagic(name: string): Magic | undefined {
  return magicTable.find((each) => each.name === name);
}

/** The name of a magic that the user may have meant. */
export function nearestMagic(name: string): string | undefined {
  return nearestName(
    name,
    magicTable.map((each) => each.name),
  );
}
