/** Types of process-tree.mjs; the explanations stand there. */
export interface ProcessEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly started: string;
}

/** One run of the CLI: its process, and the id that its descendants inherit. */
export interface Run {
  readonly pid: number;
  readonly started: string | undefined;
  readonly id: string;
}

export const RUN_VARIABLE: string;
export function listProcesses(): ProcessEntry[];
export function startOf(pid: number): string | undefined;
export function descendantsOf(run: Run): ProcessEntry[];
export function isAlive(entry: { readonly pid: number; readonly started: string | undefined }): boolean;
export function signal(
  entry: { readonly pid: number; readonly started: string | undefined },
  name: NodeJS.Signals,
): void;
export function killRun(run: Run): void;
