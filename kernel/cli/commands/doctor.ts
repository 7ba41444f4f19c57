import type { Diagnosis } from "../../doctor/diagnose.js";
import type { FindingStatus } from "../../doctor/finding.js";
import type { Command } from "../command.js";

const marks: Readonly<Record<FindingStatus, string>> = { ok: "✓", warn: "!", fail: "✗" };

export const doctorCommand: Command = {
  name: "doctor",
  summary: "Look whether all that a notebook needs is there, and tell how to mend it",
  positionals: [],
  options: { json: { type: "boolean", help: "Print JSON" } },
  notes: [
    "Looks at Node, Jupyter, kernelspec, extension, claude, its login and the recordings, and starts a kernel.",
    "Nothing is changed, no key is shown or sent. Exit code 1 when something does not work.",
  ],
  run: async (args) => {
    const { presentContext } = await import("../../doctor/doctor-context.js");
    const { diagnose } = await import("../../doctor/diagnose.js");
    const diagnosis = await diagnose(await presentContext());
    process.stdout.write(
      args.isSet("json") ? `${JSON.stringify(diagnosis, undefined, 2)}\n` : format(diagnosis),
    );
    return diagnosis.ok ? 0 : 1;
  },
};

function format({ checks }: Diagnosis): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, found, mend }) => [
    `${marks[status]} ${name.padEnd(width)}  ${found}`,
    ...mend.map((step) => `${" ".repeat(width + 4)}${step}`),
  ]);
  const count = (status: FindingStatus): number => checks.filter((each) => each.status === status).length;
  const verdict = `${count("ok")} well, ${count("warn")} to know of, ${count("fail")} to mend.`;
  return `${lines.join("\n")}\n\n${verdict}\n`;
}
