import type { Magic } from "./magic.js";

/** Says what checks the cells. */
export const engineMagic: Magic = {
  name: "engine",
  usage: "%engine",
  summary: "Say which engine checks the cells, and its TypeScript",
  async runLine({ runtime: { compiler } }) {
    const { name, version } = await compiler.describe();
    process.stdout.write(`${name} (TypeScript ${version})\n`);
  },
};
