import { ClaudeSDKError, type ClaudeSDKErrorOptions, hasCode } from "../../errors.js";

/** Why a tool could not be defined or run. */
export type ToolFailure =
  | "aborted"
  | "bad_definition"
  | "bad_document"
  | "changed_proposal"
  | "denied"
  | "disabled"
  | "duplicate"
  | "failed"
  | "invalid_input"
  | "invalid_output"
  | "timeout"
  | "unknown_proposal"
  | "unknown_tool"
  | "unreadable";

/** A tool of a registry cannot be had, may not run, or did not do what it should. */
export class ToolError extends ClaudeSDKError {
  override readonly name = "ToolError";
  declare readonly code: "tool_failed";
  readonly reason: ToolFailure;
  /** The tool's name. */
  readonly tool: string;

  constructor(reason: ToolFailure, tool: string, message: string, options?: ClaudeSDKErrorOptions) {
    super("tool_failed", message, options);
    this.reason = reason;
    this.tool = tool;
  }

  static override isInstance(error: unknown): error is ToolError {
    return hasCode(error, "tool_failed");
  }
}
