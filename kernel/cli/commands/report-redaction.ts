import { describeRedaction, type RedactionReport } from "../../redact/redaction-report.js";

/**
 * Says on stderr what was taken out of an export, and never what it was; nothing when nothing was.
 *
 * @param before what the line begins with, such as the file's name among several
 */
export function reportRedaction(report: RedactionReport | undefined, before = ""): void {
  const line = report && describeRedaction(report);
  if (line !== undefined) process.stderr.write(`${before}${line}\n`);
}
