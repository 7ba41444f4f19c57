import { ClaudeSDKError, type ClaudeSDKErrorOptions, hasCode } from "../errors.js";
import { describeSystemError } from "../system-error.js";

/** There is no conversation of this id in the folder. */
export class ConversationNotFoundError extends ClaudeSDKError {
  override readonly name = "ConversationNotFoundError";
  declare readonly code: "conversation_not_found";
  readonly sessionId: string;

  constructor(sessionId: string, message: string, options?: ClaudeSDKErrorOptions) {
    super("conversation_not_found", message, options);
    this.sessionId = sessionId;
  }

  static override isInstance(error: unknown): error is ConversationNotFoundError {
    return hasCode(error, "conversation_not_found");
  }
}

/** Another turn of the conversation runs, in this process or another. */
export class ConversationBusyError extends ClaudeSDKError {
  override readonly name = "ConversationBusyError";
  declare readonly code: "conversation_busy";
  readonly sessionId: string;

  constructor(sessionId: string, waitedMs: number) {
    super(
      "conversation_busy",
      `Another turn of the conversation ${sessionId} is running; it was still at it after ${waitedMs} ms.`,
      { hints: ["Try again later, wait longer with `lockWaitMs`, or go on in a copy: `manager.fork(id)`."] },
    );
    this.sessionId = sessionId;
  }

  static override isInstance(error: unknown): error is ConversationBusyError {
    return hasCode(error, "conversation_busy");
  }
}

/** The file of a conversation cannot be understood; it was set aside, or left where it is if a newer version wrote it. */
export class ConversationDamagedError extends ClaudeSDKError {
  override readonly name = "ConversationDamagedError";
  declare readonly code: "conversation_damaged";
  readonly sessionId: string;
  /** Where the file is now. */
  readonly path: string;

  constructor(sessionId: string, path: string, message: string, options?: ClaudeSDKErrorOptions) {
    super("conversation_damaged", message, options);
    this.sessionId = sessionId;
    this.path = path;
  }

  static override isInstance(error: unknown): error is ConversationDamagedError {
    return hasCode(error, "conversation_damaged");
  }
}

/** The file of a conversation cannot be written (no permission, a full disk); what it held before, it still holds. */
export class ConversationWriteError extends ClaudeSDKError {
  override readonly name = "ConversationWriteError";
  declare readonly code: "conversation_write_failed";
  readonly sessionId: string;
  readonly path: string;

  constructor(sessionId: string, path: string, cause: unknown) {
    const why = describeSystemError(cause);
    super("conversation_write_failed", `The conversation ${path} cannot be written: ${why}`, {
      cause,
      hints: ["Choose a folder that can be written to with `folder` or CLAUDE_NOTEBOOK_CONVERSATIONS."],
    });
    this.sessionId = sessionId;
    this.path = path;
  }

  static override isInstance(error: unknown): error is ConversationWriteError {
    return hasCode(error, "conversation_write_failed");
  }
}
