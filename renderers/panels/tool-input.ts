import type { Section } from "../sections/section.js";
import { fieldOf, stringField } from "./read-value.js";

/** What a tool works on: the first of these fields that its input has. */
const TARGETS = [
  "pattern",
  "query",
  "url",
  "file_path",
  "notebook_path",
  "path",
  "command",
  "skill",
  "subject",
  "title",
  "name",
  "description",
  "question",
  "prompt",
  "plan",
  "text",
  "bash_id",
  "task_id",
  "shell_id",
  "to",
  "reason",
] as const;

/** The field of the input that says what the tool works on; undefined when none does. */
export function targetField(input: unknown): string | undefined {
  return TARGETS.find((field) => stringField(input, field));
}

/** The input as JSON, unless the summary already says all of it. */
export function inputSections(input: unknown): Section[] {
  const field = targetField(input);
  const isShown =
    input === undefined ||
    (field !== undefined && Object.keys(input as object).length === 1 && isOneLine(fieldOf(input, field)));
  const isEmpty = typeof input === "object" && input !== null && Object.keys(input).length === 0;
  return isShown || isEmpty ? [] : [{ type: "json", value: input }];
}

function isOneLine(value: unknown): boolean {
  return typeof value === "string" && value.length < 60 && !value.includes("\n");
}
