import type { Magic } from "./magic.js";
import { runCommand } from "./run-command.js";

/** Commands of npm that change what can be imported. */
const CHANGES_PACKAGES = /^(?:i|in|install|add|ci|un|uninstall|remove|rm|up|update|upgrade|link|dedupe)\b/;

/** Runs npm; the next cell finds what it installed. */
export const npmMagic: Magic = {
  name: "npm",
  usage: "%npm install PACKAGE…",
  summary: "Run npm; the next cell finds what it installed",
  async runLine({ args, cell, runtime }) {
    await runCommand(`npm ${args}`, cell);
    if (CHANGES_PACKAGES.test(args)) await runtime.compiler.refresh();
  },
};
