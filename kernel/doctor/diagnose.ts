import { ClaudeSDKError } from "../../src/errors.js";
import { redactSecrets } from "../../src/redact/redact-secrets.js";
import { HostError } from "../host-error.js";
import { plainText } from "../plain-text.js";
import { DEBUG, printStack } from "../print-stack.js";
import { checks } from "./checks.js";
import type { DoctorCheck, DoctorContext } from "./doctor-context.js";
import { type Finding, fail } from "./finding.js";

/** What one check has found. */
export interface NamedFinding extends Finding {
  readonly name: string;
}

/** Characters shown of a finding and of a step; what other programs say may be long. */
const MAX_LINE = 1000;

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
  for (const row of rows) found.push({ name: row.name, ...harmless(await look(row, context)) });
  return { ok: found.every(({ status }) => status !== "fail"), checks: found };
}

async function look(row: DoctorCheck, context: DoctorContext): Promise<Finding> {
  try {
    return await row.look(context);
  } catch (error) {
    const isDebugged = Boolean(context.surroundings.env[DEBUG]);
    if (isDebugged) printStack(error);
    if (HostError.isInstance(error) || ClaudeSDKError.isInstance(error))
      return fail(error.message, ...error.hints);
    return fail(
      error instanceof Error ? error.message : String(error),
      isDebugged ? "Its stack is on stderr" : `Run it again with \`${DEBUG}=1\` for its stack`,
    );
  }
}

function harmless({ status, found, mend }: Finding): Finding {
  return { status, found: inALine(found), mend: mend.map(inALine) };
}

/** What other programs print may hold anything: keys, escape sequences, pages of it. */
function inALine(text: string): string {
  // Escapes go first, for a key may be coloured; the cut comes last, for half a key is not known for one.
  const line = redactSecrets(plainText(text)).replaceAll(/\s+/g, " ").trim();
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line;
}
