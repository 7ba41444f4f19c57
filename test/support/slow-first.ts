import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, the longest first. On a clean checkout vitest knows how large files are, not how slow. */
const SLOWEST = [
  "test/kernel/engines/tslab.test.ts",
  "test/src/query.test.ts",
  "test/e2e/run-all.test.ts",
  "test/e2e/render/hostile-text.test.ts",
  "test/e2e/lab/live-response.test.ts",
  "test/e2e/docs.test.ts",
  "test/e2e/lab/approvals.test.ts",
  "test/e2e/remote/servers.test.ts",
  "test/e2e/run-notebooks.test.ts",
  "test/e2e/packages/wheel.test.ts",
  "test/e2e/sdk/auth-and-retry.test.ts",
  "test/e2e/examples.test.ts",
];

/** Begins with the slowest files, so that none of them runs alone at the end. */
export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    const rank = ({ project, moduleId }: TestSpecification): number => {
      const place = SLOWEST.indexOf(relative(this.ctx.config.root, moduleId));
      return projects.indexOf(project) * 1_000 + (place < 0 ? SLOWEST.length : place);
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}
