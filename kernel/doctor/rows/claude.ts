import { version } from "../../../src/cli/version.js";
import { recordingModeOf } from "../../../src/recording/recording-mode.js";
import { askClaude } from "../ask-claude.js";
import type { DoctorCheck } from "../doctor-context.js";
import { ok, warn } from "../finding.js";
import { isBefore } from "../is-before.js";

/** The CLI that this package is tested with. */
export const TESTED_CLAUDE = "2.1.197";

/** The `claude` that queries would run. */
export const claudeCheck: DoctorCheck = {
  name: "claude",
  look: async (context) => {
    if (recordingModeOf(context.surroundings.env) === "replay")
      return ok("not needed: CLAUDE_NOTEBOOK_MODE is replay");
    const found = await askClaude("--version", version, context);
    const what = `${found.version} at ${found.path}`;
    if (isBefore(found.version, TESTED_CLAUDE)) {
      return warn(`${what}; tested with ${TESTED_CLAUDE}`, "Update it: `claude-notebook claude update`");
    }
    return ok(what);
  },
};
