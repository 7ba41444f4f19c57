import { InvalidOptionsError } from "./errors.js";
import type { ClaudeOptions } from "./options/types.js";
import { contentOf, isPromptStream, type Prompt, type PromptItem } from "./prompt.js";

/**
 * Reads a prompt as `inputFormat` says: "json" is one user message in JSON, "stream-json" one in each line.
 *
 * @throws InvalidOptionsError for a prompt that is not of that form, or says nothing.
 */
export function readPrompt(prompt: Prompt, format: ClaudeOptions["inputFormat"] = "text"): Prompt {
  if (isPromptStream(prompt)) return prompt;
  if (format === "text" || typeof prompt !== "string") {
    contentOf(prompt);
    return prompt;
  }
  const texts = format === "json" ? [prompt] : prompt.split("\n").filter((line) => line.trim() !== "");
  if (texts.length === 0) throw new InvalidOptionsError("prompt", prompt, "The prompt is empty.");
  const items = texts.map((text, i) => parseItem(text, i, prompt));
  return streamOf(items);
}

function parseItem(text: string, index: number, prompt: string): PromptItem {
  let item: PromptItem;
  try {
    item = JSON.parse(text) as PromptItem;
  } catch (cause) {
    const message = `Line ${index + 1} of the prompt is not JSON, as \`inputFormat\` says: ${text.slice(0, 80)}`;
    throw new InvalidOptionsError("prompt", prompt, message, { cause });
  }
  contentOf(item);
  return item;
}

async function* streamOf(items: readonly PromptItem[]): AsyncGenerator<PromptItem> {
  yield* items;
}
