import type { RequestHandler } from "./control-channel.js";
import { createElicitationHandler } from "./elicitation.js";
import { createHookHandler } from "./hooks.js";
import { createPermissionHandler } from "./permissions.js";
import type { SessionCallbacks } from "./session-callbacks.js";
import { createUserDialogHandler } from "./user-dialog.js";

/** What answers the CLI, by the `subtype` of its request. */
export type RequestHandlers = Readonly<Record<string, RequestHandler | undefined>>;

/** One row for each kind of request. @param answerMcp answers those to servers of this process. */
export function requestHandlers(callbacks: SessionCallbacks, answerMcp: RequestHandler): RequestHandlers {
  const { canUseTool, hooks, onElicitation, onUserDialog } = callbacks;
  return {
    can_use_tool: canUseTool && createPermissionHandler(canUseTool),
    hook_callback: hooks && createHookHandler(hooks),
    elicitation: onElicitation && createElicitationHandler(onElicitation),
    request_user_dialog: onUserDialog && createUserDialogHandler(onUserDialog),
    mcp_message: answerMcp,
  };
}
