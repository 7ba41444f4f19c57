import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { definePanel, type Fact } from "./panel.js";
import { fieldOf, numberField, stringField } from "./read-value.js";
import { resultSections, resultText } from "./tool-result.js";

/** Tools that look at or stop what runs in the background, and what they do. */
const TOOLS: Readonly<Record<string, string>> = {
  BashOutput: "Output of",
  TaskOutput: "Output of",
  AgentOutputTool: "Output of",
  KillShell: "Stop",
  KillBash: "Stop",
  TaskStop: "Stop",
};

/** Fields of the input that name the task. */
const IDS = ["task_id", "bash_id", "shell_id", "agentId"] as const;

/** Work in the background: what it printed so far and how it stands, or that it was stopped. */
export const shellPanel = definePanel<ToolPart>({
  name: "shell",
  matches: (part) => part.type === "tool" && Object.hasOwn(TOOLS, part.name),
  frame: "panel",
  kind: () => "execute",
  summary: (part) => {
    const id = IDS.map((field) => stringField(part.input, field)).find((value) => value !== undefined);
    return { name: TOOLS[part.name]!, target: id ?? "", facts: statusFacts(part) };
  },
  body: (part): readonly Section[] => {
    if (!part.result || part.result.isError) return resultSections(part);
    const { structured } = part.result;
    const task = fieldOf(structured, "task") ?? structured;
    const output = tagged(part, "output") ?? tagged(part, "stdout") ?? stringField(task, "output");
    const stdout = output ?? stringField(structured, "stdout");
    const stderr = tagged(part, "stderr") ?? stringField(structured, "stderr") ?? "";
    if (stdout === undefined && stderr === "") return messageSections(part);
    return [
      ...(stdout?.trim() ? [{ type: "output", text: stdout.replace(/^\n+/, "") } as const] : []),
      ...(stderr.trim() ? [{ type: "output", text: stderr.trim(), label: "stderr" } as const] : []),
    ];
  },
});

/** What a result without output says; that a task was stopped stands in the summary. */
function messageSections(part: ToolPart): Section[] {
  const message = stringField(part.result?.structured, "message");
  const command = stringField(part.result?.structured, "command");
  if (command) return [{ type: "code", code: command, language: "bash" }];
  return message ? [{ type: "prose", text: message }] : resultSections(part);
}

function statusFacts(part: ToolPart): Fact[] {
  const task = fieldOf(part.result?.structured, "task") ?? part.result?.structured;
  const status = tagged(part, "status") ?? stringField(task, "status");
  const code = tagged(part, "exit_code") ?? numberField(task, "exitCode");
  const isBad = code !== undefined && String(code) !== "0";
  return [
    ...(status ? [{ text: status.replaceAll("_", " ") }] : []),
    ...(isBad ? [{ text: `exit ${code}`, tone: "bad" as const }] : []),
  ];
}

/** `<status>completed</status>` in what Claude saw; a field for each. */
function tagged(part: ToolPart, tag: string): string | undefined {
  const text = resultText(part);
  const from = text.indexOf(`<${tag}>`);
  const to = text.lastIndexOf(`</${tag}>`);
  return from === -1 || to < from ? undefined : text.slice(from + tag.length + 2, to);
}
