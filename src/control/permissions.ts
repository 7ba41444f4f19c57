import { inspect } from "node:util";
import { z } from "zod";
import type { Fields, RequestHandler } from "./control-channel.js";

type PermissionDestination = "userSettings" | "projectSettings" | "localSettings" | "session" | "cliArg";

/** A change of the rules, as the CLI suggests it with a question ("always allow …") and takes it with the answer. */
export type PermissionUpdate =
  | {
      readonly type: "addRules" | "replaceRules" | "removeRules";
      readonly rules: readonly { readonly toolName: string; readonly ruleContent?: string | undefined }[];
      readonly behavior: "allow" | "deny" | "ask";
      readonly destination: PermissionDestination;
    }
  | { readonly type: "setMode"; readonly mode: string; readonly destination: PermissionDestination }
  | {
      readonly type: "addDirectories" | "removeDirectories";
      readonly directories: readonly string[];
      readonly destination: PermissionDestination;
    };

/** Whether a tool may run. */
export type PermissionResult =
  | {
      readonly behavior: "allow";
      /** What runs in place of the input. */
      readonly updatedInput?: Readonly<Record<string, unknown>> | undefined;
      /** Rules to change, e.g. some of the `suggestions`. */
      readonly updatedPermissions?: readonly PermissionUpdate[] | undefined;
    }
  | {
      readonly behavior: "deny";
      /** Claude is told this. */
      readonly message: string;
      /** Also interrupts the turn. */
      readonly interrupt?: boolean | undefined;
    };

/** What is known of a tool call beside its name and input. */
export interface PermissionContext {
  /** Fires when the question is withdrawn: the turn was interrupted, or the process ended. */
  readonly signal: AbortSignal;
  /** The call's id, that of the `tool_use` block. */
  readonly toolUseID: string;
  readonly requestId: string;
  readonly suggestions: readonly PermissionUpdate[];
  /** The path outside of the allowed folders that made the CLI ask. */
  readonly blockedPath?: string | undefined;
  readonly decisionReason?: string | undefined;
  /** The question as a sentence, and the tool's name for people. */
  readonly title?: string | undefined;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  /** The subagent that calls the tool. */
  readonly agentID?: string | undefined;
}

/**
 * Decides about a tool call that no rule allows or denies. A callback that throws denies; Claude is told the error's message.
 */
export type CanUseTool = (
  toolName: string,
  input: Readonly<Record<string, unknown>>,
  context: PermissionContext,
) => Promise<PermissionResult> | PermissionResult;

/** @internal The `canUseTool` of `permissionPrompts: "none"`. */
export const denyEveryPrompt: CanUseTool = (name) => ({
  behavior: "deny",
  message: `No rule allows this use of ${name}, and nobody can be asked in this session. Go on without it.`,
});

/** @internal The `canUseTool` of the permission mode `acceptAll`. */
export const allowEveryTool: CanUseTool = (toolName) =>
  toolName === "AskUserQuestion"
    ? { behavior: "deny", message: "Nobody is there to answer. Decide yourself, and say what you assumed." }
    : { behavior: "allow" };

const permissionResult = z.discriminatedUnion("behavior", [
  z.looseObject({
    behavior: z.literal("allow"),
    updatedInput: z.record(z.string(), z.unknown()).optional(),
    updatedPermissions: z.array(z.looseObject({ type: z.string() })).optional(),
  }),
  z.looseObject({ behavior: z.literal("deny"), message: z.string(), interrupt: z.boolean().optional() }),
]);

/** Answers `can_use_tool`. */
export function createPermissionHandler(canUseTool: CanUseTool): RequestHandler {
  return async (request, { requestId, signal }) => {
    const input = (request.input ?? {}) as Fields;
    const context = { signal, requestId, ...contextOf(request) };
    const result = await decide(() => canUseTool(String(request.tool_name), input, context));
    const checked = permissionResult.safeParse(result);
    if (!checked.success) {
      const message = `canUseTool returned ${inspect(result)}, not { behavior: "allow" } or { behavior: "deny", message }.`;
      return { behavior: "deny", message };
    }
    return result.behavior === "allow"
      ? { ...result, updatedInput: result.updatedInput ?? input }
      : { ...result };
  };
}

async function decide(ask: () => ReturnType<CanUseTool>): Promise<PermissionResult> {
  try {
    return await ask();
  } catch (error) {
    return { behavior: "deny", message: `canUseTool failed: ${say(error)}` };
  }
}

function contextOf(request: Fields): Omit<PermissionContext, "signal" | "requestId"> {
  const text = (name: string): string | undefined =>
    typeof request[name] === "string" ? request[name] : undefined;
  return {
    toolUseID: text("tool_use_id") ?? "",
    suggestions: (request.permission_suggestions ?? []) as readonly PermissionUpdate[],
    blockedPath: text("blocked_path"),
    decisionReason: text("decision_reason"),
    title: text("title"),
    displayName: text("display_name"),
    description: text("description"),
    agentID: text("agent_id"),
  };
}

function say(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
