/** A command line that cannot be understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** The command whose help would tell more. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}
