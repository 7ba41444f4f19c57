import type { PermissionMode } from "./types.js";

/** Under each mode: the mode itself, and modes that let strictly less happen. */
const modesUnder: Readonly<Record<PermissionMode, readonly string[]>> = {
  plan: ["plan"],
  dontAsk: ["dontAsk"],
  ask: ["default", "ask", "plan", "dontAsk"],
  default: ["default", "ask", "plan", "dontAsk"],
  acceptEdits: ["acceptEdits", "default", "ask", "plan", "dontAsk"],
  auto: ["auto", "default", "ask", "plan", "dontAsk"],
  acceptAll: ["acceptAll", "acceptEdits", "auto", "default", "ask", "plan", "dontAsk"],
  bypassPermissions: [
    "bypassPermissions",
    "acceptAll",
    "acceptEdits",
    "auto",
    "default",
    "ask",
    "plan",
    "dontAsk",
  ],
};

/** Whether a permission mode lets nothing happen that another one would not. */
export function isModeWithin(ceiling: PermissionMode, mode: string): mode is PermissionMode {
  return modesUnder[ceiling].includes(mode);
}
