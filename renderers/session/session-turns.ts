import type { Message } from "../../src/messages/types.js";
import { arrayField, fieldOf, stringField } from "../panels/read-value.js";
import type { Part } from "../response/parts.js";
import { createResponse } from "../response/response.js";
import { taggedText, withoutTagged } from "../text/without-tagged.js";

/** A prompt of the user and what came of it. */
export interface SessionTurn {
  /** Undefined for what came before the first prompt, or when none was recorded. */
  readonly prompt: string | undefined;
  readonly parts: readonly Part[];
}

/**
 * The turns of a conversation. What goes on over several turns (tasks in the background, Claude's list of tasks) is told where
 * it began.
 */
export function sessionTurns(messages: readonly Message[]): SessionTurn[] {
  const response = createResponse({ id: "session" });
  const starts: { prompt: string | undefined; from: number }[] = [{ prompt: undefined, from: 0 }];
  for (const message of messages) {
    const prompt = promptOf(message);
    if (prompt !== undefined) starts.push({ prompt, from: response.parts.length });
    response.apply(message);
  }
  response.end();
  const { parts } = response;
  return starts
    .map(({ prompt, from }, i) => ({ prompt, parts: parts.slice(from, starts[i + 1]?.from) }))
    .filter(({ prompt, parts: own }) => prompt !== undefined || own.length > 0);
}

/** What Claude Code adds to prompts for Claude, and what it prints for the user beside them. */
const ADDED = /<(system-reminder|local-command-(?:stdout|stderr|caveat)|ide_[a-z_]+)>/g;

/** A command of Claude Code: `<command-name>/compact</command-name> … <command-args>keep the plan</command-args>`. */
const COMMAND = "command-name";
const COMMAND_ARGUMENTS = "command-args";

/** What the user wrote, when a message holds that; undefined for results of tools and what the CLI wrote in the user's name. */
function promptOf(message: Message): string | undefined {
  if (message.type !== "user" || fieldOf(message, "parent_tool_use_id")) return undefined;
  const written = stringField(message, "content");
  const blocks = arrayField(message, "content") ?? [];
  if (blocks.some((block) => stringField(block, "type") === "tool_result")) return undefined;
  const pieces = written === undefined ? blocks.map(blockText) : [written];
  const text = withoutTagged(pieces.join("\n\n"), ADDED).trim();
  if (text === "" || /^\[Request interrupted by user/.test(text)) return undefined;
  const command = taggedText(text, COMMAND);
  return command === undefined
    ? text
    : [command, taggedText(text, COMMAND_ARGUMENTS)].filter(Boolean).join(" ");
}

function blockText(block: unknown): string {
  const type = stringField(block, "type");
  return type === "text" ? (stringField(block, "text") ?? "") : type === "image" ? "(image)" : "";
}
