import { dirname, join } from "node:path";
import type { API, Diagnostic } from "typescript/unstable/sync";

/**
 * What is wrong in a tsconfig.json and in those it extends. Only an opened project tells: one that extends it and has no
 * file of its own, so that none of the user's is read.
 *
 * @param files virtual files that the compiler reads.
 */
export function configErrors(api: API, files: Map<string, string>, file: string): readonly Diagnostic[] {
  const probe = join(dirname(file), ".cells.probe.tsconfig.json");
  const empty = join(dirname(file), ".cells.probe.ts");
  const compilerOptions = { noLib: true, types: [] };
  files.set(probe, JSON.stringify({ extends: file, compilerOptions, files: [empty] }));
  files.set(empty, "export {}");
  try {
    const snapshot = api.updateSnapshot({ openProjects: [probe] });
    const found = snapshot.getProject(probe)?.program.getConfigFileParsingDiagnostics() ?? [];
    snapshot.dispose();
    return found;
  } finally {
    files.delete(probe);
    files.delete(empty);
  }
}
