import type { Fields, RequestHandler } from "./control-channel.js";

/** A question of an MCP server to the user. */
export interface ElicitationRequest {
  readonly serverName: string;
  readonly message: string;
  /** "form" asks for values of `requestedSchema`, "url" for a visit of `url`. */
  readonly mode?: "form" | "url" | undefined;
  readonly url?: string | undefined;
  readonly elicitationId?: string | undefined;
  /** A JSON Schema. */
  readonly requestedSchema?: Fields | undefined;
}

/** What is answered to a question of an MCP server. */
export interface ElicitationResult {
  readonly action: "accept" | "decline" | "cancel";
  /** With "accept": the values. */
  readonly content?: Fields | undefined;
}

/** Answers questions of MCP servers. Without it, and when it throws, they are declined. */
export type OnElicitation = (
  request: ElicitationRequest,
  context: { readonly signal: AbortSignal; readonly requestId: string },
) => Promise<ElicitationResult> | ElicitationResult;

/** Answers `elicitation`. */
export function createElicitationHandler(onElicitation: OnElicitation): RequestHandler {
  return async (request, incoming) => {
    const given = {
      serverName: String(request.mcp_server_name),
      message: String(request.message),
      mode: request.mode as ElicitationRequest["mode"],
      url: request.url as string | undefined,
      elicitationId: request.elicitation_id as string | undefined,
      requestedSchema: request.requested_schema as Fields | undefined,
    };
    try {
      return { ...(await onElicitation(given, incoming)) };
    } catch {
      return { action: "decline" };
    }
  };
}
