import type { TranscriptEntry } from "./read-transcript.js";

/** What the CLI writes in a user's name: its own reminders, the output of commands. */
const NOT_THE_USERS =
  /^\s*<(system-reminder|local-command|command-name|command-message|bash-(input|stdout|stderr)|ide_)/;

/** The text of a prompt or an answer; "" for what has none (results of tools, thinking). */
export function entryText(entry: TranscriptEntry): string {
  const content = (entry.message as { content?: unknown } | undefined)?.content;
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((block: { type?: unknown; text?: unknown }) =>
      block?.type === "text" && typeof block.text === "string" ? block.text : "",
    )
    .filter((text) => text !== "")
    .join("\n");
}

/** What the user wrote, or undefined for an entry that is no prompt of the user. */
export function promptText(entry: TranscriptEntry): string | undefined {
  if (entry.type !== "user" || entry.isMeta || entry.isSidechain) return undefined;
  const text = entryText(entry).trim();
  return text === "" || NOT_THE_USERS.test(text) ? undefined : text;
}
