import { randomUUID } from "node:crypto";
import type { CanUseTool, PermissionResult, PermissionUpdate } from "../control/permissions.js";
import { onAbort } from "../process/on-abort.js";
import type { ClientMessage, PermissionRequestData, ServerMessage } from "./protocol.js";
import type { ServerContext } from "./server-context.js";
import { ServerError } from "./server-error.js";

/** The questions about tools that a client has not answered yet. */
export interface PermissionDesk {
  /** Asks the client, for the query of this id. */
  askFor(queryId: string): CanUseTool;
  /** @throws ServerError `unknown_request` for a question that there is not, or no longer. */
  answer(message: ClientMessage<"permission_response">): void;
  /** Denies whatever is still open. */
  close(): void;
}

interface Question {
  readonly toolName: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly rules: readonly PermissionUpdate[];
  settle(result: PermissionResult): void;
}

export function createPermissionDesk(
  emit: (message: ServerMessage) => void,
  { limits, options, rules }: ServerContext,
): PermissionDesk {
  const open = new Map<string, Question>();

  const refuse = (toolName: string): string | undefined => {
    if (toolName === "ExitPlanMode" && options.permissionMode === "plan")
      return "This server only lets you plan.";
    const exists = toolName === "ExitPlanMode" || rules.tools.includes(toolName);
    return exists ? undefined : `The tool ${toolName} is not one of this server's.`;
  };

  return {
    askFor: (queryId) => (toolName, input, context) => {
      const refusal = refuse(toolName);
      if (refusal !== undefined) return { behavior: "deny", message: refusal };
      const request_id = randomUUID();
      const remembered = rememberable(context.suggestions, toolName);
      const data: PermissionRequestData = {
        request_id,
        tool_name: toolName,
        input,
        title: context.title,
        description: context.description,
        blocked_path: context.blockedPath,
        can_remember: remembered.length > 0,
      };
      return new Promise((resolve) => {
        const settle = (result: PermissionResult): void => {
          open.delete(request_id);
          clearTimeout(timer);
          ignore();
          resolve(result);
        };
        const withdraw = (message: string): void => {
          if (open.has(request_id)) emit({ type: "permission_cancelled", id: queryId, data: { request_id } });
          settle({ behavior: "deny", message });
        };
        const timer = setTimeout(() => withdraw("Nobody answered in time."), limits.answerMs);
        let ignore = (): void => {};
        open.set(request_id, { toolName, input, rules: remembered, settle });
        emit({ type: "permission_request", id: queryId, data });
        ignore = onAbort(context.signal, () => withdraw("The question was withdrawn."));
      });
    },
    answer({ request_id, behavior, message, interrupt, remember, answers }) {
      const question = open.get(request_id);
      if (!question) {
        throw new ServerError("unknown_request", `No question ${JSON.stringify(request_id)} is open.`);
      }
      if (answers && question.toolName !== "AskUserQuestion") {
        throw new ServerError("bad_message", "Only the questions of AskUserQuestion have `answers`.");
      }
      if (behavior === "deny") {
        const said = message ?? "The user does not want this.";
        question.settle({ behavior, message: said, ...(interrupt && { interrupt }) });
        return;
      }
      question.settle({
        behavior,
        // What runs is what was shown: a client approves a call, it does not make one.
        ...(answers && { updatedInput: { ...question.input, answers } }),
        ...(remember && question.rules.length > 0 && { updatedPermissions: question.rules }),
      });
    },
    close() {
      for (const question of [...open.values()]) {
        question.settle({ behavior: "deny", message: "The client is gone." });
      }
    },
  };
}

/**
 * Of the rules that the CLI suggests, those that approve more calls of this tool for this session: never a change of the
 * mode, another folder, or a line in somebody's settings.
 */
function rememberable(
  suggestions: readonly PermissionUpdate[],
  toolName: string,
): readonly PermissionUpdate[] {
  return suggestions.flatMap((update) => {
    if (update.type !== "addRules" || update.behavior !== "allow") return [];
    const rules = update.rules.filter((rule) => rule.toolName === toolName);
    return rules.length > 0 ? [{ ...update, rules, destination: "session" as const }] : [];
  });
}
