import type { PermissionMode } from "../options/types.js";
import { ServerError } from "./server-error.js";

/** What a client may choose under each mode of the server: the mode itself, and modes that let strictly less happen. */
const allowedUnder: Readonly<Record<PermissionMode, readonly string[]>> = {
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

/** The mode of a query. @throws ServerError `option_refused` for one that allows more than the server does. */
export function modeUnder(ceiling: PermissionMode, asked: string | undefined): PermissionMode {
  if (asked === undefined) return ceiling;
  if (allowedUnder[ceiling].includes(asked)) return asked as PermissionMode;
  const message = `The option \`permissionMode\` cannot be ${JSON.stringify(asked)}: this server allows at most \`${ceiling}\`.`;
  throw new ServerError("option_refused", message, { facts: { option: "permissionMode" } });
}
