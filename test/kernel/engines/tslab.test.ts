import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderEnginesPage, type ThemeOutcome } from "./engines-page.js";
import type { Difference } from "./run-scenario.js";
import { startThemeKernel, type ThemeKernel } from "./theme-kernel.js";
import { themes } from "./themes/all-themes.js";

const page = join(import.meta.dirname, "../../../docs/engines.md");
const outcomes: ThemeOutcome[] = [];

describe.each(themes)("$title", (theme) => {
  const scenarios: { title: string; difference: Difference | undefined }[] = [];
  outcomes.push({ title: theme.title, scenarios });
  let kernel: ThemeKernel;
  beforeAll(async () => {
    kernel = await startThemeKernel("tslab", theme);
  });
  afterAll(() => kernel?.close());

  test.each(theme.scenarios)(
    "$title",
    async (scenario) => {
      scenarios.push({ title: scenario.title, difference: await kernel.run(scenario) });
    },
    120_000,
  );
});

test("docs/engines.md tells which of the scenarios hold with tslab, and what happens in the others", async () => {
  await expect(renderEnginesPage(outcomes)).toMatchFileSnapshot(page);
});
