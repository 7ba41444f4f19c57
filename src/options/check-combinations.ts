import { InvalidOptionsError } from "../errors.js";
import type { ClaudeOptions } from "./types.js";

/** Options that contradict each other, and why. */
const contradictions: readonly {
  readonly option: keyof ClaudeOptions;
  readonly clash: (options: ClaudeOptions) => boolean;
  readonly message: string;
}[] = [
  {
    option: "canUseTool",
    clash: ({ canUseTool, permissionMode }) => canUseTool !== undefined && permissionMode === "acceptAll",
    message:
      "`canUseTool` decides about tools, and so does the permission mode `acceptAll`: leave out one of them.",
  },
  {
    option: "permissionPromptToolName",
    clash: ({ canUseTool, permissionMode, permissionPromptToolName }) =>
      permissionPromptToolName !== undefined && (canUseTool !== undefined || permissionMode === "acceptAll"),
    message: "`permissionPromptToolName` names a tool that decides; leave out `canUseTool` and `acceptAll`.",
  },
  {
    option: "permissionPrompts",
    clash: ({ permissionPrompts, permissionMode, permissionPromptToolName }) =>
      permissionPrompts === "none" &&
      (permissionMode === "acceptAll" || permissionPromptToolName !== undefined),
    message: "`none` lets nobody decide; leave out `permissionPromptToolName` and `acceptAll`.",
  },
  {
    option: "outputFormat",
    clash: ({ outputFormat, outputSchema }) => outputSchema !== undefined && typeof outputFormat === "object",
    message:
      "`outputSchema` and an `outputFormat` of `json_schema` both give the form of the answer: leave out one of them.",
  },
  {
    option: "sessionStore",
    clash: ({ sessionStore, persistSession }) => sessionStore !== undefined && persistSession === false,
    message:
      "`sessionStore` copies what the CLI writes to its transcript, and `persistSession: false` keeps it from writing one.",
  },
  {
    option: "sessionStore",
    clash: ({ sessionStore, enableFileCheckpointing }) =>
      sessionStore !== undefined && enableFileCheckpointing === true,
    message:
      "`sessionStore` has no copy of the files that `enableFileCheckpointing` keeps: leave out one of them.",
  },
  {
    option: "sessionStore",
    clash: ({ sessionStore, continue: goesOn, resume }) =>
      sessionStore !== undefined && goesOn === true && resume === undefined && !sessionStore.listSessions,
    message: "`continue` needs a `sessionStore` that has the method listSessions.",
  },
  {
    option: "sessionStore",
    clash: ({ sessionStore, continue: goesOn, resume, user, spawnClaudeCodeProcess }) =>
      sessionStore !== undefined &&
      (goesOn === true || resume !== undefined) &&
      (user !== undefined || spawnClaudeCodeProcess !== undefined),
    message:
      "a session of a `sessionStore` is resumed from a private folder of this user on this computer, which a CLI of another `user` or of `spawnClaudeCodeProcess` cannot read.",
  },
  {
    option: "sandbox",
    clash: ({ sandbox, settings }) => sandbox !== undefined && typeof settings === "string",
    message:
      "`sandbox` cannot be added to a settings file: put it into the file, or give `settings` as an object.",
  },
];

/** @throws InvalidOptionsError for options that contradict each other. */
export function checkCombinations(options: ClaudeOptions): void {
  const clash = contradictions.find((row) => row.clash(options));
  if (clash) throw new InvalidOptionsError(clash.option, options[clash.option], clash.message);
}
