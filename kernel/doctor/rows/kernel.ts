import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Notebook } from "../../notebook/notebook.js";
import type { DoctorCheck } from "../doctor-context.js";
import { fail, ok, warn } from "../finding.js";

/** How long kernel and first cell may take together, in ms; two seconds are usual. */
const PATIENCE_MS = 90_000;

/** What the cell's value must be. Its type makes the compiler work too. */
const CELL = { source: "const answer: number = 40 + 2; answer", value: "42" };

/** Characters shown of what a kernel writes. */
const MAX_SAID = 300;

/** Starts a kernel in an empty folder and runs a cell on it. */
export const kernelCheck: DoctorCheck = {
  name: "kernel",
  look: async () => {
    const { executeNotebook } = await import("../../notebook/execute-notebook.js");
    const folder = await mkdtemp(join(tmpdir(), "claude-notebook-doctor-"));
    try {
      const log: string[] = [];
      const { outcome, notebook } = await executeNotebook(oneCell(), join(folder, "doctor.ipynb"), {
        signal: AbortSignal.timeout(PATIENCE_MS),
        onKernelOutput: (text) => log.push(text),
      });
      const said = inALine(`${log.join("")} ${textsOf(notebook, "stream")}`);
      if (outcome === "interrupted") return fail(`no answer within ${PATIENCE_MS / 1000} s`, seeLog(said));
      if (!textsOf(notebook, "execute_result").includes(CELL.value)) {
        return fail(`it does not run a cell: ${textsOf(notebook, "error") || said}`, seeLog(said));
      }
      if (said !== "")
        return warn(
          `it runs a cell, and says: ${said}`,
          "Mend what it names, or install claude-notebook again",
        );
      return ok("starts, checks a cell and runs it");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** The beginning tells: what follows is a stack. */
function inALine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, MAX_SAID);
}

function seeLog(said: string): string {
  return said === "" ? "Install claude-notebook again" : `It wrote: ${said}`;
}

function oneCell(): Notebook {
  const cell = {
    cell_type: "code",
    id: "doctor",
    metadata: {},
    execution_count: null,
    outputs: [],
    source: CELL.source,
  };
  return { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 } as unknown as Notebook;
}

/** What the outputs of a kind say. */
function textsOf(notebook: Notebook, type: string): string {
  const outputs = notebook.cells.flatMap((cell) =>
    "outputs" in cell ? (cell.outputs as readonly Said[]) : [],
  );
  return outputs
    .filter((output) => output.output_type === type)
    .map(({ text, evalue, data }) => [text ?? evalue ?? data?.["text/plain"] ?? ""].flat().join(""))
    .join("");
}

interface Said {
  readonly output_type: string;
  readonly text?: string | readonly string[];
  readonly evalue?: string;
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}
