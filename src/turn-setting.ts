import type { RawMessage } from "./messages/parse-message.js";
import { contentOf, type PromptItem } from "./prompt.js";
import type { NextTurn } from "./recording/session-turns.js";
import type { TurnEvent, TurnLine } from "./turn.js";

/** What a host that keeps a conversation of its own says of a turn, beside its prompt and options. */
export interface TurnSetting {
  /** Where the turn stands, for the name of its recording; in place of where its session says. */
  readonly place: NextTurn;
  /** Names what the conversation asked before; a recording keeps it. */
  readonly after: string | undefined;
  /** Sent with the prompt. */
  readonly context?: PromptContext | undefined;
}

/** Text that a host sends with a prompt of its user. */
export interface PromptContext {
  /** Part of the recording's name. The text is not: it may be another in each run, and the turn still be the same. */
  readonly kind: string;
  readonly text: string;
}

/** The subtype of the line with which such a turn begins, live and in its recording. */
export const TURN_SETTING = "turn_setting";

/** The prompt with its context, which is a block of its own. */
export function withContext(item: PromptItem, context: PromptContext | undefined): PromptItem {
  if (!context?.text) return item;
  const content = contentOf(item);
  const blocks = typeof content === "string" ? [{ type: "text" as const, text: content }] : content;
  const all = [...blocks, { type: "text" as const, text: context.text }];
  return isMessage(item) ? { ...item, message: { ...item.message, content: all } } : all;
}

/** Begins a live turn with the line that tells its setting. */
export async function* withSetting(
  setting: TurnSetting,
  events: AsyncIterable<TurnEvent>,
): AsyncGenerator<TurnEvent, void> {
  const { after, context } = setting;
  if (!context?.text && after === undefined) return yield* events;
  const raw: RawMessage = {
    type: "system",
    subtype: TURN_SETTING,
    ...(context?.text && { context: context.text }),
    ...(after !== undefined && { after }),
  };
  yield { type: "line", raw, atMs: 0 } satisfies TurnLine;
  yield* events;
}

function isMessage(item: PromptItem): item is Extract<PromptItem, { readonly message: unknown }> {
  return typeof item === "object" && "message" in item;
}
