import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { definePanel } from "./panel.js";
import { fieldOf, stringField } from "./read-value.js";
import { firstLine, resultImages, resultText } from "./tool-result.js";

/** How Claude Code begins the result of a command that failed. */
const EXIT_CODE = /^(?:Error: )?Exit code (\d+)\n?/;

/** A picture that a command printed as an address. */
const PRINTED_IMAGE = /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/=\s]+)$/;

/** A shell command: highlighted, with what it printed in colour, errors apart, and its exit code. */
export const bashPanel = definePanel<ToolPart>({
  name: "bash",
  matches: (part) => part.type === "tool" && part.name === "Bash",
  frame: "panel",
  kind: () => "execute",
  summary: (part) => {
    const exitCode = EXIT_CODE.exec(resultText(part))?.[1];
    const isBackground = fieldOf(part.input, "run_in_background") === true;
    return {
      name: "Bash",
      target: firstLine(commandOf(part)),
      facts: isBackground && !part.task ? [{ text: "in the background" }] : [],
      ...(exitCode ? { failure: `exit ${exitCode}` } : {}),
    };
  },
  body: (part) => [
    { type: "code", code: commandOf(part), language: "bash" },
    ...outputSections(part),
    ...resultImages(part),
    ...(part.task?.summary ? [{ type: "prose", text: part.task.summary } as const] : []),
  ],
});

function commandOf({ input }: ToolPart): string {
  return stringField(input, "command") ?? (typeof input === "string" ? input : "");
}

function outputSections(part: ToolPart): Section[] {
  const structured = part.result?.structured;
  const stdout = stringField(structured, "stdout");
  const stderr = stringField(structured, "stderr")?.trim() ?? "";
  const note = stringField(structured, "returnCodeInterpretation") ?? "";
  const output = (stdout ?? resultText(part).replace(EXIT_CODE, "")).replace(/^\n+/, "");
  const image = PRINTED_IMAGE.exec(output.trim());
  if (image)
    return [{ type: "image", mediaType: image[1]!, data: image[2]!, alt: "image printed by the command" }];
  return [
    ...(output.trim() === "" ? [] : [{ type: "output", text: output } as const]),
    ...(stderr === "" ? [] : [{ type: "output", text: stderr, label: "stderr" } as const]),
    ...(note === "" ? [] : [{ type: "prose", text: note } as const]),
  ];
}
