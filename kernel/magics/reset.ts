import type { Magic } from "./magic.js";

/** Forgets everything that cells have declared. */
export const resetMagic: Magic = {
  name: "reset",
  usage: "%reset",
  summary: "Forget all variables, types and imports of the notebook",
  async runLine({ runtime: { scope, compiler } }) {
    for (const name of Object.keys(scope)) delete scope[name];
    await compiler.reset();
  },
};
