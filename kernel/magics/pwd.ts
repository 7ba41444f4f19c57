import type { Magic } from "./magic.js";

/** The working folder as a value. */
export const pwdMagic: Magic = {
  name: "pwd",
  usage: "%pwd",
  summary: "The working folder",
  runLine: () => process.cwd(),
};
