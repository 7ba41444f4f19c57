import type { PermissionAnswer, PermissionQuestion } from "../../../src/socket-client/socket-options.js";
import { partsToHtml } from "../../bundle/parts-to-html.js";
import { arrayField, fieldOf, stringField } from "../../panels/read-value.js";

/** Shows a question about a tool call, and waits for the answer. */
export function askOnPage(place: HTMLElement, question: PermissionQuestion): Promise<PermissionAnswer> {
  const box = document.createElement("div");
  box.className = "question";
  box.setAttribute("role", "group");
  const title = document.createElement("p");
  title.textContent = question.title ?? `Claude wants to use ${question.tool_name}.`;
  box.append(title);
  if (question.blocked_path) box.append(paragraph(`It would touch ${question.blocked_path}`));

  return new Promise((resolve) => {
    const answer = (given: PermissionAnswer): void => {
      box.remove();
      resolve(given);
    };
    question.signal.addEventListener("abort", () =>
      answer({ behavior: "deny", message: "The question was withdrawn." }),
    );
    const isAsking = question.tool_name === "AskUserQuestion";
    box.append(isAsking ? choices(question, answer) : approval(question, answer));
    place.append(box);
    box.querySelector<HTMLElement>("button,input")?.focus();
  });
}

type Answer = (given: PermissionAnswer) => void;

/** The call as its panel shows it, and three buttons. */
function approval(question: PermissionQuestion, answer: Answer): DocumentFragment {
  const all = document.createDocumentFragment();
  const call = document.createElement("div");
  call.className = "cn";
  const { tool_name: name, input, request_id: id } = question;
  call.innerHTML = partsToHtml([{ type: "tool", id, state: "running", name, input, children: [] }]);
  const bar = document.createElement("div");
  bar.className = "answers";
  bar.append(button("Deny", "deny", () => answer({ behavior: "deny" })));
  if (question.can_remember) {
    const remember = (): void => answer({ behavior: "allow", remember: true });
    bar.append(button("Allow until the answer is done", "remember", remember));
  }
  bar.append(button("Allow", "allow", () => answer({ behavior: "allow" })));
  all.append(call, bar);
  return all;
}

/** Claude's own questions, each with its options. */
function choices(question: PermissionQuestion, answer: Answer): HTMLFormElement {
  const form = document.createElement("form");
  const asked = (arrayField(question.input, "questions") ?? []).map((each, i) => {
    const text = stringField(each, "question") ?? "";
    const isMany = fieldOf(each, "multiSelect") === true;
    const group = document.createElement("fieldset");
    group.append(paragraph(text));
    for (const option of arrayField(each, "options") ?? []) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = isMany ? "checkbox" : "radio";
      input.name = `question-${i}`;
      input.value = stringField(option, "label") ?? "";
      label.append(input, input.value, ` ${stringField(option, "description") ?? ""}`);
      group.append(label);
    }
    form.append(group);
    return { text, name: `question-${i}` };
  });
  const bar = document.createElement("div");
  bar.className = "answers";
  const send = button("Answer", "allow", () => {});
  send.type = "submit";
  bar.append(
    button("Skip", "deny", () => answer({ behavior: "deny" })),
    send,
  );
  form.append(bar);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const answers = asked.map(({ text, name }) => [text, given.getAll(name).join(", ")] as const);
    answer({ behavior: "allow", answers: Object.fromEntries(answers) });
  });
  return form;
}

function button(text: string, className: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  made.addEventListener("click", onClick);
  return made;
}

function paragraph(text: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}
