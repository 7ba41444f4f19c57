import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startThemeKernel, type ThemeKernel } from "./theme-kernel.js";
import { themes } from "./themes/all-themes.js";

describe.each(themes)("$title", (theme) => {
  let kernel: ThemeKernel;
  beforeAll(async () => {
    kernel = await startThemeKernel("typescript", theme);
  });
  afterAll(() => kernel?.close());

  test.each(theme.scenarios)(
    "$title",
    async (scenario) => {
      expect(await kernel.run(scenario)).toBeUndefined();
    },
    120_000,
  );
});

test("there are at least 170 scenarios, each with a title of its own", () => {
  const titles = themes.flatMap((theme) => theme.scenarios.map((each) => each.title));
  expect(titles.length).toBeGreaterThanOrEqual(170);
  expect(new Set(titles).size).toBe(titles.length);
});
