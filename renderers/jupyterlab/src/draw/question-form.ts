import { showInvisible } from "../../../approval/invisible-characters.js";
import { arrayField, fieldOf, stringField } from "../../../panels/read-value.js";
import { element } from "./elements.js";

/** Claude's questions as a form. */
export interface QuestionForm {
  readonly elements: readonly HTMLElement[];
  /** Question → answer; undefined while one of them has none. */
  answers(): Readonly<Record<string, string>> | undefined;
}

let forms = 0;

/** @param input what AskUserQuestion was called with */
export function createQuestionForm(input: unknown): QuestionForm {
  const form = ++forms;
  const questions = (arrayField(input, "questions") ?? []).map((question, i) =>
    createQuestion(question, `cn-question-${form}-${i}`),
  );
  return {
    elements: questions.map(({ fieldset }) => fieldset),
    answers() {
      const entries = questions.map(({ text, answer }) => [text, answer()] as const);
      return entries.every(([, answer]) => answer !== "") ? Object.fromEntries(entries) : undefined;
    },
  };
}

interface Question {
  readonly text: string;
  readonly fieldset: HTMLElement;
  answer(): string;
}

function createQuestion(question: unknown, name: string): Question {
  const text = stringField(question, "question") ?? "";
  const type = fieldOf(question, "multiSelect") === true ? "checkbox" : "radio";
  const choices: { readonly label: string; readonly box: HTMLInputElement }[] = [];
  const rows = (arrayField(question, "options") ?? []).map((option) => {
    const label = stringField(option, "label") ?? "";
    const note = stringField(option, "description");
    const box = element("input", { attributes: { type, name } });
    choices.push({ label, box });
    return element("label", {}, [
      box,
      element("span", {}, [
        element("b", { text: showInvisible(label) }),
        ...(note ? [element("span", { class: "cn-soft", text: ` ${showInvisible(note)}` })] : []),
      ]),
    ]);
  });
  const other = element("input", {
    attributes: { type: "text", placeholder: "Something else", "aria-label": "Something else" },
  });
  // One answer: whoever writes their own takes back the choice, and the other way round.
  if (type === "radio") {
    other.addEventListener("input", () => {
      for (const { box } of choices) box.checked = false;
    });
    for (const { box } of choices) box.addEventListener("change", () => (other.value = ""));
  }
  const fieldset = element("fieldset", {}, [
    element("legend", { text: showInvisible(text) }),
    ...rows,
    other,
  ]);
  const answer = (): string =>
    [...choices.filter(({ box }) => box.checked).map(({ label }) => label), other.value.trim()]
      .filter((each) => each !== "")
      .join(", ");
  return { text, fieldset, answer };
}
