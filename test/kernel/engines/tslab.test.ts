import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { renderEnginesPage, type ThemeOutcome } from "./engines-page.js";
import type { Difference } from "./run-scenario.js";
import { createThemeKernels } from "./theme-kernel.js";
import { themes } from "./themes/all-themes.js";

const page = join(import.meta.dirname, "../../../docs/engines.md");
const outcomes: ThemeOutcome[] = [];
const kernels = createThemeKernels("tslab");
afterAll(() => kernels.close());

describe.each(themes)("$title", (theme) => {
  const scenarios: { title: string; difference: Difference | undefined }[] = [];
  outcomes.push({ title: theme.title, scenarios });

  test.each(theme.scenarios)(
    "$title",
    async (scenario) => {
      scenarios.push({ title: scenario.title, difference: await kernels.run(theme, scenario) });
    },
    120_000,
  );
});

test("docs/engines.md tells which of the scenarios hold with tslab, and what happens in the others", async () => {
  await expect(renderEnginesPage(outcomes)).toMatchFileSnapshot(page);
});
