/** An option of a command: what parseArgs needs, and what the help says. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** What stands for the value in the help: `FILE`. */
  readonly value?: string;
  readonly help: string;
}

/** What was given on the command line, checked against the command's options. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** The last value of an option that takes one. */
  text(option: string): string | undefined;
  isSet(option: string): boolean;
  /** Every value of an option that may be given more than once, in order. */
  list(option: string): readonly string[];
}

/** Commands under one name: `auth login`, `auth status`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** Each with the group's name in its own: "auth login". */
  readonly commands: readonly Command[];
}

/** One command: a row of the table in `commands.ts`. Its work is imported when it runs, so that help is quick. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Names of the positional arguments, all required; a last one that ends with `...` stands for one or more. */
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** The name of one more positional argument, which may be left out. */
  readonly optionalPositional?: string;
  /** What the help says beside options; lines. */
  readonly notes?: readonly string[];
  /** What stands for further arguments in the help: all that follows the command is then passed on as it is, flags too. */
  readonly rest?: string;
  /** @returns the exit code. */
  run(args: Arguments): Promise<number>;
}
