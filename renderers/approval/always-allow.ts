import type { PermissionUpdate } from "../../src/control/permissions.js";
import { stringField } from "../panels/read-value.js";
import { SHELL_TOOLS } from "./describe-call.js";

/** What joins or nests commands: with any of it, a rule for one command does not cover the whole. */
const COMPOUND = /[;&|\n\r`<>(){}]|\$[({]/;

/** Modes that a question may be answered with; the ones that ask nothing any more are never offered. */
const OFFERED_MODES: readonly string[] = ["acceptEdits"];

/** Tools that the mode `acceptEdits` is about. */
const EDIT_TOOLS: readonly string[] = ["Edit", "MultiEdit", "Write", "NotebookEdit", "ExitPlanMode"];

type RuleUpdate = Extract<PermissionUpdate, { readonly rules: unknown }>;
type Rule = RuleUpdate["rules"][number];

/**
 * The CLI's suggestions for "always allow", verbatim, when they are about the whole of this call; undefined when one of them
 * is about something else, or together they leave a part of the call open: then it can only be allowed once.
 */
export function coveringUpdates(
  tool: string,
  input: unknown,
  suggestions: readonly PermissionUpdate[],
): readonly PermissionUpdate[] | undefined {
  const isAbout = suggestions.every((update) => isAboutCall(update, tool, input));
  const covers = suggestions.some(({ type }) => type !== "addDirectories");
  return isAbout && covers ? suggestions : undefined;
}

function isAboutCall(update: PermissionUpdate, tool: string, input: unknown): boolean {
  if (update.type === "addRules") {
    const { behavior, rules } = update as RuleUpdate;
    return behavior === "allow" && rules.length > 0 && rules.every((rule) => coversCall(rule, tool, input));
  }
  if (update.type === "setMode") return OFFERED_MODES.includes(update.mode) && EDIT_TOOLS.includes(tool);
  return update.type === "addDirectories";
}

function coversCall({ toolName, ruleContent }: Rule, tool: string, input: unknown): boolean {
  if (toolName !== tool) return false;
  if (ruleContent === undefined) return !SHELL_TOOLS.includes(tool);
  const command = stringField(input, "command");
  if (command !== undefined) return coversCommand(ruleContent, command);
  const url = stringField(input, "url");
  if (url !== undefined) return ruleContent === `domain:${hostOf(url)}`;
  return Object.values(input ?? {}).includes(ruleContent) || EDIT_TOOLS.includes(tool) || tool === "Read";
}

/** `npm test` covers itself; `npm run test:*` every single command that begins so. */
function coversCommand(rule: string, command: string): boolean {
  // A star makes a rule of a command that is more than the command.
  if (rule === command && !rule.includes("*")) return true;
  const prefix = /^(.*?)(?::\*| \*)$/.exec(rule)?.[1];
  if (!prefix || COMPOUND.test(command)) return false;
  return command === prefix || command.startsWith(`${prefix} `);
}

function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/?#:@]+)(?:[:/?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? "";
}

/** Where the CLI keeps a change. */
const DESTINATIONS: Readonly<Record<string, string>> = {
  userSettings: "in your settings",
  projectSettings: "in the project's settings",
  localSettings: "in .claude/settings.local.json",
  session: "for this session",
  cliArg: "for this session",
};

/** The updates in words, with the rules as they are written. */
export function describeUpdates(updates: readonly PermissionUpdate[]): string {
  return updates
    .map(
      (update) =>
        `${describeUpdate(update)} ${DESTINATIONS[update.destination] ?? `(${update.destination})`}`,
    )
    .join("; ");
}

function describeUpdate(update: PermissionUpdate): string {
  if ("rules" in update)
    return update.rules
      .map(({ toolName, ruleContent }) => toolName + (ruleContent === undefined ? "" : `(${ruleContent})`))
      .join(", ");
  return "mode" in update ? `permission mode ${update.mode}` : `folder ${update.directories.join(", ")}`;
}
