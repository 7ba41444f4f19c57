import type { Fields, RequestHandler } from "./control-channel.js";

/** A dialogue that the CLI would show in a terminal. */
export interface UserDialogRequest {
  /** One of the option `supportedDialogKinds`. */
  readonly dialogKind: string;
  /** What the dialogue is about; its form depends on the kind. */
  readonly payload: Fields;
  readonly toolUseID?: string | undefined;
}

/** What became of a dialogue. */
export type UserDialogResult =
  | { readonly behavior: "completed"; readonly result: unknown }
  | { readonly behavior: "cancelled" };

/** Shows dialogues of the kinds in `supportedDialogKinds`; one that throws cancels. */
export type OnUserDialog = (
  request: UserDialogRequest,
  context: { readonly signal: AbortSignal; readonly requestId: string },
) => Promise<UserDialogResult> | UserDialogResult;

/** Answers `request_user_dialog`. */
export function createUserDialogHandler(onUserDialog: OnUserDialog): RequestHandler {
  return async (request, incoming) => {
    const given: UserDialogRequest = {
      dialogKind: String(request.dialog_kind),
      payload: (request.payload ?? {}) as Fields,
      toolUseID: request.tool_use_id as string | undefined,
    };
    try {
      return { ...(await onUserDialog(given, incoming)) };
    } catch {
      return { behavior: "cancelled" };
    }
  };
}
