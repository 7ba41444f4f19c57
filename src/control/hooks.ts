import type { Fields, RequestHandler } from "./control-channel.js";
import type { HookCallback, HookEvent, HookInput, HookMatcher, HookOutput, Hooks } from "./hook-types.js";

/** The hooks as `initialize` announces them: each callback by an id, the same for the same hooks. */
export function describeHooks(hooks: Hooks): Fields {
  const described: Record<string, Fields[]> = {};
  for (const { event, matcher, ids } of rows(hooks)) {
    described[event] ??= [];
    const { matcher: pattern, timeout } = matcher;
    described[event].push({
      ...(pattern !== undefined && { matcher: pattern }),
      hookCallbackIds: ids,
      ...(timeout !== undefined && { timeout }),
    });
  }
  return described;
}

/** Answers `hook_callback`. */
export function createHookHandler(hooks: Hooks): RequestHandler {
  const callbacks = new Map<string, HookCallback>();
  for (const { matcher, ids } of rows(hooks)) {
    ids.forEach((id, i) => {
      callbacks.set(id, matcher.hooks[i]! as HookCallback);
    });
  }
  return async (request, { signal }) => {
    const callback = callbacks.get(String(request.callback_id));
    if (!callback) throw new Error(`There is no hook ${String(request.callback_id)}.`);
    const input = request.input as HookInput;
    const toolUseId = typeof request.tool_use_id === "string" ? request.tool_use_id : undefined;
    try {
      return { ...(await callback(input, toolUseId, { signal })) };
    } catch (error) {
      return failedHook(input.hook_event_name, error);
    }
  };
}

const guards: readonly HookEvent[] = ["PreToolUse", "PermissionRequest"];

function failedHook(event: HookEvent, error: unknown): Fields {
  const reason = `A ${event} hook failed: ${error instanceof Error ? error.message : String(error)}`;
  if (!guards.includes(event)) throw new Error(reason, { cause: error });
  const output: HookOutput = { decision: "block", reason };
  return { ...output };
}

function rows(hooks: Hooks): { event: HookEvent; matcher: HookMatcher; ids: string[] }[] {
  let count = 0;
  return (Object.keys(hooks) as HookEvent[]).flatMap((event) =>
    ((hooks[event] ?? []) as readonly HookMatcher[]).map((matcher) => ({
      event,
      matcher,
      ids: matcher.hooks.map(() => `hook_${count++}`),
    })),
  );
}
