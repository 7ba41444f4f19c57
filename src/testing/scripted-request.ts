/** A request that the scripted API got. */
export interface ScriptedRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The JSON body; undefined when there was none. */
  readonly body: MessagesRequest | undefined;
}

/** What this code reads of a request to the Messages API. @see https://docs.anthropic.com/en/api/messages */
export interface MessagesRequest {
  readonly model?: string;
  readonly stream?: boolean;
  readonly system?: unknown;
  readonly tools?: readonly { readonly name?: string }[];
  readonly messages?: readonly { readonly role: string; readonly content: unknown }[];
  readonly [field: string]: unknown;
}

/** What the CLI adds to a prompt on its own. */
const REMINDER = /^\s*<system-reminder>[\s\S]*<\/system-reminder>\s*$/;

/** The first text that the user wrote in a conversation; "" when there is none. */
export function firstPrompt(request: MessagesRequest): string {
  const texts = (request.messages ?? [])
    .filter(({ role }) => role === "user")
    .flatMap(({ content }) => textsOf(content));
  return texts.find((text) => !REMINDER.test(text)) ?? "";
}

/** How many answers of the model the conversation already has. */
export function answersBefore(request: MessagesRequest): number {
  return (request.messages ?? []).filter(({ role }) => role === "assistant").length;
}

function textsOf(content: unknown): string[] {
  if (typeof content === "string") return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((block: { type?: unknown; text?: unknown }) =>
    block?.type === "text" && typeof block.text === "string" ? [block.text] : [],
  );
}
