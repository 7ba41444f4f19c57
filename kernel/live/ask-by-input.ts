import { coveringUpdates, describeUpdates } from "../../renderers/approval/always-allow.js";
import { describeCall } from "../../renderers/approval/describe-call.js";
import { showInvisible, showOnOneLine } from "../../renderers/approval/invisible-characters.js";
import { arrayField, stringField } from "../../renderers/panels/read-value.js";
import type { PermissionResult } from "../../src/control/permissions.js";
import type { ToolRequest } from "./approvals.js";

/** Puts a question to the user, as `input()` does. */
export type Input = (prompt: string) => Promise<string>;

/** How often a question is put again when the answer is none, before it is denied. */
const MAX_TRIES = 3;

/** Longest input of a tool that is shown in a question, in characters; a command is always shown whole. */
const MAX_INPUT_CHARS = 4_000;

/** Asks in a front end without our extension: a line of text, y, n or a. Questions are put one after the other. */
export async function askByInput(request: ToolRequest, input: Input): Promise<PermissionResult> {
  if (request.tool === "AskUserQuestion") return answerQuestions(request, input);
  const always = coveringUpdates(request.tool, request.input, request.context.suggestions);
  const prompt = describeRequest(request, always && describeUpdates(always));
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const answer = (await input(prompt)).trim();
    const [, letter = "", reason = ""] = /^([yna])(?:es|o|lways)?(?:[\s,:]+([\s\S]*))?$/i.exec(answer) ?? [];
    if (letter.toLowerCase() === "y") return { behavior: "allow", updatedInput: request.input };
    if (letter.toLowerCase() === "a" && always)
      return { behavior: "allow", updatedInput: request.input, updatedPermissions: always };
    if (letter.toLowerCase() === "n") return denied(reason);
  }
  return denied("No answer of y, n or a came.");
}

function denied(reason: string): PermissionResult {
  return { behavior: "deny", message: `The user does not allow this. ${reason}`.trim() };
}

function describeRequest({ tool, input, context }: ToolRequest, always: string | undefined): string {
  const { command, code, more, paths, hosts, destroys, invisible, always: said } = describeCall(tool, input);
  const facts = [
    destroys.length > 0 ? `⚠ ${destroys.join(", ")}` : "",
    invisible.length > 0 ? `⚠ holds ${invisible.join(" and ")} characters, shown as ⟨U+…⟩` : "",
    ...said,
    ...((command ?? code) === undefined ? [] : more.map(showOnOneLine)),
    paths.length > 0 ? `paths it names: ${paths.map(showOnOneLine).join(" ")}` : "",
    hosts.length > 0 ? `hosts it names: ${hosts.map(showOnOneLine).join(" ")}` : "",
    context.blockedPath ? `outside of the allowed folders: ${showOnOneLine(context.blockedPath)}` : "",
  ].filter((fact) => fact !== "");
  const choices = ["y allow once", always ? `a always: ${showOnOneLine(always)}` : "", "n deny (n, and why)"];
  return [
    `Claude asks to use ${showOnOneLine(tool)}:`,
    // What runs is shown whole.
    showInvisible(command ?? code ?? cut(JSON.stringify(input, null, 1))),
    ...facts.map((fact) => `· ${fact}`),
    `${choices.filter((choice) => choice !== "").join(" · ")}: `,
  ].join("\n");
}

function cut(text: string): string {
  if (text.length <= MAX_INPUT_CHARS) return text;
  return `${text.slice(0, MAX_INPUT_CHARS)}\n… ${text.length - MAX_INPUT_CHARS} more characters are not shown here`;
}

async function answerQuestions({ input: asked }: ToolRequest, input: Input): Promise<PermissionResult> {
  const answers: Record<string, string> = {};
  for (const question of arrayField(asked, "questions") ?? []) {
    const text = stringField(question, "question") ?? "";
    const options = (arrayField(question, "options") ?? []).map(
      (option) => stringField(option, "label") ?? "",
    );
    const lines = options.map((label, i) => `${i + 1} ${showOnOneLine(label)}`);
    const prompt = [showInvisible(text), ...lines, "Number, or your own words: "].join("\n");
    const answer = (await input(prompt)).trim();
    if (answer === "") return denied("The question was not answered.");
    const chosen = answer.split(/[\s,]+/).map((number) => options[Number(number) - 1]);
    answers[text] = chosen.every((label) => label !== undefined) ? chosen.join(", ") : answer;
  }
  return { behavior: "allow", updatedInput: { ...asked, answers } };
}
