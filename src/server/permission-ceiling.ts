import { isModeWithin } from "../options/permission-order.js";
import type { PermissionMode } from "../options/types.js";
import { ServerError } from "./server-error.js";

/** The mode of a query. @throws ServerError `option_refused` for one that allows more than the server does. */
export function modeUnder(ceiling: PermissionMode, asked: string | undefined): PermissionMode {
  if (asked === undefined) return ceiling;
  if (isModeWithin(ceiling, asked)) return asked;
  const message = `The option \`permissionMode\` cannot be ${JSON.stringify(asked)}: this server allows at most \`${ceiling}\`.`;
  throw new ServerError("option_refused", message, { facts: { option: "permissionMode" } });
}
