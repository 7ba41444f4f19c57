import { type AuthStatus, authStatus } from "../../../src/auth/auth-status.js";
import { CLINotFoundError } from "../../../src/errors.js";
import { recordingModeOf } from "../../../src/recording/recording-mode.js";
import { askClaude } from "../ask-claude.js";
import type { DoctorCheck } from "../doctor-context.js";
import { fail, ok, warn } from "../finding.js";

/** Whether and how `claude` is logged in, as it says itself: no key is shown or sent. Who it is stays out of it. */
export const loginCheck: DoctorCheck = {
  name: "login",
  look: async (context) => {
    if (recordingModeOf(context.surroundings.env) === "replay")
      return ok("not needed: CLAUDE_NOTEBOOK_MODE is replay");
    let status: AuthStatus;
    try {
      status = await askClaude("auth status", authStatus, context);
    } catch (error) {
      // The row above says what to do about it.
      if (CLINotFoundError.isInstance(error)) return warn("not known without the claude CLI");
      throw error;
    }
    const { loggedIn, authMethod, apiProvider, apiKeySource } = status;
    if (!loggedIn) {
      return fail("not logged in", "Log in: `claude-notebook auth login`, or set ANTHROPIC_API_KEY");
    }
    const source = apiKeySource === undefined ? "" : ` from ${apiKeySource}`;
    return ok(`${authMethod}${source} (${apiProvider})`);
  },
};
