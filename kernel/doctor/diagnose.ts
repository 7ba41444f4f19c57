import { ClaudeSDKError } from "../../src/errors.js";
import { redactSecrets } from "../../src/redact/redact-secrets.js";
import { HostError } from "../host-error.js";
import { checks } from "./checks.js";
import type { DoctorCheck, DoctorContext } from "./doctor-context.js";
import { type Finding, fail } from "./finding.js";

/** What one check has found. */
export interface NamedFinding extends Finding {
  readonly name: string;
}

/** What all checks together say. */
export interface Diagnosis {
  /** Whether nothing fails; warnings do not count. */
  readonly ok: boolean;
  readonly checks: readonly NamedFinding[];
}

/**
 * Looks at everything that a notebook needs, and changes nothing. Nothing is sent but what `claude` does when it is asked for its
 * login: a HEAD to its API, without credentials.
 */
export async function diagnose(
  context: DoctorContext,
  rows: readonly DoctorCheck[] = checks,
): Promise<Diagnosis> {
  const found: NamedFinding[] = [];
  // One after the other: a kernel that starts is not to wait for Jupyter's imports.
  for (const row of rows) found.push({ name: row.name, ...hideSecrets(await look(row, context)) });
  return { ok: found.every(({ status }) => status !== "fail"), checks: found };
}

async function look(row: DoctorCheck, context: DoctorContext): Promise<Finding> {
  try {
    return await row.look(context);
  } catch (error) {
    if (HostError.isInstance(error) || ClaudeSDKError.isInstance(error))
      return fail(error.message, ...error.hints);
    return fail(
      error instanceof Error ? error.message : String(error),
      "Run it again with `CLAUDE_NOTEBOOK_DEBUG=1`",
    );
  }
}

/** What other programs print may hold anything. */
function hideSecrets({ status, found, mend }: Finding): Finding {
  return { status, found: redactSecrets(found), mend: mend.map((step) => redactSecrets(step)) };
}
