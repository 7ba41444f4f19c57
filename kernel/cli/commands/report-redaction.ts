import { describeRedaction, type RedactionReport } from "../../redact/redaction-report.js";

/** Says on stderr what was taken out of an export, and never what it was; nothing when nothing was. */
export function reportRedaction(report: RedactionReport | undefined): void {
  const line = report && describeRedaction(report);
  if (line !== undefined) process.stderr.write(`${line}\n`);
}
