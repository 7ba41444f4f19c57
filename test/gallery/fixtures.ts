import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createResponse, type Part, partsToHtml } from "../../renderers/index.js";
import { parseMessage } from "../../src/messages/parse-message.js";
import type { Message } from "../../src/messages/types.js";

/** Streams of messages as the CLI writes them, one file for each kind of panel, and beside each the HTML it becomes. */
export const fixtureFolder = join(import.meta.dirname, "fixtures");

/** Names of all fixtures, in order. */
export function fixtureNames(): string[] {
  return readdirSync(fixtureFolder)
    .filter((file) => file.endsWith(".jsonl"))
    .map((file) => file.replace(/\.jsonl$/, ""))
    .sort();
}

/** The messages of a fixture. */
export function fixtureMessages(name: string): Message[] {
  const lines = readFileSync(join(fixtureFolder, `${name}.jsonl`), "utf8")
    .split("\n")
    .filter(Boolean);
  return lines.map((line) => parseMessage(JSON.parse(line) as { type: string }));
}

/** What a fixture becomes; the stream is left open, so that what is at work shows as such. */
export function fixtureParts(name: string): readonly Part[] {
  const response = createResponse({ id: name });
  for (const message of fixtureMessages(name)) response.apply(message);
  return response.parts;
}

/** The HTML of a fixture, a line for each part, without the style sheet. */
export function fixtureHtml(name: string): string {
  return `${partsToHtml(fixtureParts(name))}\n`;
}
