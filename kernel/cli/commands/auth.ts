import type { AuthStatus } from "../../../src/auth/auth-status.js";
import type { Command, CommandGroup } from "../command.js";

const loginCommand: Command = {
  name: "auth login",
  summary: "Log in to a Claude account with the CLI's own dialogue",
  positionals: [],
  options: {
    console: { type: "boolean", help: "Log in to the Console (API usage billing), not with a subscription" },
    email: { type: "string", value: "ADDRESS", help: "Fill in the address on the login page" },
    sso: { type: "boolean", help: "Go to the organisation's single sign-on" },
  },
  run: async (args) => {
    const { login } = await import("../../../src/auth/login.js");
    const status = await login({
      console: args.isSet("console"),
      sso: args.isSet("sso"),
      email: args.text("email"),
    });
    return report(status, false);
  },
};

const statusCommand: Command = {
  name: "auth status",
  summary: "Tell whether and how the CLI is logged in; exit code 1 when it is not",
  positionals: [],
  options: { json: { type: "boolean", help: "Print JSON" } },
  run: async (args) => {
    const { authStatus } = await import("../../../src/auth/auth-status.js");
    return report(await authStatus(), args.isSet("json"));
  },
};

const logoutCommand: Command = {
  name: "auth logout",
  summary: "Forget the login",
  positionals: [],
  options: {},
  run: async () => {
    const { logout } = await import("../../../src/auth/login.js");
    await logout();
    process.stdout.write("Logged out.\n");
    return 0;
  },
};

/** `claude-notebook auth …`, which is also the program `claude-auth`. */
export const authCommands: CommandGroup = {
  name: "auth",
  summary: "Log in to Claude, log out, or tell which",
  commands: [loginCommand, statusCommand, logoutCommand],
};

function report(status: AuthStatus, asJson: boolean): number {
  process.stdout.write(asJson ? `${JSON.stringify(status, undefined, 2)}\n` : `${describe(status)}\n`);
  return status.loggedIn ? 0 : 1;
}

function describe({ loggedIn, authMethod, apiProvider, apiKeySource, email }: AuthStatus): string {
  if (!loggedIn) return "Not logged in. Log in with `claude-notebook auth login`, or set ANTHROPIC_API_KEY.";
  const how = [authMethod, apiKeySource && `from ${apiKeySource}`, email && `as ${email}`].filter(Boolean);
  return `Logged in: ${how.join(" ")} (${apiProvider}).`;
}
