import type { ToolPart } from "../response/parts.js";
import type { ChecklistItem, Section } from "../sections/section.js";
import { definePanel } from "./panel.js";
import { arrayField, fieldOf, stringField } from "./read-value.js";
import { firstLine, resultSections, resultText } from "./tool-result.js";

/** Claude's questions, each with its options and what was answered. */
export const askPanel = definePanel<ToolPart>({
  name: "ask",
  matches: (part) => part.type === "tool" && part.name === "AskUserQuestion" && questionsOf(part).length > 0,
  frame: "panel",
  kind: () => "ask",
  summary: (part) => {
    const questions = questionsOf(part);
    const headers = questions.map((question) => stringField(question, "header")).filter(Boolean);
    const first = stringField(questions[0], "question") ?? "";
    return {
      name: "Question",
      target: firstLine(questions.length === 1 ? first : headers.join(", ")),
      isProse: true,
    };
  },
  body: (part): readonly Section[] => {
    const answers = fieldOf(part.result?.structured, "answers");
    const sections = questionsOf(part).map((question) => questionSection(question, answers));
    const isTold = answers !== undefined || !part.result;
    return [...sections, ...(isTold || resultText(part) === "" ? [] : resultSections(part))];
  },
  isOpen: () => true,
});

function questionsOf({ input }: ToolPart): readonly unknown[] {
  return arrayField(input, "questions") ?? [];
}

function questionSection(question: unknown, answers: unknown): Section {
  const text = stringField(question, "question") ?? "";
  const answer = stringField(answers, text);
  const options = (arrayField(question, "options") ?? []).map((option): ChecklistItem => {
    const label = stringField(option, "label") ?? (typeof option === "string" ? option : "");
    const isChosen = answer !== undefined && isAmong(label, answer);
    return { text: label, note: stringField(option, "description"), state: isChosen ? "chosen" : "open" };
  });
  const isOther = answer !== undefined && !options.some(({ state }) => state === "chosen");
  const other: ChecklistItem[] = isOther ? [{ text: answer, state: "chosen", note: "own words" }] : [];
  return { type: "checklist", label: text, items: [...options, ...other] };
}

/** Several answers to one question come as one text, separated by commas. */
function isAmong(label: string, answer: string): boolean {
  return answer === label || answer.split(/,\s*/).includes(label);
}
